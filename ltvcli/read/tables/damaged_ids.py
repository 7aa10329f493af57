"""IDs of a table that a spreadsheet or a data frame has changed: counted, and refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ltvcli.errors import ChangedIdsError, DamagedIdsError
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.tables import texts
from ltvcli.read.tables.fields import Cells
from ltvcli.read.tables.look import count, row_of
from ltvcli.results import Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

ROLES = ("customer", "order", "refund_of")
_LONG = 18  # digits of a long ID; spreadsheets keep 15


def asked(cells: Cells, role: str, place: int) -> dict[str, str]:
    """Write the first query of the IDs of a column: how many may have been changed.

    Args:
        cells: of the table.
        role: of the column.
        place: of the column.
    """
    text = cells.text(place)
    if cells.kind(place) == "whole":
        return _of_whole_ids(role, f"c{place}", text)
    return {f"{role}_odd": count(texts.is_odd(text))}


def counted(engine: DuckDB, cells: Cells, places: Mapping[str, int]) -> dict[str, Any]:
    """Count the IDs that were changed, with an example of each way.

    Args:
        engine: holds the table.
        cells: of the table.
        places: of the columns, by role.
    """
    asked: dict[str, str] = {}
    tests: dict[str, str] = {}  # by row; what is named twice is computed twice
    for role, place in places.items():
        text = cells.text(place)
        tests |= {
            f"{role}_is_changed": texts.is_changed(text),
            f"{role}_is_lost": texts.is_scientific(text),
            f"{role}_is_rounded": texts.is_rounded(text),
        }
        is_damaged = f"{role}_is_lost or {role}_is_rounded"
        asked |= {
            f"{role}_changed": count(f"{role}_is_changed"),
            f"{role}_example": f"min(case when {role}_is_changed then {text} end)",
            f"{role}_lost": count(f"{role}_is_lost"),
            f"{role}_rounded": count(f"{role}_is_rounded"),
            f"{role}_long": count(f"length({text}) >= {_LONG}"),
            f"{role}_damaged": f"min(case when {is_damaged} then {text} end)",
        }
    made = "".join(f", {sql} as {name}" for name, sql in tests.items())
    return row_of(engine, asked, f"(select *{made} from ({cells.source}) as cells) as looked_at")


def _of_whole_ids(role: str, cell: str, text: str) -> dict[str, str]:
    """Write what is asked of IDs that are whole numbers, of which a spreadsheet keeps 15 digits."""
    is_long = f"{cell} >= {10 ** (_LONG - 1)}"
    is_rounded = f"{is_long} and {texts.is_rounded(text)}"
    return {
        f"{role}_changed": "0",
        f"{role}_lost": "0",
        f"{role}_rounded": count(is_rounded),
        f"{role}_long": count(is_long),
        f"{role}_damaged": f"min(case when {is_rounded} then {text} end)",
    }


def refuse(sheet: Sheet, columns: Columns, role: str, seen: Mapping[str, Any]) -> None:
    """Refuse IDs that were changed.

    Args:
        sheet: the table.
        columns: what its columns mean.
        role: of the column.
        seen: what was asked for, by name.

    Raises:
        ChangedIdsError: IDs were changed by a spreadsheet.
        DamagedIdsError: IDs have lost digits.
    """
    header = columns.name(role)
    if seen[f"{role}_changed"]:
        raise ChangedIdsError(
            table=sheet.name,
            column=header,
            count=Quantity(int(seen[f"{role}_changed"]), Unit.COUNT),
            example=seen[f"{role}_example"],
        )
    rounded, long = seen[f"{role}_rounded"], seen[f"{role}_long"]
    lost = seen[f"{role}_lost"] + (rounded if rounded == long else 0)
    if lost:
        example = seen[f"{role}_damaged"]
        raise DamagedIdsError(file=sheet.name, column=header, count=int(lost), example=example)
