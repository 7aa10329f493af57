"""Retention of subscribers by renewals made: observed, and by a model of renewals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from ltvcli.analyses.valuation.by_age import Samples, longest_observed
from ltvcli.errors import FitFailedError
from ltvcli.stats.retention import kaplan_meier, renewals
from ltvcli.stats.retention import shifted_beta_geometric as sbg
from ltvcli.stats.retention.profile_likelihood import interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.subscriptions import Renewed, Stays
    from ltvcli.stats.retention.renewals import Renewals
    from ltvcli.stats.retention.shifted_beta_geometric import ShiftedBetaGeometric

    Floats = NDArray[np.float64]
    Table = tuple[Mapping[str, float | int | str | None], ...]

# Renewals are several months apart if nearly all customers are billed so.
NEARLY_ALL = 0.95


class Retention(Struct, frozen=True, kw_only=True):
    """Share of customers still active, by renewals made, one `every` so many months.

    `paying` `(T,)` are the customers who pay now, after 0, 1, ... renewals. `fitted` is None if no
    model could be fitted, for the reason `unfitted`. `months` is the horizon of the model.
    """

    every: int
    seen: Renewals
    survival: kaplan_meier.Survival
    paying: Floats
    fitted: ShiftedBetaGeometric | None
    unfitted: str
    months: int

    def by_age(self, churn: Any, spread: Any) -> Floats:
        """Return the modelled share still active at the start of each month: `(..., months)`."""
        month = np.arange(self.months)
        last = int(month[-1]) // self.every if self.months else 0
        return sbg.survival(churn, spread, last)[..., month // self.every]

    def limits(self, value: Callable[[Sequence[Floats]], Floats]) -> tuple[float, float]:
        """Return the 95% profile-likelihood interval of `value`, a function of shares by age."""
        assert self.fitted is not None
        low, high = interval(
            self.fitted, lambda churn, spread: value(list(self.by_age(churn, spread).T))
        )
        return float(low), float(high)

    def table(self, longest: int) -> Table:
        """List by renewal customers at risk, leavers, and the share still active.

        Before the first and after the last leaver the interval is unknown: with so few customers
        the share is not certain.
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


def survival(stays: Stays, billed: Mapping[int, int]) -> Table:
    """List retention by renewal, as far as the data supports it; () if nobody paid.

    `billed` are customers by months from one bill to the next; {} where no interval but a month is
    that of `NEARLY_ALL`.
    """
    if not stays.customers:
        return ()
    longest = longest_observed(stays.observed, stays.customers)
    samples = Samples(stays.observed.bucket)
    return fit(stays.renewed, billed, samples, longest).table(longest)


def fit(renewed: Renewed, billed: Mapping[int, int], samples: Samples, months: int) -> Retention:
    """Count customers at risk and leavers at each renewal, and fit sBG.

    Args:
        renewed: customers by renewal.
        billed: customers by months from one bill to the next.
        samples: of the same customers.
        months: horizon of the model.
    """
    every = renewal_interval(billed)
    made = renewal_months(renewed.renewals, renewed.ended, every)
    seen = renewals.count(made, renewed.ended, renewed.customers)
    rows = len(seen.left) + 1
    ended, censored = (
        samples.table(made[chosen], renewed.bucket[chosen], renewed.customers[chosen], rows).T[
            :, 1:
        ]
        for chosen in (renewed.ended, ~renewed.ended)
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


def renewal_months(months: Any, ended: Any, every: int) -> NDArray[np.int64]:
    """Count renewals `every` so many months from monthly ones: the one missed, or those made.

    Args:
        months: monthly renewals `(n,)`: the one missed where `ended`, else those made.
        ended: whether customers left `(n,)`.
        every: months between renewals.

    >>> renewal_months([13, 13], [True, False], 12).tolist()
    [2, 1]
    """
    monthly = np.asarray(months)
    counted: NDArray[np.int64] = np.where(ended, -(-monthly // every), monthly // every)
    return counted


def renewal_interval(billed: Mapping[int, int]) -> int:
    """Return the months between renewals if nearly all customers have the same, else 1."""
    total = sum(billed.values())
    return next(
        (months for months, n in billed.items() if months > 1 and n >= NEARLY_ALL * total), 1
    )
