"""Large files are added up some customers at a time; that changes no figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ltvcli.engines import _duckdb_settings, _parts, duckdb
from ltvcli.facts import orders as facts
from tests.reference import Order
from tests.shops import AS_OF, engine, shop

pytestmark = pytest.mark.usefixtures("own_database")

SIZE = 40
"""Customers of a part here."""
CUSTOMERS = 3 * SIZE + 7
DENSE, SPARSE, LARGE, TEXT = "c{}", "c{}00000", "c10000000{:05}", "{}x"

Gathered = Callable[..., tuple[list[Any], list[tuple[int, int]]]]


def orders(spelling: str) -> list[Order]:
    """Orders and refunds of customers; every seventh has refunds only."""
    made = shop(3, CUSTOMERS, cost=True)
    return [
        Order(spelling.format(n), one.day, one.amount, one.cost, one.counted and n % 7 > 0)
        for one in made
        for n in [int(one.customer[1:])]
    ]


@contextmanager
def numbered(made: list[Order]) -> Iterator[duckdb.DuckDB]:
    """Open an engine whose orders have numbers of customers, as reading stores them."""
    with engine(made) as opened:
        opened.execute(
            "create or replace table orders as select * exclude (customer_key), "
            "substr(customer, 2)::bigint as customer_key from orders"
        )
        yield opened


@pytest.fixture
def is_large(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take every file for a large one, and return the statements that are executed from now on."""
    monkeypatch.setattr(_duckdb_settings, "MOST_BITS", _duckdb_settings._USUAL_BITS)
    monkeypatch.setattr(duckdb, "MOST_BITS", _duckdb_settings._USUAL_BITS)
    monkeypatch.setattr(_parts, "_NUMBERS", SIZE)
    executed = []
    execute = duckdb.DuckDB.execute

    def noted(self: duckdb.DuckDB, sql: str, parameters: Any = ()) -> Any:
        executed.append(sql)
        return execute(self, sql, parameters)

    monkeypatch.setattr(duckdb.DuckDB, "execute", noted)
    return executed


def gathered(opened: duckdb.DuckDB) -> list[Any]:
    """Return the facts as plain values, and the customers."""
    found = facts.gather(opened, AS_OF, None, numbering=facts.Numbering(prefix="c"))
    tables = (found.triangle, found.observed, found.lifetimes)
    values = [getattr(table, name).tolist() for table in tables for name in table.__struct_fields__]
    others = [getattr(found, name) for name in found.__struct_fields__]
    plain = [value for value in others if all(value is not table for table in tables)]
    return [values, plain, opened.execute("from customers order by customer_key").fetchall()]


def parts(executed: list[str]) -> list[tuple[int, int]]:
    """Return the keys of customers of each part that orders were added up in."""
    ranges = [re.search(r"between (-?\d+) and (-?\d+)$", sql) for sql in executed]
    return [(int(found[1]), int(found[2])) for found in ranges if found]


@pytest.mark.parametrize(("spelling", "first"), [(DENSE, 0), (LARGE, 10**12)])
def test_parts_give_what_one_query_gives(
    request: pytest.FixtureRequest, spelling: str, first: int
) -> None:
    with numbered(orders(spelling)) as opened:
        whole = gathered(opened)
    executed = request.getfixturevalue("is_large")
    with numbered(orders(spelling)) as opened:
        assert gathered(opened) == whole
        assert opened.execute("select count(*) from orders").fetchone() == (len(orders(spelling)),)
    ranges = [(first + n, min(first + n + SIZE, first + CUSTOMERS) - 1) for n in (0, 40, 80, 120)]
    assert parts(executed) == ranges * 2  # sums of customers, and cells of the triangle


def test_customers_without_dense_numbers_are_added_up_at_once(is_large: list[str]) -> None:
    with numbered(orders(SPARSE)) as opened:
        gathered(opened)
    with engine(orders(TEXT)) as opened:
        gathered(opened)
    assert parts(is_large) == []


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        pytest.param((True, False), 8, id="compressed, it fits"),
        pytest.param((True, True), 0, id="compressed, it does not fit either"),
    ],
)
def test_what_is_stored_is_compressed_where_memory_is_tight(
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    answers: tuple[bool, bool],
    count: int,
) -> None:
    with numbered(orders(DENSE)) as opened:
        whole = gathered(opened)
    executed = request.getfixturevalue("is_large")
    left = iter(answers + answers)
    monkeypatch.setattr(_parts, "is_tight", lambda *_: next(left))
    with numbered(orders(DENSE)) as opened:
        assert gathered(opened) == whole
    assert executed.count("force checkpoint store") == 2
    assert len(parts(executed)) == count


def test_the_orders_of_everyone_are_there_after_an_error(
    tmp_path: Path, is_large: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with duckdb.open([], tmp_path, None) as opened:
        opened.execute("create table orders as select range as customer_key from range(100)")
        monkeypatch.setattr(duckdb, "query", lambda _name: "select error('no')")
        with pytest.raises(Exception, match="no"):
            opened.run_in_parts(["facts/orders/customers"], {}, "customers", are_sums=False)
        assert opened.execute("select count(*) from orders").fetchone() == (100,)
    assert parts(is_large) == [(0, SIZE - 1)]


def test_memory_is_tight_if_customers_do_not_fit_beside_what_is_stored(tmp_path: Path) -> None:
    with duckdb.open([], tmp_path, "200MB") as opened:
        opened.execute("create table orders as select range as customer_key from range(10_000_000)")
        assert not _parts.is_tight(opened, 400_000)
        assert _parts.is_tight(opened, 1_500_000)


@pytest.mark.parametrize("customers", [SIZE, SIZE + 1, SIZE + 2, 2 * SIZE, 2 * SIZE + 1])
def test_every_customer_is_in_one_part(customers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parts, "_NUMBERS", SIZE)
    ranges = _parts.parts(5, 4 + customers, rows=10**6)

    numbers = [number for first, last in ranges for number in range(first, last + 1)]
    assert numbers == [*range(5, 5 + customers)]
    assert all(last - first < SIZE for first, last in ranges)
