"""Every engine gives the same answers, to the last bit and in the same order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import sqlglot
from msgspec import Struct
from msgspec.structs import asdict

from ltvcli.choices import Dialect
from ltvcli.engines import duckdb, postgres, spark
from ltvcli.engines._dialects import statements, write
from ltvcli.facts.orders import Numbering
from ltvcli.facts.segments import SEPARATOR
from tests.engines.noted import Data, Noted, ask, fill
from tests.shops import AS_OF, shop

pytestmark = pytest.mark.sampled

SEGMENTS = ["web", "Ads", "ads", "é", "Ä", "漢字", f"{SEPARATOR}x", None]
IDS = ["", "C-{}", "c-{}", "{}", "O'Neil \\{}", "é{}", "漢{}", "ß {}%"]


def hostile() -> Data:
    """Orders as they come from no clean shop: everything that engines may see differently.

    IDs that differ by case only, quotes and backslashes, refunds before the first order, people
    with refunds only, several first orders on one day, equal revenues, amounts of 0 and with four
    digits, costs that are not known.
    """
    chance = random.Random(5)
    rows: list[tuple[Any, ...]] = []
    for order in shop(7, 400, cost=True, segments=SEGMENTS):
        name = IDS[1 + hash_of(order.customer) % (len(IDS) - 1)].format(order.customer[1:])
        amount = order.amount + Decimal(chance.choice([0, 0, 1, 33])) / 10_000
        cost = None if chance.random() < 0.3 else order.cost
        serve = None if chance.random() < 0.5 else Decimal(chance.randrange(500)) / 100
        rows.append((name, name, order.day, amount, cost, serve, order.counted, order.segment))
        if order.counted and chance.random() < 0.2:  # another on the same day, of the same size
            segment = chance.choice(SEGMENTS)
            rows.append((name, name, order.day, amount, None, None, True, segment))
    for number in range(15):
        day = AS_OF - timedelta(days=40 * number)
        rows.append((f"r{number}", f"r{number}", day, Decimal("-5"), None, None, False, "web"))
        rows.append((f"z{number}", f"z{number}", day, Decimal(0), None, None, True, None))
        rows.append((f"e{number}", f"e{number}", day, Decimal("49.99"), None, None, True, "Ads"))
    chance.shuffle(rows)
    known = dict.fromkeys([row[0] for row in rows][::3], "JP") | {"nobody": "US"}
    return Data(rows=rows, as_of=AS_OF, customers=known)


def hash_of(text: str) -> int:
    return sum(map(ord, text))


def numbered() -> Data:
    """Yen without digits behind the point, few customers, IDs made of numbers."""
    rows = [
        (f"C-{int(order.customer[1:]):04}", str(int(order.customer[1:])), order.day,
         (order.amount * 100_000).quantize(1), None, None, order.counted, order.segment)
        for order in shop(11, 60, segments=["a", "b"])
    ]  # fmt: skip
    return Data(rows=rows, as_of=AS_OF, numbering=Numbering(prefix="C-", width=4))


def single() -> Data:
    """One customer with one order."""
    row = ("x", "x", date(2025, 3, 31), Decimal("10"), None, None, True, None)
    return Data(rows=[row], as_of=date(2025, 12, 31))


DATA: dict[str, Callable[[], Data]] = {"hostile": hostile, "numbered": numbered, "single": single}


@contextmanager
def sales(folder: Path) -> Iterator[Any]:
    """Open DuckDB with the spend of two channels, which stays there."""
    with duckdb.open([], folder, None) as engine:
        engine.execute(
            "create table spend"
            " (channel text, day date, amount decimal(18,4), spread decimal(18,4))"
        )
        engine.execute(
            "insert into spend select channel, date '2025-01-01' + cast(n as integer), n % 7, 0"
            " from range(300) as days (n), (values ('web'), ('Ads')) as channels (channel)"
        )
        engine.execute("create table spend_known as select distinct channel, day from spend")
        engine.execute(
            "create table spend_names as select distinct channel, lower(channel) as name from spend"
        )
        yield engine


def asked(engine: Any, data: Data, folder: Path, *, briefly: bool = False) -> Noted:
    """Fill an engine, ask it everything, or every query once, and return what it said."""
    fill(engine, data)
    noted = Noted(engine)
    with sales(folder) as spent:
        ask(noted, data, spent, briefly=briefly)
    return noted


@cache
def expected(name: str, *, briefly: bool = False) -> Noted:
    """Return what DuckDB says, once."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder, duckdb.open([], Path(folder), None) as engine:
        return asked(engine, DATA[name](), Path(folder), briefly=briefly)


def lines(value: Any, where: str = "") -> list[str]:
    """Write a value with its type, one line for each array or number; floats to the last bit."""
    if isinstance(value, np.ndarray):
        return [f"{where} {value.dtype}{value.shape}: {value.tolist()!r}"]
    if isinstance(value, Struct):
        value = asdict(value)
    if isinstance(value, tuple | list):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        return [line for key, each in value.items() for line in lines(each, f"{where}.{key}")]
    if isinstance(value, Decimal):  # 0 and 0.0000 are equal
        value = value.normalize()
    return [f"{where}: {value!r}"]


ENGINES: dict[str, Callable[[str], AbstractContextManager[Any]]] = {
    "postgres": postgres.open,
    "sail": spark.open,
}


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_answer_is_the_same(
    engine: str, name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = request.getfixturevalue(f"{engine}_url")
    with ENGINES[engine](url) as opened:
        noted = asked(opened, DATA[name](), tmp_path)

    assert lines(noted.notes) == lines(expected(name).notes)


@pytest.mark.slow
def test_every_answer_is_the_same_in_spark(spark_url: str, tmp_path: Path) -> None:
    """Spark itself takes a second for each table: one set of data, where everything is run."""
    with spark.open(spark_url) as opened:
        noted = asked(opened, hostile(), tmp_path, briefly=True)

    assert noted.ran == expected("hostile", briefly=True).ran
    assert lines(noted.notes) == lines(expected("hostile", briefly=True).notes)


def test_the_hostile_data_has_what_it_is_for() -> None:
    """Otherwise the engines would agree about nothing."""
    notes = dict(expected("hostile").notes)

    assert notes["facts/orders/totals"]["customers"] < notes["facts/orders/totals"]["groups"]
    assert notes["facts/orders/order_gaps"]["gaps"] > 100
    assert notes["spend"].won.matched.sum() > 0


AT_HOME = {
    f"facts/spend/{name}"
    for name in ("days", "names", "new_customers", "spent", "totals", "window")
} | {f"facts/orders/{name}_by_key" for name in ("customer_sums", "first_places", "segment_sums")}
"""Queries of what is read from files and never leaves DuckDB: spend, and segments as numbers."""
WRITES = {"predict/customers", "predict/customers_for_spreadsheets", "predict/customers_hashed"}
"""Queries that write a file of customers, by DuckDB."""
OF_SUBSCRIPTIONS = {
    "facts/periods/subscriber_cells",
    "facts/periods/subscriber_closes",
    "facts/periods/subscriber_starts",
    "cohorts/closing_mrr",
    "cohorts/closing_total",
    "cohorts/opening_mrr",
    "cohorts/paying_customers",
}
FOLDERS = (
    "cohorts",
    "facts/orders",
    "facts/periods",
    "facts/purchases",
    "facts/spend",
    "predict",
    "segments",
)


def portable() -> list[str]:
    """Return every query of orders that calc, cohorts, segments, predict and review run."""
    root = Path(duckdb.__file__).parents[1] / "sql"
    files = [file for folder in FOLDERS for file in (root / folder).glob("*.sql")]
    names = {str(file.relative_to(root).with_suffix("")) for file in files}
    return sorted(names - AT_HOME - WRITES - OF_SUBSCRIPTIONS)


class Parameters(dict[str, Any]):
    """A value for every parameter."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Any:
        return 3 if name in ("slot", "fine", "coarse", "buckets", "months", "width") else AS_OF

    def __bool__(self) -> bool:
        return True


def test_every_portable_query_was_asked() -> None:
    """Who adds a query has it asked in `tests.engines.noted`, to be held against DuckDB."""
    ran = set().union(*(expected(name).ran for name in DATA))

    assert set(portable()) - ran == set()


@pytest.mark.parametrize("dialect", get_args(Dialect))
def test_every_portable_query_is_sql_of_the_dialect(dialect: Dialect) -> None:
    """BigQuery, Snowflake, Redshift and Databricks are not run here: their SQL is read back."""
    for name in portable():
        for statement in statements(duckdb.query(name)):
            if statement.query:
                written = write(statement.query, dialect, Parameters())
                read = sqlglot.parse_one(written, read=dialect)
                assert read.named_selects == statement.query.named_selects, name
