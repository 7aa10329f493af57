"""Whom to call: customers silent past their usual gap, by the value at stake.

A customer's usual gap is the 90th percentile of the days between his orders, shrunk to that of all.
The chance of not ordering in the next 90 days is that of customers as silent, for their gap, on
earlier days; it is tested on the newest of these, whose 90 days are just over.

| orders on days  | usual | silent | past it by | listed                              |
| 0, 30, 60       | 30    | 45     | 1.5 times  | yes                                 |
| 0, 30, 60       | 30    | 20     | 0.7 times  | no: not yet past it                 |
| 0, 30, 60       | 30    | 300    | 10 times   | no: past it for more than 90 days   |
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.analyses.risk.trials import Trial
from ltvcli.results.experiment import Range
from ltvcli.results.risk import AHEAD, BASE, SILENCE, Call
from ltvcli.stats.inference import wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.silences import Silences

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

CUTOFFS = 4
"""Earlier days that chances are learned from, and tested on, each AHEAD days before the next."""
SHRINKAGE = 3.0
"""Gaps of the usual length of all that are added to a customer's."""
STEPS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0)
"""Silence in usual gaps, at which the next group begins."""
ORDERS = (2, 4)
"""Days with an order at which the next group begins."""
PRIOR = 10.0
DUE = 7
"""Days after the list by which a call is due."""
TENTH = 10


class Cells(Struct, frozen=True, kw_only=True):
    """Shares of customers who did not come back, by group; learned from earlier days.

    Attributes:
        customers: of each group.
        left: of these.
        chance: their share, pulled towards that of all.
        days: days with an order in the days after, of those who came back, by group.
    """

    customers: Ints
    left: Ints
    chance: Floats
    days: Floats


def usual_gap(silences: Silences) -> Floats:
    """Return the usual gap of each customer, shrunk to that of all, shape `(n,)`."""
    import numpy as np

    several = silences.gaps > 0
    typical = float(np.median(silences.usual_gap[several])) if several.any() else float(AHEAD)
    shrunk: Floats = (silences.gaps * silences.usual_gap + SHRINKAGE * typical) / (
        silences.gaps + SHRINKAGE
    )
    return np.maximum(shrunk, 1.0)


def groups(silences: Silences) -> Ints:
    """Return the group of each customer by silence in usual gaps and by orders, shape `(n,)`."""
    import numpy as np

    silent = np.searchsorted(STEPS, silences.silence / usual_gap(silences), side="right")
    orders = np.searchsorted(ORDERS, silences.order_days, side="right")
    return (orders * (len(STEPS) + 1) + silent).astype(np.int64)


def learn(earlier: Sequence[Silences]) -> Cells:
    """Count who did not come back after earlier days, by group."""
    import numpy as np

    codes = np.concatenate([groups(silences) for silences in earlier])
    days = np.concatenate([silences.later_days for silences in earlier])
    left = days == 0
    count = (len(ORDERS) + 1) * (len(STEPS) + 1)
    customers = np.bincount(codes, minlength=count)
    gone = np.bincount(codes, weights=left, minlength=count)
    base = float(left.mean())
    back = np.bincount(codes, weights=days, minlength=count)
    return Cells(
        customers=customers,
        left=gone.astype(np.int64),
        chance=(gone + PRIOR * base) / (customers + PRIOR),
        days=np.maximum(back / np.maximum(customers - gone, 1), 1.0),
    )


def tested(cutoff: date, earlier: Sequence[Silences], newest: Silences) -> Trial:
    """Score the customers of the newest day with a known outcome by models of earlier days.

    Args:
        cutoff: the newest day.
        earlier: customers of the days before.
        newest: customers of that day.
    """
    import numpy as np

    cells = learn(earlier)
    left = newest.later_days == 0
    base = float(cells.left.sum()) / float(cells.customers.sum())
    return Trial(
        cutoff=cutoff,
        chances={BASE: np.full(len(left), base), SILENCE: cells.chance[groups(newest)]},
        left=left,
        rows=np.arange(len(left)),
    )


def is_control(customer: str) -> bool:
    """Return whether a customer belongs to the stable control group of one tenth.

    >>> sum(is_control(f"c{n}") for n in range(1000))
    94
    """
    digest = hashlib.blake2b(customer.encode(), digest_size=8, person=b"ltv calls").digest()
    return int.from_bytes(digest) % TENTH == 0


def listed(now: Silences, cells: Cells, as_of: date, margin: float) -> tuple[Call, ...]:
    """Return the customers who fell silent in the last 90 days, the most at stake first.

    What is at stake is the chance of not coming back times what the customer would bring if he
    did: his average per order day, times the order days of customers like him who came back.

    Args:
        now: customers as of the last day of the data.
        cells: chances by group.
        as_of: that day.
        margin: share of revenue that is kept.
    """
    usual, codes = usual_gap(now), groups(now)
    calls = []
    for place, customer in enumerate(now.customer.tolist()):
        gap, silence, cell = float(usual[place]), int(now.silence[place]), int(codes[place])
        if not gap < silence <= gap + AHEAD or not cells.customers[cell]:
            continue
        low, high = wilson.interval(int(cells.left[cell]), int(cells.customers[cell]))
        chance = float(cells.chance[cell])
        brings = float(now.revenue[place] / now.order_days[place] * cells.days[cell]) * margin
        calls.append(
            Call(
                customer=customer,
                chance=Range(value=chance, low=min(low, chance), high=max(high, chance)),
                at_stake=chance * max(brings, 0.0),
                silence=silence,
                usual=round(gap),
                control=is_control(customer),
                day=as_of,
                due=as_of + timedelta(days=DUE),
            )
        )
    return tuple(sorted(calls, key=lambda call: (-call.at_stake, call.customer)))
