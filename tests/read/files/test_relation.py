"""A DuckDB relation is read as its Parquet file, and leaves its connection as it was."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import ltvcli
from ltvcli.errors import RelationError
from tests.read.tables.shops import sales

STATE = (
    "select name, value from duckdb_settings() union all "
    "select table_name, sql from duckdb_tables() union all "
    "select view_name, sql from duckdb_views() where not internal union all "
    "select function_name, macro_definition from duckdb_functions() where not internal "
    "order by all"
)


@pytest.fixture
def shop() -> duckdb.DuckDBPyConnection:
    """Return a connection with a table of orders, whose session is in Tokyo."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'Asia/Tokyo'")
    connection.execute(
        "create table orders (order_id hugeint, customer_id bigint, created_at timestamptz, "
        "total decimal(12, 2))"
    )
    connection.executemany("insert into orders values (?, ?, ?, ?)", sales())
    return connection


def test_a_relation_answers_as_its_file(shop: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    before = shop.execute(STATE).fetchall()
    relation = shop.sql("from orders where total > 10")
    from_relation = ltvcli.calc(relation, cac=40)
    assert shop.execute(STATE).fetchall() == before
    columns = "order_id, customer_id, created_at::timestamp as created_at, total"
    shop.execute(f"copy (select {columns} from orders where total > 10) to '{file}' (header)")
    from_file = ltvcli.calc(str(file), cac=40)
    assert from_relation.tables == from_file.tables
    assert from_relation.figures == from_file.figures
    assert from_relation.as_of == from_file.as_of
    (read,) = from_relation.inputs
    assert (read.path, read.zone, read.source) == ("DuckDB relation", "Asia/Tokyo", None)
    assert read.rows_read == from_file.inputs[0].rows_read


def test_a_table_of_a_connection_is_a_relation(shop: duckdb.DuckDBPyConnection) -> None:
    read = ltvcli.cohorts(shop.table("orders"))
    assert "days in Asia/Tokyo" in read.to_text("md")
    shop.execute("drop table orders")  # nobody holds it any more
    assert shop.execute("select 1").fetchone() == (1,)


def test_a_query_that_fails_is_named(shop: duckdb.DuckDBPyConnection) -> None:
    relation = shop.sql("select *, error('too late') as note from orders")
    with pytest.raises(RelationError) as refused:
        ltvcli.calc(relation)
    assert "too late" in str(refused.value)
    assert shop.execute("select count(*) > 0 from orders").fetchone() == (True,)
