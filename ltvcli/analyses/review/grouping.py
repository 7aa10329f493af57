"""Which segments are shown separately in a review, and which are pooled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions

MOST = 20
"""Segments that stand alone; each takes as much memory as all customers together."""
GATHERED = "other"
"""Name of the small segments that are put together, which may be that of no segment."""


class Grouping(Struct, frozen=True, kw_only=True):
    """Names of the separate segments, largest first, and the row of each code.

    `gathered` is how many others share the last row.
    """

    names: tuple[str, ...]
    rows: tuple[int, ...]
    gathered: int

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of all rows."""
        return (*self.names, GATHERED) if self.gathered else self.names


def grouping(facts: Facts | Subscriptions, fewest: int) -> Grouping:
    """Keep segments with `fewest` customers or more separate, at most MOST of them."""
    sizes = [total.customers for total in facts.totals]
    ranked = sorted(range(len(sizes)), key=lambda code: (-sizes[code], code))
    alone = [code for code in ranked if sizes[code] >= max(fewest, 1)][:MOST]
    if len(sizes) <= 1 or not alone:
        return Grouping(names=("",), rows=(0,) * len(sizes), gathered=0)
    places = {code: place for place, code in enumerate(alone)}
    return Grouping(
        names=tuple(facts.segments[code] for code in alone),
        rows=tuple(places.get(code, len(alone)) for code in range(len(sizes))),
        gathered=len(sizes) - len(alone),
    )
