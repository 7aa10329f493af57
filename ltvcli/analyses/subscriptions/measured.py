"""Measure figures from facts about subscriptions: for all customers, and without each bucket.

Arrays here are `(1 + G,)` unless noted: all customers, then all but bucket 1, ..., G.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec.structs import replace

from ltvcli.analyses.subscriptions.duration_dependence import duration
from ltvcli.analyses.subscriptions.retention import Retention, fit
from ltvcli.analyses.valuation.by_age import ByAge, Samples, by_age
from ltvcli.analyses.valuation.measured import Measured
from ltvcli.errors import NobodyPaidError
from ltvcli.results import Source
from ltvcli.results.evidence import Subscribers
from ltvcli.stats.retention import mean_churn
from ltvcli.units import Months

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.subscriptions import Subscriptions

    Floats = NDArray[np.float64]
    Table = tuple[Mapping[str, float | int | str | None], ...]

# Half a year, as for the churn of LTV. Customers who renew less often are young until their first
# renewal.
YOUNG = 6


def measure(facts: Subscriptions, asked: Months | None) -> Measured:
    """Measure every figure of the facts, and fit the model of renewals.

    ARPU is that of the last complete month, churn that of the last six, or of all if the dates of
    leaving are not known. Lifespan is given by age (Kaplan-Meier) and by the model; only the model
    extends beyond the data, if a longer horizon was requested.

    Args:
        facts: sums over subscriptions.
        asked: the requested horizon; None takes as much as the data supports, up to 36 months.

    Raises:
        NotWholeMonthsError: the horizon is not a whole number of months.
        UnansweredError: nobody paid, or the horizon is beyond the data and no model was fitted.
    """
    if not facts.customers:
        raise NobodyPaidError(as_of=facts.as_of.isoformat())
    samples = Samples(facts.observed.bucket, facts.triangle.bucket)
    seen, recent = _seen(facts, samples, by_age(facts, samples, asked, beyond=True))
    ages = seen.by_age
    months = ages.horizon if asked is None else int(asked)
    retention = fit(facts.renewed, facts.billed, samples, months)
    if months > ages.longest and retention.fitted is None:
        by_age(facts, samples, asked)  # raises the error
    modelled: dict[str, Any] = {}
    if ages.horizon and retention.fitted:
        modelled["retention_by_age"] = list(
            map(float, retention.by_age(retention.fitted.churn, retention.fitted.spread))
        )
        modelled["revenue_per_survivor"] = _revenue_per_survivor(ages, retention)
    return replace(
        seen,
        values={**seen.values, **modelled},
        sources={**seen.sources, **dict.fromkeys(modelled, Source.MEASURED)},
        retention=retention,
        subscribers=_subscribers(facts, retention, recent, ages),
    )


def measure_seen(facts: Subscriptions, asked: Months | None) -> Measured:
    """Measure every figure of the facts without a model.

    Args:
        facts: sums over subscriptions, of some customers or all.
        asked: the requested horizon; None takes as much as the data supports, up to 36 months.

    Raises:
        NotWholeMonthsError: the horizon is not a whole number of months.
        UnansweredError: nobody paid, or the horizon is beyond the data.
    """
    if not facts.customers:
        raise NobodyPaidError(as_of=facts.as_of.isoformat())
    samples = Samples(facts.observed.bucket, facts.triangle.bucket)
    seen, _ = _seen(facts, samples, by_age(facts, samples, asked))
    return seen


def _seen(
    facts: Subscriptions, samples: Samples, ages: ByAge
) -> tuple[Measured, mean_churn.MeanChurn | None]:
    """Measure ARPU, churn and revenue by age; return churn with its months and leavers as well."""
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
    measured = Measured(
        values=values,
        sources=dict.fromkeys(values, Source.MEASURED) | sources,
        by_age=ages,
        limits=limits,
    )
    return measured, recent


def _arpu(facts: Subscriptions, samples: Samples) -> Floats | None:
    """Return MRR per paying customer at the newest close; None if nobody pays any more."""
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
    """Return the churn of the last complete months; of all if the dates of leaving are unknown."""
    closes, lifetimes = facts.closes, facts.lifetimes
    if facts.dated:
        opened = closes.day != np.datetime64(closes.newest)
        days, index = np.unique(closes.day[opened], return_inverse=True)
        bucket = closes.bucket[opened]
        opening = samples.table(index, bucket, closes.customers[opened], len(days))
        gone = samples.table(index, bucket, closes.gone[opened], len(days))
    else:
        opening = samples.total(lifetimes.bucket, lifetimes.customers * lifetimes.life_months)[None]
        gone = samples.total(
            lifetimes.bucket[lifetimes.ended], lifetimes.customers[lifetimes.ended]
        )[None]
    recent = mean_churn.last_months(opening[:, 0], gone[:, 0])
    if recent is None:
        return None, None
    with np.errstate(divide="ignore", invalid="ignore"):
        return gone.sum(axis=0) / opening.sum(axis=0), recent


def _revenue_per_survivor(ages: ByAge, retention: Retention) -> Floats:
    """Return revenue per customer active at the start of each observed age month."""
    starts = np.arange(ages.longest) // retention.every
    survivors = retention.survival.at(starts.astype(np.float64)).sum(axis=1)
    revenue: Floats = np.stack(ages.revenue).sum(axis=0) / survivors
    return revenue


def _subscribers(
    facts: Subscriptions,
    retention: Retention,
    recent: mean_churn.MeanChurn | None,
    ages: ByAge,
) -> Subscribers:
    lifetimes = facts.lifetimes
    young = max(YOUNG, retention.every)
    early = lifetimes.life_months < young
    spent_young = np.minimum(lifetimes.life_months, young)
    paying = lifetimes.customers[~lifetimes.ended].sum()
    return Subscribers(
        paying=int(paying),
        young=int(lifetimes.customers[early & ~lifetimes.ended].sum()),
        young_months=young,
        churn_young=_rate(
            lifetimes.customers[early & lifetimes.ended], lifetimes.customers * spent_young
        ),
        churn_old=_rate(
            lifetimes.customers[~early & lifetimes.ended],
            lifetimes.customers * (lifetimes.life_months - spent_young),
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
