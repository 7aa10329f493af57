"""Figures of every whole month, of all customers or of one segment, as input of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field

from ltvcli.formulas.periods import Period
from ltvcli.results import Estimate
from ltvcli.results.check import WATCHED
from ltvcli.results.review import Reason


class Monthly(Struct, frozen=True, kw_only=True):
    """Figures of one segment in consecutive whole months, the oldest first.

    Attributes:
        segment: "" for all customers.
        months: all whole ones of the data.
        values: estimates by figure, one for each month; None where a figure is not known.
        charted: values by figure over one horizon, of figures that take one; the others are
            charted as they are.
        beyond: by figure and month, a limit that the figure is above, and how probably; for
            payback that the horizon does not reach.
        worth: by figure, what one unit of it is worth in money in the last month.
        horizon: months that figures with a horizon cover in the last month; 0 where there is none.
        is_margin: whether values are margin; else no margin is known, and they are revenue.
        parts: why the value of a customer moved in the last month, largest first.
        moved: the figure that `parts` explain; "" where nothing is known.
    """

    segment: str
    months: tuple[Period, ...]
    values: Mapping[str, tuple[Estimate | None, ...]]
    charted: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    beyond: Mapping[str, tuple[tuple[float, float] | None, ...]] = field(default_factory=dict)
    worth: Mapping[str, float] = field(default_factory=dict)
    horizon: int = 0
    is_margin: bool = False
    parts: tuple[Reason, ...] = ()
    moved: str = ""

    def estimate(self, figure: str, place: int) -> Estimate | None:
        """Return a figure of one month."""
        values = self.values.get(figure)
        return values[place] if values else None

    def beyond_of(self, figure: str, place: int) -> tuple[float, float] | None:
        """Return the limit that a figure is above in one month, and how probably."""
        limits = self.beyond.get(figure)
        return limits[place] if limits else None

    def chart(self, figure: str, place: int) -> list[tuple[Period, float]]:
        """List the known values of a figure up to one month; empty if that month has none."""
        values: Sequence[float | None] = self.charted.get(figure) or [
            estimate.value if estimate else None for estimate in self.values.get(figure, ())
        ]
        if len(values) <= place or values[place] is None:
            return []
        known = zip(self.months[: place + 1], values[: place + 1], strict=True)
        return [(month, value) for month, value in known if value is not None]

    def points(self, figure: str, place: int) -> list[float]:
        """List the known values up to one month, as a process behaviour chart takes them.

        Totals are per day, as months differ in length; of what is carried over from month to month,
        the chart shows what each month added.
        """
        known = self.chart(figure, place)
        if figure in PER_DAY:
            return [value / month.days for month, value in known]
        values = [value for _, value in known]
        if figure in CARRIED_OVER:
            return [after - before for before, after in pairwise(values)]
        return values

    def usual(self, figure: str, place: int) -> float | None:
        """Return the expected value of a month: the mean of the earlier ones.

        Of what is carried over, the month before and what a month adds on average.
        """
        earlier = [value for _, value in self.chart(figure, place)[:-1]]
        if not earlier:
            return None
        if figure in CARRIED_OVER:
            return earlier[-1] + (earlier[-1] - earlier[0]) / max(1, len(earlier) - 1)
        return sum(earlier) / len(earlier)

    def in_chart(self, figure: str, place: int) -> Estimate | None:
        """Return a figure of one month as its chart has it, with its interval where that is."""
        estimate = self.estimate(figure, place)
        known = self.chart(figure, place)
        if figure not in self.charted or not known or estimate is None:
            return estimate
        value = known[-1][1]
        is_alike = value == estimate.value
        return estimate if is_alike else Estimate(value=value, source=estimate.source)


PER_DAY = frozenset(("net_revenue", "new_customers", "repeat_customers", "spend"))
"""Figures that grow with the number of days."""
CARRIED_OVER = frozenset(("mrr", "subscribers"))
"""Figures of the end of a month, which hold all months before: their level is no process."""


def exact(figure: str) -> bool:
    """Return whether a figure is counted in full."""
    return WATCHED[figure].exact
