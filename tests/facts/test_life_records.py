"""The later history of each customer, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ltvcli.engines import duckdb
from ltvcli.facts import life_records, orders, subscriptions
from ltvcli.facts.life_records import LifeRecords
from tests import shops
from tests.mrr_reference import Stretch, fill
from tests.reference import Order

AS_OF = date(2026, 6, 30)


def row(records: LifeRecords, customer: str) -> dict[str, object]:
    place = records.customer.tolist().index(customer)
    names = ("left", "observed", "revenue", "is_whole")
    return {name: getattr(records, name)[place].item() for name in names}


def test_a_subscriber_who_stopped_and_did_not_return_has_left(tmp_path: Path) -> None:
    stretches = [
        Stretch("early", date(2025, 1, 1), date(2025, 3, 1)),
        Stretch("late", date(2025, 1, 1), date(2025, 12, 1)),
        Stretch("back", date(2025, 1, 1), date(2025, 2, 1)),
        Stretch("back", date(2025, 9, 1), None),
        Stretch("young", date(2026, 5, 1), date(2026, 5, 20)),
    ]
    with duckdb.open([], tmp_path, None) as engine:
        fill(engine, stretches)
        subscriptions.gather(engine, AS_OF)
        records = life_records.gather(engine, "subscriptions", AS_OF, 6, 12)

    amount = stretches[0].amount
    early = row(records, "early")
    assert (early["left"], early["observed"], early["is_whole"]) == (True, True, True)
    assert early["revenue"] == pytest.approx(float(amount) * 59 / 30.436875, rel=1e-6)
    assert row(records, "late")["left"] is False
    assert row(records, "back")["left"] is False  # who came back had not left
    assert (row(records, "young")["observed"], row(records, "young")["is_whole"]) == (False, False)


def test_a_customer_without_a_later_order_has_left() -> None:
    rows = [
        Order("once", date(2025, 1, 1), Decimal(50)),
        Order("again", date(2025, 1, 1), Decimal(20)),
        Order("again", date(2025, 5, 1), Decimal(30)),
        Order("later", date(2025, 1, 1), Decimal(10)),
        Order("later", date(2025, 12, 1), Decimal(40)),
        Order("young", date(2026, 6, 1), Decimal(5)),
    ]
    with shops.engine(rows) as engine:
        orders.gather(engine, AS_OF, None)
        records = life_records.gather(engine, "orders", AS_OF, 6, 12)

    left = {name: row(records, name)["left"] for name in ("once", "again", "later")}
    assert left == {"once": True, "again": False, "later": True}
    assert row(records, "later")["revenue"] == 50.0
    assert row(records, "young")["observed"] is False
