"""Compare customer IDs with e-mail addresses of the same file; find guests with an address.

| customer | email   | result                                                   |
| c1       | a@x.com |                                                          |
| c2       | A@x.com | one address with two ids: reported if there are many     |
|          | b@x.com | a guest who left an address: reported                    |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ltvcli.read.columns.mapping import Columns
from ltvcli.read.orders.rows import Rows
from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_EXACT_ROWS = 500_000  # above this many rows, a sample of customers is compared first
_BUCKETS = 16
_FEW = 2
"""So many addresses with several IDs, or the reverse, are few in any file."""
IDS_PER_EMAIL = 0.01  # share of addresses with several IDs; few people have two accounts
EMAILS_PER_ID = 0.05  # share of IDs with several addresses; addresses change over the years

Facts = dict[str, Fact]


def compare(engine: DuckDB, stored: Sequence[Rows]) -> tuple[int, dict[str, Facts]]:
    """Compare IDs with e-mail addresses, where files have both.

    The engine holds `all_orders` and `dependent_reasons`.

    Returns:
        The sheet to speak of, and the facts for the checks ids-and-emails-differ and
        guests-with-email.
    """
    both = [rows for rows in stored if "email" in rows.fields]
    if not both:
        return 0, {}
    emails = " union all ".join(
        f"select {rows.index} as sheet, record, customer, email from {rows.source}" for rows in both
    )
    engine.execute(f"create or replace temp view emails_of_rows as {emails}")
    has_guests = bool(engine.row("read/orders/may_be_guests")["rows"])
    guests = engine.row("read/orders/guests") if has_guests else {"customers": 0}
    has_guests = bool(guests["customers"])
    if not (has_guests or _differ(engine)):
        return 0, {}
    engine.run("read/orders/identities")
    return both[0].index, described(engine, both[0].columns, guests if has_guests else None)


def described(
    engine: DuckDB, columns: Columns, guests: Mapping[str, Any] | None
) -> dict[str, Facts]:
    """Return the facts for the checks ids-and-emails-differ and guests-with-email.

    Args:
        engine: holds the table `identities`.
        columns: what the columns of the sheet mean.
        guests: orders of guests who left an address, if there are any.
    """
    by_key = people(engine)
    by_id, by_email = by_key["id"], by_key["email"]
    header = columns.header[columns.email or 0]
    known: Facts = {
        "id": columns.name("customer"),
        "email": header,
        "customers_by_id": Quantity(by_id["customers"], Unit.COUNT),
        "customers_by_email": Quantity(by_email["customers"], Unit.COUNT),
    }
    facts: dict[str, Facts] = {}
    if guests:
        facts["guests-with-email"] = known | {
            "guest_orders": Quantity(guests["orders"], Unit.COUNT),
            "guest_revenue": Quantity(float(guests["revenue"]), Unit.MONEY),
            "revenue_by_id": Quantity(float(by_id["revenue"]), Unit.MONEY),
            "revenue_by_email": Quantity(float(by_email["revenue"]), Unit.MONEY),
        }
    if are_many(by_email["several"], by_email["with_other"], IDS_PER_EMAIL) or are_many(
        by_id["several"], by_id["with_other"], EMAILS_PER_ID
    ):
        facts["ids-and-emails-differ"] = known | {
            "emails": Quantity(by_email["several"], Unit.COUNT),
            "ids": Quantity(by_id["several"], Unit.COUNT),
            "repeat_by_id": Quantity(by_id["repeated"] / by_id["customers"], Unit.RATE),
            "repeat_by_email": Quantity(by_email["repeated"] / by_email["customers"], Unit.RATE),
        }
    return facts


def people(engine: DuckDB) -> dict[str, dict[str, Any]]:
    """Count customers by ID and by e-mail address."""
    from ltvcli.engines.duckdb import query

    names = ("customers", "repeated", "with_other", "several", "revenue")
    nobody = dict.fromkeys(names, 0)
    rows = engine.execute(query("tables/people")).fetchall()
    counted = {str(kind): dict(zip(names, counts, strict=True)) for kind, *counts in rows}
    return {"id": nobody, "email": nobody, **counted}


def are_many(several: int, all_of_them: int, share: float) -> bool:
    """Return whether too many of all differ for it to be chance.

    Args:
        several: number of those that differ.
        all_of_them: number of all.
        share: of all that may differ.
    """
    return several >= _FEW and several > share * all_of_them


def _differ(engine: DuckDB) -> bool:
    """Return whether many rows may differ, from a sample of customers if there are many rows."""
    (rows,) = engine.execute("select count(*) from emails_of_rows").fetchone() or (0,)
    buckets = 1 if rows <= _EXACT_ROWS else _BUCKETS
    row = engine.row("read/orders/ids_and_emails", {"buckets": buckets})
    return are_many(row["several_ids"] * buckets, row["emails"] * buckets, IDS_PER_EMAIL) or (
        are_many(row["several_emails"] * buckets, row["ids"] * buckets, EMAILS_PER_ID)
    )
