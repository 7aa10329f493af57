"""Segment and cost to serve of each order.

| order | country  | cost | result                                                 |
| 1001  | ` JP `   | 3.00 | segment 'JP', serve 3.0000                             |
| 1001  | US       | 3.00 | the first row counts: a note says that rows differ     |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.language import N_
from ltvcli.read.orders.rows import Rows
from ltvcli.results import Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

MISSING = N_("This file has no column “{column}”, so its values are unknown here.")
DIFFER = N_(
    "{count} {count:order|orders} {count:has|have} more than one “{column}”; the first one counts."
)
NOT_SERVED = N_(
    "{count} {count:order|orders} {count:has|have} no cost to serve in “{column}”: it counts as 0."
)


def joined(columns: Sequence[str]) -> str:
    """Write the SQL of one segment from the SQL of its parts, as facts.Engine has it.

    >>> joined(["a", "null"])
    "coalesce(a, '') || chr(31) || coalesce(null, '')"
    """
    if not columns:
        return "null::text"
    if len(columns) == 1:  # no concatenation needed
        return columns[0]
    return " || chr(31) || ".join(f"coalesce({column}, '')" for column in columns)


def columns(rows: Rows) -> list[str]:
    """Return the column of each part in the table of a sheet; NULL where the sheet has none."""
    names = [f"segment_{number}" for number in range(len(rows.columns.by))]
    return [name if name in rows.fields else "null::text" for name in names]


def trim_values(engine: DuckDB, rows: Rows) -> None:
    """Normalise values: without surrounding spaces, in one Unicode form.

    Values are few, so that looking for a reason to write them all again costs next to nothing.
    """
    for name in columns(rows):
        if name not in rows.fields or rows.segments:
            continue
        # Stored in a table: a subquery would scan all values before removing duplicates.
        values = f"select distinct {name} as value from {rows.source}"
        engine.execute(f"create or replace temp table few as {values}")
        odd = "select count(*) from few where value <> segment_value(value)"
        if (engine.execute(odd).fetchone() or (0,))[0]:
            engine.execute(f"update {rows.table} set {name} = segment_value({name})")


def of_whole_orders(engine: DuckDB, parts: int) -> None:
    """Add to each order in `all_orders` the first segment and cost to serve among its rows.

    Leaves the table `order_segments` with `differ_0`, ... for the orders whose rows differ.
    """
    names = [f"segment_{number}" for number in range(parts)]
    first = joined([f"arg_min({name}, record) filter ({name} <> '')" for name in names])
    differ = "".join(
        f", coalesce(min({name}) filter ({name} <> '') <> max({name}), false) as differ_{number}"
        for number, name in enumerate(names)
    )
    engine.execute(
        f"""
        create or replace table order_segments as
        select source, key, sheet, {first} as segment, case
            when line or min(serve) <> max(serve) then
                case when count(serve) = count(*) then sum(serve) end
            else arg_min(serve, record)
        end as serve{differ}
        from records where row_reason is null
        group by source, key, sheet, line
        """
    )
    engine.run("read/orders/orders_with_segments")


def notes(
    engine: DuckDB, stored: Sequence[Rows], elsewhere: Mapping[str, int | None], path: str
) -> list[list[Sentence]]:
    """Describe columns missing from sheets or the customers file, and decisions.

    Args:
        engine: holds the orders.
        stored: what was read of each file.
        elsewhere: the column of each name in the customers file, None where it has none.
        path: "single" or "grouped".
    """
    notes_by_sheet: list[list[Sentence]] = []
    for rows in stored:
        sheet_notes = [
            Sentence(MISSING, {"column": name})
            for name, place in rows.columns.by.items()
            if place is None and elsewhere[name] is None
        ]
        if path == "grouped":
            sheet_notes += _differing(engine, rows)
        if "serve" in rows.fields:
            sheet_notes += _unserved(engine, rows)
        notes_by_sheet.append(sheet_notes)
    return notes_by_sheet


def _differing(engine: DuckDB, rows: Rows) -> list[Sentence]:
    places = [(number, at) for number, at in enumerate(rows.columns.by.values()) if at is not None]
    if not places:
        return []
    counts = ", ".join(f"count(*) filter (differ_{number})" for number, _ in places)
    (differing,) = engine.execute(
        f"select {counts} from order_segments join all_orders using (source, key, sheet) "
        "where reason is null and sheet = $sheet",
        {"sheet": rows.index},
    ).fetchall()
    return [
        Sentence(DIFFER, {"count": Quantity(count, Unit.COUNT), "column": rows.columns.header[at]})
        for (_, at), count in zip(places, differing, strict=True)
        if count
    ]


def _unserved(engine: DuckDB, rows: Rows) -> list[Sentence]:
    ((count,),) = engine.execute(
        "select count(*) from all_orders "
        "where reason is null and not is_refund and serve is null and sheet = $sheet",
        {"sheet": rows.index},
    ).fetchall()
    if not count:
        return []
    amount, column = Quantity(count, Unit.COUNT), rows.columns.name("serve")
    return [Sentence(NOT_SERVED, {"count": amount, "column": column})]
