"""Numbers and days in columns of text: refused where they can be read in several ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ltvcli.errors import NotDatesError, NotNumbersError, UnclearCellsError
from ltvcli.language import N_
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import amounts
from ltvcli.read.tables import fields, texts
from ltvcli.read.tables.fields import Cells
from ltvcli.read.tables.look import count
from ltvcli.results import Fact, Quantity, Sentence
from ltvcli.units import Unit

_ROUNDED = N_("{count} numbers in “{column}” had more than 4 decimals and were rounded.")


def of_number(cells: Cells, role: str, place: int) -> dict[str, str]:
    """Write what is asked of a column of numbers.

    Args:
        cells: of the table.
        role: of the column.
        place: of the column.
    """
    cell = f"c{place}"
    if cells.kind(place) != "text":
        exact = f"cast({cell} as double)" if cells.kind(place) == "real" else cell
        rounded = f"cast({fields.number(cells, place)} as double)"
        cut = (
            f"{exact} <> {rounded if cells.kind(place) == 'real' else fields.number(cells, place)}"
        )
        return {
            f"{role}_unclear": "0",
            f"{role}_cut": "0" if cells.kind(place) == "whole" else count(cut),
        }
    is_word = f"not {texts.is_number(cell)} and not {texts.is_blank(cell)}"
    unclear = f"not {texts.is_number(cell)} and {texts.has_digit(cell)}"
    open_ = texts.is_open_number(cell)
    clear = f"{texts.is_number(cell)} and {cell} like '%.%' and not {open_}"
    return {
        f"{role}_unclear": count(unclear),
        f"{role}_example": f"min(case when {unclear} then {cell} end)",
        f"{role}_open": count(open_),
        f"{role}_clear": count(clear),
        f"{role}_open_example": f"min(case when {open_} then {cell} end)",
        f"{role}_filled": count(f"not {texts.is_blank(cell)}"),
        f"{role}_read": count(texts.is_number(cell)),
        f"{role}_word": f"min(case when {is_word} then {cell} end)",
        f"{role}_cut": count(f"{texts.is_number(cell)} and {texts.has_fifth_decimal(cell)}"),
    }


def of_day(cells: Cells, place: int) -> dict[str, str]:
    """Write what is asked of the column of days."""
    if cells.kind(place) != "text":
        return {"date_unclear": "0"}
    cell = f"c{place}"
    is_word = f"not {texts.is_day_text(cell)} and not {texts.is_blank(cell)}"
    unclear = f"not {texts.is_day_text(cell)} and {texts.has_digit(cell)}"
    return {
        "date_unclear": count(unclear),
        "date_example": f"min(case when {unclear} then {cell} end)",
        "date_filled": count(f"not {texts.is_blank(cell)}"),
        "date_read": count(texts.is_day_text(cell)),
        "date_word": f"min(case when {is_word} then {cell} end)",
    }


def rounded(columns: Columns, role: str, seen: Mapping[str, Any]) -> list[Sentence]:
    """Describe the numbers of a column that were rounded, if any.

    Args:
        columns: what the columns of the table mean.
        role: of the column.
        seen: what `of_number` asks for, by name.
    """
    cut = int(seen[f"{role}_cut"])
    facts: dict[str, Fact] = {"count": Quantity(cut, Unit.COUNT), "column": columns.name(role)}
    return [Sentence(_ROUNDED, facts)] if cut else []


def refuse(sheet: Sheet, columns: Columns, role: str, seen: Mapping[str, Any]) -> None:
    """Refuse a column of text that is not all numbers, or days, or words that are neither.

    Args:
        sheet: the table.
        columns: what its columns mean.
        role: of the column.
        seen: what `of_number` or `of_day` asks for, by name.

    Raises:
        UnclearCellsError: cells could be read in several ways.
        NotDatesError: most cells are no days.
        NotNumbersError: most cells of a column that is added up are no numbers.
    """
    header = columns.header[columns.position[role]]
    unclear, example = seen[f"{role}_unclear"], seen.get(f"{role}_example")
    if not unclear and seen.get(f"{role}_open") and not seen[f"{role}_clear"]:
        unclear, example = seen[f"{role}_open"], seen[f"{role}_open_example"]
    if unclear:
        raise UnclearCellsError(
            table=sheet.name,
            count=Quantity(int(unclear), Unit.COUNT),
            column=header,
            role=role,
            example=example,
        )
    if 2 * seen.get(f"{role}_read", 0) < seen.get(f"{role}_filled", 0):
        if role == "date":
            raise NotDatesError(file=sheet.name, column=header, example=seen["date_word"])
        if role in amounts.COUNTED:
            missed = int(seen[f"{role}_filled"] - seen[f"{role}_read"])
            facts = {"example": seen[f"{role}_word"], "count": missed}
            raise NotNumbersError(file=sheet.name, column=header, **facts)
