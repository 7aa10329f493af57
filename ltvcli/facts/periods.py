"""Facts for the comparison of periods: orders in each calendar month or week, by age.

Like ltvcli.facts.orders, the tables are plain GROUP BY sums and add up over files, partitions and
engines. How long customers were exposed at an age follows from `Starts` by arithmetic.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.errors import InternalError
from ltvcli.facts import orders
from ltvcli.facts.engine import adds_up, asks_all

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine, Floats, Ints
    from ltvcli.facts.orders import Facts, Span

FIRST_DAY = date(1900, 1, 1)
"""A Monday, from which `sql/facts/periods` counts days and weeks."""
BLOCK = 30
"""Periods of a block: each has two bits of a number; whole quarters are in one block."""
MONTHS_BEFORE_1970 = 12 * 1970
NO_AGE = -1
"""Age of people without any counted order: their refunds are in the revenue, in no rate."""


class Starts(Struct, frozen=True, kw_only=True):
    """First days of customers: all their counted orders of the first day."""

    segment: Ints  # code: place in PeriodFacts.segments
    first_day: NDArray[np.datetime64]
    bucket: Ints
    customers: Ints
    revenue: Floats
    orders: Ints
    cost: Floats
    costed_revenue: Floats  # revenue of the orders whose cost is known


class Spans(Struct, frozen=True, kw_only=True):
    """Orders and refunds after the first day, by calendar month and age.

    `buyers` have a counted order in that cell. Refunds before the first order are at age 0, and
    refunds of people without any order are at NO_AGE.
    """

    segment: Ints
    month: Ints  # 12 * year + month - 1; of weekly facts, weeks from FIRST_DAY
    age_month: Ints
    bucket: Ints
    revenue: Floats
    orders: Ints
    buyers: Ints
    cost: Floats
    costed_revenue: Floats


class Returned(Struct, frozen=True, kw_only=True):
    """Customers with a counted order after their first day, each once in a period.

    `period` is the number of a month, quarter (4 * year + quarter - 1) or week.
    """

    segment: Ints
    period: Ints
    bucket: Ints
    customers: Ints


class PeriodFacts(Struct, frozen=True, kw_only=True):
    """The sums over orders for a comparison of periods; `segments` as in `Facts`.

    `span` is the period of `returned`. Buckets are numbered from 0 to `buckets` - 1.
    """

    span: Span
    first: date
    as_of: date
    segments: tuple[str, ...]
    buckets: int
    starts: Starts
    spans: Spans
    returned: Returned


def gather(
    engine: Engine,
    facts: Facts,
    span: Span = "month",
    *,
    is_added_up: bool = False,
    are_visits_known: bool = False,
) -> PeriodFacts:
    """Add up orders by month (by week for weeks) and age, after `orders.gather`.

    Args:
        engine: holds `orders`, and `customers` as `orders.gather` left it.
        facts: as `orders.gather` returned them.
        span: length of the periods to compare.
        is_added_up: whether `orders.gather` did it for this span, in the pass of its own sums.
        are_visits_known: whether this was called before for this span; since then, customers may
            be in other segments.

    Raises:
        InternalError: the cells do not add up to the orders, to the cent.
    """
    import numpy as np

    weekly = {"weekly": span == "week"}
    if not is_added_up:
        keys = {**orders.EVERYONE, "ages": 1, "by_cohort": False}
        engine.run("facts/orders/triangle_customers", keys)
        engine.run("facts/periods/sums", weekly)
    engine.run("facts/periods/members")
    if asks_all(engine):  # how many blocks there are depends on an answer
        engine.run("facts/periods/buyers", weekly)
        if span == "quarter":
            engine.run("facts/periods/buyers_in_quarters")
    else:
        if not are_visits_known:
            _find_visits(engine, span)
        engine.run("facts/periods/visitors")
        if span == "quarter":
            engine.run("facts/periods/visitors_in_quarters")
    cells = engine.columns("facts/periods/cells")
    totals = engine.row("facts/periods/totals")
    sums = (totals["net_revenue"], totals["orders"])
    if not adds_up(engine, sums, (facts.net_revenue, facts.orders)):
        raise InternalError(what=f"periods bring {totals}, orders {facts.net_revenue}")
    is_start = cells.pop("is_start")
    starts = {key: values[is_start] for key, values in cells.items() if key != "age_month"}
    spans = {key: values[~is_start] for key, values in cells.items()}
    days = np.datetime64(FIRST_DAY, "D") + starts.pop("period").astype("timedelta64[D]")
    return PeriodFacts(
        span=span,
        first=facts.first,
        as_of=facts.as_of,
        segments=facts.segments,
        buckets=facts.buckets,
        starts=Starts(first_day=days, customers=starts.pop("buyers"), **starts),
        spans=Spans(month=spans.pop("period"), **spans),
        returned=Returned(
            **engine.columns(
                "facts/periods/returned_in_quarters"
                if span == "quarter"
                else "facts/periods/returned"
            )
        ),
    )


def _find_visits(engine: Engine, span: Span) -> None:
    """Fill `period_visits` with the periods in which each customer came back."""
    import numpy as np

    days = engine.columns("facts/periods/days")["day"]
    monday = np.datetime64(FIRST_DAY, "D")
    if span == "week":
        periods = (days - monday).astype(np.int64) // 7
        begins = monday + (7 * periods).astype("timedelta64[D]")
    else:
        months = days.astype("datetime64[M]")
        periods = months.astype(np.int64) + MONTHS_BEFORE_1970
        begins = months.astype("datetime64[D]")
    first = periods[:1] // 3 * 3  # days are in order
    blocks, bits = np.divmod(periods - first, BLOCK)
    columns = {
        "day": ("date", days),
        "block": ("integer", blocks),
        "period": ("integer", periods),
        "begins": ("date", begins),
        "even": ("bigint", 1 << bits),
        "odd": ("bigint", 1 << bits + BLOCK),
    }

    def fill(table: str, rows: Any) -> None:
        chosen = {name: (kind, values[rows].tolist()) for name, (kind, values) in columns.items()}
        engine.fill(table, chosen)

    fill("period_places", np.unique(periods, return_index=True)[1])
    engine.run("facts/periods/no_visits")
    for block in np.unique(blocks).tolist():
        # With a condition on the block in its place, DuckDB would expect few orders, and hash them.
        fill("period_days", blocks == block)
        engine.run("facts/periods/visits", {"block": block})
