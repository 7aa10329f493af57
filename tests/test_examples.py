"""The committed example data is what its script writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = (
    "shop/orders.csv",
    "shop/spend.csv",
    "ec_cube/order_20261031120000.csv",
    "saas/subscriptions.csv",
    "review/orders.csv",
    "review/orders-2025-05.csv",
    "review/spend.csv",
    "experiment/results.csv",
    "experiment/orders.csv",
    "experiment/arms.csv",
    "experiment/initiatives.csv",
    "trust/deals.csv",
    "trust/subscriptions.csv",
    "trust/nps.csv",
    "trust/cancellations.csv",
    "trust/declined.csv",
    "trust/spend.csv",
    "risk/customers.csv",
    "risk/subscriptions.csv",
    "risk/pipeline.csv",
    "risk/declined.csv",
    "risk/events.csv",
    "risk/orders.csv",
    "recipe_box/orders.csv",
    "recipe_box/events.csv",
)


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    subprocess.run([sys.executable, "-B", EXAMPLES / "generate.py", folder], check=True)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_regenerating_gives_the_committed_bytes(name: str, regenerated: Path) -> None:
    assert (regenerated / name).read_bytes() == (EXAMPLES / name).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_an_example_stays_under_a_megabyte(name: str) -> None:
    assert (EXAMPLES / name).stat().st_size < 1_000_000


def test_every_example_is_tested() -> None:
    assert {path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.glob("*/*.csv")} == set(
        FILES
    ) | {"warehouse/columns.csv"}


def test_the_database_of_orders_is_what_its_sql_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES / "warehouse")
    sql = Path("orders.sql").read_text("utf-8")
    with duckdb.connect() as made, duckdb.connect("warehouse.duckdb", read_only=True) as committed:
        made.execute(sql)
        orders = made.execute("from shop.orders").fetchall()

        assert len(orders) > 3000
        assert committed.execute("from shop.orders").fetchall() == orders
        described = "describe shop.orders"
        assert committed.execute(described).fetchall() == made.execute(described).fetchall()


def test_the_list_of_columns_is_that_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES / "warehouse")
    listed = Path("columns.csv").read_text("utf-8").splitlines()[1:]
    with duckdb.connect("warehouse.duckdb", read_only=True) as database:
        described = database.execute("describe shop.orders").fetchall()
    assert [line.partition(",")[0] for line in listed] == [row[0] for row in described]
    assert [line.partition(",")[2].strip('"') for line in listed] == [row[1] for row in described]
