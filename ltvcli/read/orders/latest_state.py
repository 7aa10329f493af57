"""Orders in several files: the latest state of each counts, whatever the order of the files.

| file         | order | total | updated    | result                                   |
| january.csv  | 1001  | 20.00 | 2026-01-05 | excluded: duplicate-order                |
| february.csv | 1001  | 15.00 | 2026-02-01 | counts, as the latest state of the order |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.read.columns.header_lookup import first_tier
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.orders import numbered_ids
from ltvcli.read.orders.accounting import rows_of
from ltvcli.read.orders.rows import Rows
from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

ROLE = "updated"
"""What --map calls the column that says when an order was last changed."""
_HEADERS = (
    ("updated at", "last updated", "last updated at", "last updated date", "date updated"),
    ("modified at", "last modified", "date modified", "modified date", "last modified date"),
    ("更新日時", "最終更新日時", "更新日", "最終更新日", "updated", "modified"),
)
LATER, EQUAL = "later-state-counts", "equal-states-differ"


def located(known: Sequence[Columns]) -> list[Columns]:
    """Find the column of the last change of an order, if there are several files."""
    if len(known) < 2:  # noqa: PLR2004 - one file has one state of each order
        return list(known)
    return [_located(columns) for columns in known]


def _located(columns: Columns) -> Columns:
    hits = [] if ROLE in columns.position else first_tier(columns.header, _HEADERS)
    free = [hit for hit in hits if hit not in columns.position.values()]
    if not free:
        return columns
    return replace(columns, position={**columns.position, ROLE: free[0]})


def separate_shops(engine: DuckDB, stored: list[Rows]) -> tuple[list[Rows], dict[int, int]]:
    """Keep the orders of several shops apart that give their orders the same ids.

    An ID that stands in two files for another customer on another day is of two orders. Where that
    is so of most IDs that two files share, the files are of different shops.

    Args:
        engine: holds the tables of the sheets, in which the IDs of further shops are changed.
        stored: what was read of each file.

    Returns:
        The sheets, and how many of the IDs of a sheet are of different orders, by sheet.
    """
    sheets = [rows for rows in stored if "order_key" in rows.fields]
    systems = Counter(rows.columns.profile.name for rows in sheets)
    if max(systems.values(), default=0) < 2:  # noqa: PLR2004
        return stored, {}
    # Where the order IDs of one sheet are numbers, those of all are, and of customers too.
    customer = "customer_number" if stored[0].orders else "customer"
    orders = " union all ".join(
        f"select {rows.index} as sheet, '{rows.columns.profile.name}' as system, "
        f"{rows.order} as key, min(day) as day, min({customer}) as customer from {rows.source} "
        "where key is not null group by key"
        for rows in sheets
    )
    pairs = engine.execute(
        f"""
        with ids as ({orders})
        select one.sheet, other.sheet, count(*),
            count(*) filter (one.day <> other.day and one.customer <> other.customer)
        from ids as one join ids as other using (system, key)
        where one.sheet < other.sheet
        group by one.sheet, other.sheet
        """
    ).fetchall()
    differing = {
        (earlier, later): differ for earlier, later, ids, differ in pairs if 2 * differ > ids
    }
    shops: list[list[int]] = []
    for index in (rows.index for rows in sheets) if differing else ():
        fitting = (
            shop for shop in shops if not any((member, index) in differing for member in shop)
        )
        shop = next(fitting, None)
        if shop is None:
            shops.append(shop := [])
        shop.append(index)
    if len(shops) > 1:
        stored = [numbered_ids.with_text(engine, rows) for rows in stored]
    for number, shop in enumerate(shops[1:], 1):
        for index in shop:
            engine.execute(
                f"update sheet_{index} set order_key = concat(chr(2), {number}, '.', order_key)"
            )
    counts: Counter[int] = Counter()
    for (_, later), differ in differing.items():
        counts[later] += differ
    return stored, dict(counts)


def rank(engine: DuckDB, stored: Sequence[Rows]) -> dict[int, dict[str, dict[str, Fact]]]:
    """Fill `earlier_states` and `repeated_refunds`, which leave rows of orders out.

    Args:
        engine: holds the view `records`.
        stored: what was read of each file.

    Returns:
        Facts for the checks of the same names, by the sheet whose state of an order counts.
    """
    systems = Counter(rows.columns.profile.name for rows in stored if "order_key" in rows.fields)
    if max(systems.values(), default=0) < 2:  # noqa: PLR2004 - ids of two systems never meet
        engine.run("read/orders/no_states")
        return {}
    by_contents = sorted(stored, key=lambda rows: (rows.sheet.contents, rows.index))
    last_days = {sheet: last for sheet, _, _, last in rows_of(engine, "read/orders/sheets")}
    engine.execute(
        "create or replace table sheet_places as select unnest($1::integer[]) as sheet, "
        "unnest($2::date[]) as reach, unnest($3::integer[]) as place",
        [
            [rows.index for rows in by_contents],
            [last_days.get(rows.index) for rows in by_contents],
            [*range(len(by_contents))],
        ],
    )
    engine.run("read/orders/states")
    alerts: dict[int, dict[str, dict[str, Fact]]] = {}
    for sheet, are_equal, orders, kept, replaced in rows_of(engine, "read/orders/state_changes"):
        facts: Mapping[str, Fact] = {
            "orders": Quantity(orders, Unit.COUNT),
            "kept": Quantity(float(kept), Unit.MONEY),
            "replaced": Quantity(float(replaced), Unit.MONEY),
        }
        alerts.setdefault(sheet, {})[EQUAL if are_equal else LATER] = dict(facts)
    return alerts
