"""Kinds of column types in every engine, and those that each role accepts."""

from __future__ import annotations

import re
from typing import Literal

from ltvcli.errors import TableTypeError, TimezoneUnusedError
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders.amounts import COSTS, COUNTED

Type = Literal["text", "whole", "decimal", "real", "date", "time", "moment", "truth", "other"]
"""A `time` has no zone; the day of a `moment` depends on the zone."""
_TYPES: tuple[tuple[str, Type], ...] = (
    (r"timestamp.*with time zone|timestamptz|timestamp_ltz", "moment"),
    (r"timestamp|datetime", "time"),
    (r"date$", "date"),
    (r"(u?(tiny|small|big|huge)?int(eger)?\d*|long|short|byte|bigserial|serial)$", "whole"),
    (r"(decimal|numeric|number)\b", "decimal"),
    (r"(double|float|real)", "real"),
    (r"bool", "truth"),
    (r"(var)?char|text|string|uuid|enum|citext|name$|user-defined", "text"),
)
_IDS: tuple[Type, ...] = ("text", "whole", "decimal")
_NUMBERS: tuple[Type, ...] = ("whole", "decimal", "real", "text")
_TAKEN: dict[str, tuple[Type, ...]] = {
    **dict.fromkeys(("customer", "order", "refund_of"), _IDS),
    **dict.fromkeys((*COUNTED, *COSTS), _NUMBERS),
    "date": ("date", "time", "moment", "text"),
    "currency": ("text",),
}


def kind(name: str) -> Type:
    """Return the kind of a type, by its name in an engine.

    >>> kind("TIMESTAMP WITH TIME ZONE"), kind("numeric(12,2)"), kind("character varying(20)")
    ('moment', 'decimal', 'text')
    >>> kind("timestamp"), kind("STRUCT(a INTEGER)")
    ('time', 'other')
    """
    text = name.strip().lower()
    if text.endswith("[]") or text.startswith(("struct", "map", "array")):
        return "other"
    return next((known for pattern, known in _TYPES if re.match(pattern, text)), "other")


def check(sheet: Sheet, columns: Columns) -> None:
    """Check that every column has a type that its role takes.

    Raises:
        TableTypeError: one has not.
        TimezoneUnusedError: days are asked for in a time zone, and their column has none.
    """
    for role, place in columns.position.items():
        known = kind(sheet.types[place])
        if known not in _TAKEN.get(role, (known,)):
            raise TableTypeError(
                table=sheet.name,
                column=sheet.header[place],
                type=sheet.types[place],
                role=role,
                flag=f"--map {role}=COLUMN",
            )
    date = columns.position["date"]
    if sheet.table and sheet.table.timezone and kind(sheet.types[date]) != "moment":
        raise TimezoneUnusedError(column=sheet.header[date], type=sheet.types[date])
