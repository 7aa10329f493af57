"""What customers did in their first days, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from ltvcli.engines import duckdb
from ltvcli.facts import early_behaviour, orders, subscriptions
from ltvcli.facts.early_behaviour import ANY, OTHER, EarlyBehaviour
from tests import shops
from tests.mrr_reference import Stretch, fill
from tests.reference import Order

AS_OF = date(2026, 6, 30)
LOG = """
create table event_rows (sheet int, record bigint, customer text, day date, event text,
    value double, reason text);
create view events as select customer, day, event, value from event_rows where reason is null;
"""


def log(engine: duckdb.DuckDB, *rows: tuple[str, str, str, float | None]) -> None:
    engine.execute(LOG)
    for customer, day, event, value in rows:
        engine.execute(
            "insert into event_rows values (0, 0, $1, $2, $3, $4, null)",
            [customer, day, event, value],
        )


def figures(found: EarlyBehaviour, days: int, code: int, customer: str) -> list[float]:
    window = found.windows[days]
    place = found.customer.tolist().index(customer)
    names = ("events", "active_days", "since", "value")
    return [float(getattr(window, name)[code + 1][place]) for name in names]


def test_events_of_subscribers_count_from_the_first_paid_day(tmp_path: Path) -> None:
    stretches = [
        Stretch("a", date(2026, 1, 1), date(2026, 1, 11)),
        Stretch("b", date(2026, 1, 1), None),
    ]
    with duckdb.open([], tmp_path, None) as engine:
        fill(engine, stretches)
        subscriptions.gather(engine, AS_OF)
        log(
            engine,
            ("b", "2025-12-31", "open", 100.0),  # before the start
            ("b", "2026-01-01", "open", 1.5),  # day 0
            ("b", "2026-01-01", "open", 2.0),
            ("b", "2026-01-14", "pay", None),  # day 13, the last of 14
            ("b", "2026-01-15", "open", 4.0),  # day 14
            ("b", "2026-01-30", "open", None),  # day 29, the last of 30
            ("b", "2026-01-31", "open", 8.0),  # too late
        )
        found = early_behaviour.gather(engine, "subscriptions", AS_OF)

    assert found.customer.tolist() == ["a", "b"]
    # The last paid day of a, who left, lies nine or ten days after the first; b has none yet.
    assert found.decided[0] in (9, 10)
    assert np.isnan(found.decided[1])
    assert (found.log_first, found.log_last) == (date(2025, 12, 31), date(2026, 1, 31))
    assert [(name.event, name.events, name.customers) for name in found.names] == [
        ("open", 4, 1),
        ("pay", 1, 1),
    ]
    assert found.separate_events == ("open", "pay")
    assert figures(found, 14, ANY, "b") == [3, 2, 0, 3.5]
    assert figures(found, 14, 1, "b") == [2, 1, 13, 3.5]
    assert figures(found, 14, 2, "b") == [1, 1, 0, 0]
    assert figures(found, 30, ANY, "b") == [5, 4, 0, 7.5]
    assert figures(found, 30, 1, "b") == [4, 3, 0, 7.5]
    events, active, since, value = figures(found, 30, ANY, "a")
    assert (events, active, value) == (0, 0, 0)
    assert np.isnan(since)


def test_buyers_and_rare_events() -> None:
    customers = [f"c{number:02}" for number in range(60)]
    made = [Order(customer, date(2026, 1, 1), Decimal(9)) for customer in customers]
    made.append(Order("c00", date(2026, 1, 20), Decimal(9)))
    with shops.engine(made) as engine:
        orders.gather(engine, AS_OF, None)
        log(
            engine,
            *[(customer, "2026-01-02", "visit", None) for customer in customers],
            *[("c01", "2026-01-02", f"rare {number}", None) for number in range(3)],
        )
        found = early_behaviour.gather(engine, "orders", AS_OF)

    assert found.separate_events == ("visit",)
    assert sum(name.pooled for name in found.names) == 3
    assert found.decided.tolist()[0] == 19
    assert np.isnan(found.decided[1:]).all()
    assert figures(found, 14, OTHER, "c01") == [3, 1, 12, 0]
    assert figures(found, 14, ANY, "c01") == [4, 1, 12, 0]
