"""What a new customer is worth, by segment and by the size of the first order: for bidding.

How often customers of a kind come back is what the models expect of any new customer, times what
customers of that kind did over what was expected of them; of few customers that is drawn towards
all. Source: Bühlmann & Straub (1970), Mitteilungen der Vereinigung Schweizerischer
Versicherungsmathematiker 70, 111-133.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ltvcli.analyses.predict.forecasts import Outlook
    from ltvcli.analyses.predict.intervals import Doubt
    from ltvcli.facts.purchases import FirstPurchases

    Floats = NDArray[np.float64]

LEAST_CUSTOMERS = 30
ALL = -1
_UNLIKE = 0.4  # how much kinds of customers usually differ, in logs


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A new customer of one kind; money is revenue, undiscounted.

    segment, size: codes; ALL for any. up_to: of the first order, None where there is no limit.
    first: what the first order brings. repeats: orders after it, which bring `later`; `deviation`
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
    rows: FirstPurchases, outlook: Outlook, doubt: Doubt, paid: float, share: float
) -> Iterator[Newcomer]:
    """Value a new customer of every kind that has at least 30 customers.

    Args:
        rows: customers by kind and weeks since the first order, of the sample.
        outlook: of today.
        doubt: about its totals.
        paid: by how much the money of a purchase is put right.
        share: part of all customers that is in the sample.
    """
    if not outlook.usual:
        return
    ages = np.append(np.arange(int(rows.week.max()) + 1) + 0.5, outlook.weeks)
    grown = np.mean([one.expected_new(ages) for one in outlook.usual.values()], axis=0)
    expected = rows.customers * grown[rows.week]
    everyone = np.ones(len(rows.week), dtype=np.bool_)
    whole = _Sums.of(rows, expected, everyone)
    if not (whole.expected > 0 and whole.repeats):
        return
    for segment, size in _kinds(rows):
        where = everyone.copy()
        if segment != ALL:
            where &= rows.segment == segment
        if size != ALL:
            where &= rows.size == size
        one = _Sums.of(rows, expected, where)
        if one.customers < LEAST_CUSTOMERS:
            continue
        # Orders expected of all that say as much as one kind differs from another.
        worth = doubt.dispersion / _UNLIKE**2
        usual = whole.repeats / whole.expected
        rate = (one.repeats + worth * usual) / (one.expected + worth)
        mean = whole.repeat_spend / whole.repeats
        brings = (one.repeat_spend + worth * mean) / (one.repeats + worth)
        repeats = rate * float(grown[-1])
        yield Newcomer(
            segment=segment,
            size=size,
            up_to=one.largest if size in (0, 1) else None,
            customers=round(one.customers / share),
            first=one.first_spend / one.customers,
            repeats=repeats,
            later=repeats * brings * paid,
            deviation=math.sqrt(
                doubt.shared + doubt.money + doubt.dispersion / max(one.repeats + worth, 1)
            ),
        )


def _kinds(rows: FirstPurchases) -> Iterator[tuple[int, int]]:
    segments: Sequence[int] = np.unique(rows.segment).tolist()
    for segment in [ALL, *(segments if len(segments) > 1 else [])]:
        for size in (ALL, 0, 1, 2):
            yield segment, size


@dataclass(frozen=True, slots=True)
class _Sums:
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
