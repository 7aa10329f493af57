"""E-mail addresses of customers, to match orders with subscriptions.

The record `C-1,A@Example.com` becomes the row (C-1, a@example.com) of `emails`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ltvcli.read.columns import by_content, mapping
from ltvcli.read.columns.customer_column import EMAIL
from ltvcli.read.columns.header_lookup import first_tier
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.recognise import Kind
from ltvcli.read.subscriptions import columns

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

CUSTOMERS, EMAILS = "customers.parquet", "emails.parquet"


def add(
    engine: DuckDB,
    kind: Kind,
    sheets: Sequence[Sheet],
    chosen: Mapping[str, str],
    *,
    has_customers: bool = False,
) -> None:
    """Fill the table `emails` (customer, email), each pair once and in lower case.

    A customer may have several; an ID that is an e-mail is one.

    Args:
        engine: gets the table.
        kind: what the sheets hold.
        sheets: that were opened.
        chosen: role to header, as typed with --map.
        has_customers: whether the engine holds `customers` of orders, and only these are looked up:
            if no ID of theirs is an e-mail, the column of IDs is not read again.
    """
    are_ids = not (has_customers and kind == "orders") or _are_ids(engine)
    understand = by_content.understand if kind == "orders" else _meaning
    engine.execute("create or replace table emails (customer text, email text)")
    for sheet in sheets:
        customer = understand(engine, sheet, chosen).position["customer"]
        emails = [position for position in first_tier(sheet.header, EMAIL) if position != customer]
        source, parameters = scan.relation(sheet)
        for position in (*([customer] if are_ids else []), *emails):
            cell, email = f"c{position}", f"tidy_id(c{position})"
            # Most cells have no @ of any width, which is quick to see.
            may_be_one = f"contains({cell}, '@') or contains({cell}, '＠')"
            is_one = f"case when {may_be_one} then contains({email}, '@') else false end"
            engine.execute(
                f"insert into emails select distinct tidy_id(c{customer}), {email} from {source} "
                f"where {is_one} and tidy_id(c{customer}) is not null",
                parameters,
            )


def _are_ids(engine: DuckDB) -> bool:
    """Return whether the ID of a customer is an e-mail address."""
    row = engine.execute("select bool_or(contains(customer, '@')) from customers").fetchone()
    return bool(row and row[0])


def keep(engine: DuckDB, folder: Path) -> None:
    """Write the tables `customers` and `emails` where another engine can read them."""
    revenues = "select customer, revenue from customers"
    for query, name in ((revenues, CUSTOMERS), ("select distinct * from emails", EMAILS)):
        path = str(folder / name).replace("'", "''")
        engine.execute(f"copy ({query}) to '{path}' (format parquet)")


def _meaning(engine: DuckDB, sheet: Sheet, chosen: Mapping[str, str]) -> mapping.Columns:
    return columns.understand(sheet, chosen).columns
