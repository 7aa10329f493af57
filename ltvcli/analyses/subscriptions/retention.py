"""From facts about subscriptions to figures, and to a model of renewals.

Arrays here are `(1 + G,)` unless said otherwise: all customers, then all but bucket 1, ..., G.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ltvcli.analyses.subscriptions.duration_dependence import duration
from ltvcli.analyses.valuation.by_age import ByAge, Samples, by_age, longest_observed
from ltvcli.analyses.valuation.measured import Measured
from ltvcli.errors import FitFailedError, NobodyPaidError
from ltvcli.results import Source
from ltvcli.results.evidence import Subscribers
from ltvcli.stats.retention import kaplan_meier, mean_churn, renewals
from ltvcli.stats.retention import shifted_beta_geometric as sbg
from ltvcli.stats.retention.profile_likelihood import interval
from ltvcli.units import Months

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.subscriptions import Renewed, Stays, Subscriptions
    from ltvcli.stats.retention.renewals import Renewals
    from ltvcli.stats.retention.shifted_beta_geometric import ShiftedBetaGeometric

    Floats = NDArray[np.float64]
    Table = tuple[Mapping[str, float | int | str | None], ...]

# A plan renews every so many months if nearly all customers are billed that way.
NEARLY_ALL = 0.95
# Half a year: the same reach as the churn for the lifetime value. Who renews more rarely is young
# up to the first renewal.
YOUNG = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Share of customers still there, by renewals made, `every` so many months.

    `paying` `(T,)` are the customers who pay now, after 0, 1, ... renewals.
    `fitted` is None where no model could be fitted, `unfitted` says why. `months` is how far the
    model projects.
    """

    every: int
    seen: Renewals
    survival: kaplan_meier.Survival
    paying: Floats
    fitted: ShiftedBetaGeometric | None
    unfitted: str
    months: int

    def by_age(self, churn: Any, spread: Any) -> Floats:
        """Share still there at the start of each month, by the model: `(..., months)`."""
        month = np.arange(self.months)
        last = int(month[-1]) // self.every if self.months else 0
        return sbg.survival(churn, spread, last)[..., month // self.every]

    def limits(self, value: Callable[[Sequence[Floats]], Floats]) -> tuple[float, float]:
        """95% profile-likelihood interval of `value`, which takes shares by age."""
        assert self.fitted is not None
        low, high = interval(
            self.fitted, lambda churn, spread: value(list(self.by_age(churn, spread).T))
        )
        return float(low), float(high)

    def table(self, longest: int) -> Table:
        """List by renewal who stood before it, who left, and who is still there.

        Before anybody left, and after everybody did, the interval is unknown: of so few customers
        that is no certainty.
        """
        low, high = self.survival.limits()
        projected: list[float] = []
        if self.fitted:
            last = max(self.months, longest) // self.every
            projected = sbg.survival(self.fitted.churn, self.fitted.spread, last).tolist()
        rows: list[Mapping[str, float | int | str | None]] = []
        for renewal in range(1, max(len(projected), len(self.seen.left) + 1)):
            known = renewal <= len(self.seen.left)
            index = renewal - 1
            share = float(self.survival.survival[0, index]) if known else None
            bounded = share is not None and 0 < share < 1
            rows.append(
                {
                    "age_month": renewal * self.every,
                    "at_risk": int(self.seen.at_risk[index]) if known else None,
                    "ended": int(self.seen.left[index]) if known else None,
                    "survival": share,
                    "survival_low": float(low[0, index]) if bounded else None,
                    "survival_high": float(high[0, index]) if bounded else None,
                    "projected": projected[renewal] if renewal < len(projected) else None,
                }
            )
        return tuple(rows)


def measure(facts: Subscriptions, asked: Months | None) -> Measured:
    """Measure every figure that `facts` carries, and fit the model of renewals.

    ARPU is that of the last complete month, churn that of the last six, or of all where nobody says
    when customers left. Beside them stand the
    lifespan by age (Kaplan-Meier) and what the model makes of it; the model alone goes past the
    data, if a longer horizon was asked for.

    Args:
        facts: sums over subscriptions.
        asked: the horizon asked for; None takes as much as the data carries, up to 36 months.

    Raises:
        NotWholeMonthsError: the horizon is not a whole number of months.
        UnansweredError: nobody paid, or the horizon is past the data and no model was fitted.
    """
    if not facts.customers:
        raise NobodyPaidError(as_of=facts.as_of.isoformat())
    samples = Samples(facts.observed.bucket, facts.triangle.bucket)
    ages = by_age(facts, samples, asked, beyond=True)
    months = ages.horizon if asked is None else int(asked)
    retention = _retention(facts.renewed, facts.billed, samples, months)
    if months > ages.longest and retention.fitted is None:
        by_age(facts, samples, asked)  # refuses
    churn, recent = _churn(facts, samples)
    values: dict[str, Any] = {"customers": float(facts.customers)}
    sources = {}
    limits = {}
    arpu = _arpu(facts, samples)
    if arpu is not None:
        values["arpu"] = arpu
    if recent is not None and recent.left:
        values["churn"] = churn
        limits["churn"] = recent.low, recent.high
    elif recent is not None and recent.high < 1:
        values["churn"] = recent.high
        sources["churn"] = Source.ASSUMED
    if ages.horizon:
        values["lifespan"] = np.stack(ages.active, axis=1).sum(axis=1)
        values["revenue_by_age"] = ages.revenue[: ages.horizon]
        values["revenue_by_age_known"] = ages.revenue
        values["active_by_age"] = ages.active
        if retention.fitted:
            values["retention_by_age"] = list(
                map(float, retention.by_age(retention.fitted.churn, retention.fitted.spread))
            )
            values["revenue_per_survivor"] = _revenue_per_survivor(ages, retention)
    return Measured(
        values=values,
        sources=dict.fromkeys(values, Source.MEASURED) | sources,
        by_age=ages,
        limits=limits,
        retention=retention,
        subscribers=_subscribers(facts, retention, recent, ages),
    )


def survival(stays: Stays) -> Table:
    """List who stays from renewal to renewal, as far as the data carries; () if nobody paid."""
    if not stays.customers:
        return ()
    longest = longest_observed(stays.observed, stays.customers)
    samples = Samples(stays.observed.bucket)
    return _retention(stays.renewed, stays.billed, samples, longest).table(longest)


def _retention(
    renewed: Renewed, billed: Mapping[int, int], samples: Samples, months: int
) -> Retention:
    """Count who stood before each renewal and who left there, and fit sBG to it."""
    every = _every(billed)
    made = renewed.renewals // every
    made = np.where(renewed.ended, -(-renewed.renewals // every), made)
    seen = renewals.count(made, renewed.ended, renewed.customers)
    rows = len(seen.left) + 1
    ended, censored = (
        samples.table(made[some], renewed.bucket[some], renewed.customers[some], rows).T[:, 1:]
        for some in (renewed.ended, ~renewed.ended)
    )
    fitted, unfitted = None, ""
    try:
        fitted = sbg.fit(seen)
    except FitFailedError as error:
        unfitted = str(error.facts["because"])
    return Retention(
        every=every,
        seen=seen,
        survival=kaplan_meier.fit(np.arange(1.0, rows), ended, censored),
        paying=np.bincount(made, weights=renewed.paying).astype(np.float64),
        fitted=fitted,
        unfitted=unfitted,
        months=months,
    )


def _every(billed: Mapping[int, int]) -> int:
    """Give the months between renewals: those of nearly all customers, else one."""
    total = sum(billed.values())
    return next(
        (months for months, n in billed.items() if months > 1 and n >= NEARLY_ALL * total), 1
    )


def _arpu(facts: Subscriptions, samples: Samples) -> Floats | None:
    """MRR per paying customer at the newest close; None if there is none any more."""
    closes = facts.closes
    newest = closes.day == np.datetime64(closes.newest)
    bucket = closes.bucket[newest]
    if not len(bucket):
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        return samples.total(bucket, closes.mrr[newest]) / samples.total(
            bucket, closes.customers[newest]
        )


def _churn(
    facts: Subscriptions, samples: Samples
) -> tuple[Floats | None, mean_churn.MeanChurn | None]:
    """Churn of the last complete months, weighted by customers; of all, if leaving has no date."""
    closes, lives = facts.closes, facts.lives
    if facts.dated:
        opened = closes.day != np.datetime64(closes.newest)
        days, index = np.unique(closes.day[opened], return_inverse=True)
        bucket = closes.bucket[opened]
        opening = samples.table(index, bucket, closes.customers[opened], len(days))
        gone = samples.table(index, bucket, closes.gone[opened], len(days))
    else:
        opening = samples.total(lives.bucket, lives.customers * lives.life_months)[None]
        gone = samples.total(lives.bucket[lives.ended], lives.customers[lives.ended])[None]
    recent = mean_churn.last_months(opening[:, 0], gone[:, 0])
    if recent is None:
        return None, None
    with np.errstate(divide="ignore", invalid="ignore"):
        return gone.sum(axis=0) / opening.sum(axis=0), recent


def _revenue_per_survivor(ages: ByAge, retention: Retention) -> Floats:
    """Revenue per customer still there at the start of an age month, over all that was observed."""
    starts = np.arange(ages.longest) // retention.every
    there = retention.survival.at(starts.astype(np.float64)).sum(axis=1)
    revenue: Floats = np.stack(ages.revenue).sum(axis=0) / there
    return revenue


def _subscribers(
    facts: Subscriptions,
    retention: Retention,
    recent: mean_churn.MeanChurn | None,
    ages: ByAge,
) -> Subscribers:
    lives = facts.lives
    young = max(YOUNG, retention.every)
    early = lives.life_months < young
    spent_young = np.minimum(lives.life_months, young)
    paying = lives.customers[~lives.ended].sum()
    return Subscribers(
        paying=int(paying),
        young=int(lives.customers[early & ~lives.ended].sum()),
        young_months=young,
        churn_young=_rate(lives.customers[early & lives.ended], lives.customers * spent_young),
        churn_old=_rate(
            lives.customers[~early & lives.ended],
            lives.customers * (lives.life_months - spent_young),
        ),
        churn_months=recent.months if recent and facts.dated else None,
        leavers=int(recent.left) if recent else 0,
        leaving=facts.leaving,
        leaving_mrr=facts.leaving_mrr,
        billed=facts.billed,
        unfitted=retention.unfitted,
        projected=retention.months if retention.months > ages.horizon else None,
        duration=duration(retention),
    )


def _rate(left: Any, exposure: Any) -> float | None:
    months = float(exposure.sum())
    return float(left.sum()) / months if months > 0 else None
