"""Columns of Parquet whose types show that their cells are plain: they need not become text.

| type           | text of a cell      | plain                                         |
| DECIMAL(18, 2) | 20.00               | always: no more than two decimals             |
| DECIMAL(18, 3) | 20.000              | no: a point before three digits is ambiguous  |
| DOUBLE         | 20, 20.5 or 1e+20   | if the value is that of a number with cents   |
| DATE           | 2026-01-05          | always                                        |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from ltvcli.read.columns.mapping import Columns
from ltvcli.read.columns.status_columns import Watched
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import amounts

REAL = "DOUBLE"
_DAY = re.compile("DATE|TIMESTAMP(_NS|_MS|_S)?")
_NUMBER = re.compile(r"U?(TINY|SMALL|BIG)INT|U?INTEGER|DECIMAL\((\d+),([012])\)")


def typed(sheet: Sheet, columns: Columns, watched: Sequence[Watched]) -> frozenset[str]:
    """Return the columns of days and numbers that can be read by their types, as `c2`.

    A column with several uses is not among them: its text may be needed.

    Args:
        sheet: with the types of its columns, if it is Parquet.
        columns: what its columns mean.
        watched: columns whose texts may exclude rows.
    """
    if sheet.shape != "parquet":
        return frozenset()
    uses = Counter([*columns.position.values(), *columns.by.values(), columns.email])
    uses.update(column.status.position for column in watched)
    kinds = {"date": is_day, **dict.fromkeys(amounts.among(columns), is_number)}
    return frozenset(
        f"c{position}"
        for role, position in columns.position.items()
        if uses[position] == 1 and role in kinds and kinds[role](sheet.types[position])
    )


def numbers(sheet: Sheet, columns: Columns, typed: Collection[str]) -> dict[str, str]:
    """Return how the cells of each role are read if they are plain: macros of read/macros.sql.

    Args:
        sheet: with the types of its columns, if it is Parquet.
        columns: what its columns mean.
        typed: columns that are read by their types.
    """
    position = columns.position
    return {
        role: "real"
        if f"c{position[role]}" in typed and sheet.types[position[role]] == REAL
        else "plain"
        for role in amounts.among(columns)
    }


def is_day(kind: str) -> bool:
    """Return whether the values of a type are days or moments without a time zone."""
    return _DAY.fullmatch(kind) is not None


def is_number(kind: str) -> bool:
    """Return whether the values of a type have at most two decimals as text, or are DOUBLE.

    >>> [is_number(kind) for kind in ("DECIMAL(18,2)", "DECIMAL(18,3)", "BIGINT", "DOUBLE")]
    [True, False, True, True]
    >>> is_number("DECIMAL(2,2)")  # its text is .50
    False
    """
    if kind == REAL:
        return True
    match = _NUMBER.fullmatch(kind)
    return match is not None and (match[2] is None or match[2] != match[3])
