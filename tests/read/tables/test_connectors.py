"""Tables that Fivetran, Airbyte and dlt write are read as their export to Parquet is."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ltvcli.engines.addresses import Address
from tests import effort
from tests.read.tables.shops import alike, answer, in_postgres, in_spark

pytestmark = pytest.mark.sampled

DATA = Path(__file__).parents[2] / "data" / "warehouse"
SHOPIFY, STRIPE = f"read_csv('{DATA}/shopify_order.csv')", f"read_csv('{DATA}/stripe_charge.csv')"
TABLES = {
    "Shopify by Fivetran": ("shopify_warehouse", f"from {SHOPIFY}"),
    "Shopify by Airbyte": (
        "shopify_warehouse",
        "select * exclude (_fivetran_deleted, _fivetran_synced) replace ("
        "total_price::varchar as total_price, current_total_price::varchar as current_total_price, "
        "created_at::timestamp as created_at), case when _fivetran_deleted then now() end "
        f"as deleted_at, uuid() as _airbyte_raw_id from {SHOPIFY}",
    ),
    "Shopify by dlt": (
        "shopify_warehouse",
        "select * exclude (_fivetran_deleted, _fivetran_synced, current_total_price) "
        "replace (total_price::decimal(38, 9) as total_price) rename (customer_id as customer__id),"
        f" total_price::decimal(38, 9) as current_total_price, 'x' as _dlt_id from {SHOPIFY}",
    ),
    "Stripe by Fivetran": ("stripe_charges", f"from {STRIPE}"),
    "Stripe by Airbyte": ("stripe_charges", f"from read_csv('{DATA}/stripe_charge_jpy.csv')"),
    "Stripe by dlt": (
        "stripe_charges",
        "select * exclude (_fivetran_synced) replace (created::timestamptz as created) "
        f"rename (customer_id as customer), 'x' as _dlt_id from {STRIPE}",
    ),
}

USUAL = ("Shopify by Airbyte", "Stripe by Fivetran")


def make(folder: Path, name: str) -> tuple[str, Path]:
    """Create the typed table `orders` of a file; return its address, and its Parquet file."""
    path, file = folder / "shop.duckdb", folder / "orders.parquet"
    with duckdb.connect(str(path)) as database:
        database.execute("set timezone = 'UTC'")
        database.execute(f"create table orders as {TABLES[name][1]}")
        database.execute(f"copy orders to '{file}' (format parquet)")
    return f"duckdb://{path}", file


@pytest.mark.parametrize("name", effort.family(TABLES, *USUAL))
def test_a_table_is_recognised_as_its_parquet_file(name: str, tmp_path: Path) -> None:
    address, file = make(tmp_path, name)
    from_table = answer("calc", "--source", address, "--table", "orders", "--cac", "40")
    from_file = answer("calc", str(file), "--cac", "40")
    (read,) = from_file["provenance"]["inputs"]
    assert (read["profile"], read["rows_used"] > 1) == (TABLES[name][0], True)
    assert alike(from_table, f"{address} orders") == alike(from_file, str(file))


@pytest.mark.parametrize("name", USUAL)
def test_postgres_recognises_it_too(name: str, tmp_path: Path, postgres_url: str) -> None:
    address, file = make(tmp_path, name)
    export = tmp_path / "orders.csv"
    with duckdb.connect(address.removeprefix("duckdb://"), read_only=True) as database:
        described = database.execute("describe orders").fetchall()
        database.execute(f"copy orders to '{export}' (header)")
    columns = ", ".join(f'"{column}" {kind.lower()}' for column, kind, *_ in described)
    source = in_postgres(postgres_url, columns, export)
    from_table = answer("calc", *source, "--cac", "40")
    from_file = answer("calc", str(file), "--cac", "40")
    shown = f"{Address(postgres_url).shown} public.orders_of_shop"
    assert alike(from_table, shown) == alike(from_file, str(file))


def test_spark_recognises_it_too(tmp_path: Path, sail_url: str) -> None:
    address, file = make(tmp_path, "Stripe by Fivetran")
    source = in_spark(sail_url, tmp_path, address)
    from_table = answer("calc", *source, "--cac", "40")
    from_file = answer("calc", str(file), "--cac", "40")
    assert alike(from_table, f"{sail_url} {source[-1]}") == alike(from_file, str(file))
