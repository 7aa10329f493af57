"""The shop of the worked example, and ways from orders to rates of periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ltvcli.analyses.review import period_ltv
from ltvcli.analyses.review.period_ltv import Pair
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.facts import orders as order_facts
from ltvcli.facts import periods as period_facts
from ltvcli.facts.periods import PeriodFacts
from ltvcli.formulas import periods
from ltvcli.formulas.periods import Period
from tests.reference import Order
from tests.shops import engine


def order(customer: str, day: str, amount: float, **more: object) -> Order:
    return Order(customer, date.fromisoformat(f"2026-{day}"), Decimal(str(amount)), **more)  # type: ignore[arg-type]


WORKED = [
    order("a", "01-10", 100),
    order("a", "02-20", 100),
    order("a", "03-15", 120),
    order("b", "01-25", 60),
    order("b", "03-05", 60),
    order("c", "02-05", 80),
    order("c", "03-20", 90),
    order("d", "02-18", 40),
    order("e", "03-02", 100),
    order("e", "03-28", 50),
]
"""Five customers: the example of the definition."""
FEBRUARY, MARCH = (periods.of("month", date(2026, month, 1)) for month in (2, 3))


def facts(
    orders: Sequence[Order],
    as_of: date = date(2026, 3, 31),
    span: periods.Span = "month",
    *,
    by_segment: bool = False,
) -> PeriodFacts:
    with engine(orders) as opened:
        found = order_facts.gather(opened, as_of, None, by_segment=by_segment)
        return period_facts.gather(opened, found, span)


def pair(
    found: PeriodFacts, new: Period, old: Period, months: int, margin: float | None = 1.0
) -> Pair:
    timeline = Timeline(found, list(range(len(found.segments))))
    return period_ltv.pair(
        timeline.sums(new), timeline.sums(old), timeline.all_time, months, margin
    )
