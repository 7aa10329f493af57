"""The value of a new customer by segment and size of the first order, for bidding.

Repeat orders of customers of a kind are those of any new customer by the models, times the ratio of
actual to expected orders of that kind; for few customers the ratio is shrunken towards that of all.
Source: Bühlmann & Straub (1970), Mitteilungen der Vereinigung Schweizerischer
Versicherungsmathematiker 70, 111-133.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ltvcli.analyses.predict.forecasts import Outlook
    from ltvcli.analyses.predict.intervals import Uncertainty
    from ltvcli.facts.purchases import FirstPurchases

    Floats = NDArray[np.float64]

LEAST_CUSTOMERS = 30
ALL = -1
_UNLIKE = 0.4  # usual difference between kinds of customers, in logs


class Newcomer(Struct, frozen=True, kw_only=True):
    """A new customer of one kind; money is revenue, undiscounted.

    segment, size: codes; ALL for any. up_to: of the first order, None where there is no limit.
    first: value of the first order. repeats: orders after it, with a value of `later`; `deviation`
    is the standard deviation of its log.
    """

    segment: int
    size: int
    up_to: float | None
    customers: int
    first: float
    repeats: float
    later: float
    deviation: float


def newcomers(
    rows: FirstPurchases, outlook: Outlook, uncertainty: Uncertainty, share: float
) -> Iterator[Newcomer]:
    """Value a new customer of every kind that has at least 30 customers.

    Args:
        rows: customers by kind and weeks since the first order, of the sample.
        outlook: forecasts of today.
        uncertainty: uncertainty of its totals.
        share: of all customers in the sample.
    """
    if not outlook.usual:
        return
    ages = np.append(np.arange(int(rows.week.max()) + 1) + 0.5, outlook.weeks)
    grown = np.mean([kind.expected_new(ages) for kind in outlook.usual.values()], axis=0)
    expected = rows.customers * grown[rows.week]
    everyone = np.ones(len(rows.week), dtype=np.bool_)
    total = _Sums.of(rows, expected, everyone)
    if not (total.expected > 0 and total.repeats):
        return
    for segment, size in _kinds(rows):
        where = everyone.copy()
        if segment != ALL:
            where &= rows.segment == segment
        if size != ALL:
            where &= rows.size == size
        kind = _Sums.of(rows, expected, where)
        if kind.customers < LEAST_CUSTOMERS:
            continue
        # Expected orders whose noise equals the usual difference between kinds.
        prior_weight = uncertainty.dispersion / _UNLIKE**2
        usual = total.repeats / total.expected
        rate = (kind.repeats + prior_weight * usual) / (kind.expected + prior_weight)
        mean = total.repeat_spend / total.repeats
        brings = (kind.repeat_spend + prior_weight * mean) / (kind.repeats + prior_weight)
        repeats = rate * float(grown[-1])
        yield Newcomer(
            segment=segment,
            size=size,
            up_to=kind.largest if size in (0, 1) else None,
            customers=round(kind.customers / share),
            first=kind.first_spend / kind.customers,
            repeats=repeats,
            later=repeats * brings,
            deviation=math.sqrt(
                uncertainty.shared_by_new
                + uncertainty.money
                + uncertainty.dispersion / max(kind.repeats + prior_weight, 1)
            ),
        )


def _kinds(rows: FirstPurchases) -> Iterator[tuple[int, int]]:
    segments: Sequence[int] = np.unique(rows.segment).tolist()
    for segment in [ALL, *(segments if len(segments) > 1 else [])]:
        for size in (ALL, 0, 1, 2):
            yield segment, size


class _Sums(Struct, frozen=True):
    customers: float
    first_spend: float
    largest: float
    repeats: float
    repeat_spend: float
    expected: float

    @classmethod
    def of(cls, rows: FirstPurchases, expected: Floats, where: NDArray[np.bool_]) -> _Sums:
        return cls(
            float(rows.customers[where].sum()),
            float(rows.first_spend[where].sum()),
            float(rows.largest[where].max(initial=0.0)),
            float(rows.repeats[where].sum()),
            float(rows.repeat_spend[where].sum()),
            float(expected[where].sum()),
        )
