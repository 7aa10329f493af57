"""Days since the last order of customers, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ltvcli.facts import orders, silences
from tests import shops
from tests.reference import Order


def test_what_is_known_on_a_day_and_what_follows() -> None:
    rows = [
        Order("a", date(2025, 1, 1), Decimal(10)),
        Order("a", date(2025, 1, 11), Decimal(20)),
        Order("a", date(2025, 2, 10), Decimal(30)),
        Order("a", date(2025, 3, 20), Decimal(40)),
        Order("a", date(2025, 9, 1), Decimal(50)),
        Order("b", date(2025, 2, 1), Decimal(5)),
        Order("later", date(2025, 4, 1), Decimal(9)),
    ]
    with shops.engine(rows) as engine:
        orders.gather(engine, date(2025, 12, 31), None)
        known = silences.gather(engine, date(2025, 3, 1), 90)

    assert known.customer.tolist() == ["a", "b"]
    assert known.order_days.tolist() == [3, 1]
    assert known.revenue.tolist() == [60.0, 5.0]
    assert known.silence.tolist() == [19, 28]
    assert known.tenure.tolist() == [59, 28]
    assert known.recent_days.tolist() == [3, 1]
    assert known.recent_revenue.tolist() == [60.0, 5.0]
    assert known.usual_gap.tolist() == [30.0, 0.0]  # of 10 and 30 days nine in ten are at most 30
    assert known.later_days.tolist() == [1, 0]
    assert known.later_revenue.tolist() == [40.0, 0.0]
