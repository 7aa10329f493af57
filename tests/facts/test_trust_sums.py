"""The money behind the scorecard is exact, whatever the order in which threads add it up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from ltvcli.engines import duckdb

AMOUNTS = [Decimal(7919 * n % 999_983) / 100 for n in range(20_000)]
TABLES = """
create table orders as select customer_key, date '2025-01-05' as day, amount, true as counted
    from (select unnest($keys) as customer_key, unnest($amounts::decimal(18, 4)[]) as amount);
create table customers as select customer_key, 'c' || customer_key as customer, 0 as bucket,
    day as first, day as last, 24300 as cohort, 1 as orders from orders;
create table trust_groups as
    select rowid as place, customer_key % 50 as grp, 0 as stratum from customers
"""


def test_what_customers_brought_is_added_up_to_the_last_digit(tmp_path: Path) -> None:
    given = {"keys": list(range(len(AMOUNTS))), "amounts": AMOUNTS}
    with duckdb.open([], tmp_path, None) as engine:
        for statement in TABLES.split(";"):
            engine.execute(statement, given if "$keys" in statement else {})
        engine.run("facts/trust/order_members", {"days": 91})
        cells = engine.columns("facts/trust/cells", {"as_of": date(2025, 12, 31), "days": 91})
    assert cells["early"].tolist() == [float(sum(AMOUNTS[group::50])) for group in range(50)]
