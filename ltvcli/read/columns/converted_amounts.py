"""Columns that hold the same amounts in one currency, in a file whose amounts are in several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.read.columns.mapping import AMOUNTS, Columns, converted
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def in_one_currency(
    engine: DuckDB, sheet: Sheet, columns: Columns, amounts: Sequence[str] = AMOUNTS
) -> dict[str, str]:
    """Return role and header of columns with the same amounts in one currency, if there are any.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        columns: what its columns mean.
        amounts: roles that hold an amount.
    """
    source, parameters = scan.relation(sheet)
    for roles in converted(sheet, columns, amounts):
        if "currency" in roles:
            code = f"distinct nullif(upper(trim(c{roles['currency']})), '')"
            ((codes,),) = engine.execute(
                f"select count({code}) from {source}", parameters
            ).fetchall()
            if codes != 1:
                continue
        return {role: sheet.header[at] for role, at in roles.items()}
    return {}


def facts(roles: dict[str, str]) -> dict[str, str]:
    """Return what an error says of these columns: their names, and the options that use them."""
    return {
        "columns": ", ".join(f"“{name}”" for name in roles.values()),
        "flags": " ".join(f'--map {role}="{name}"' for role, name in roles.items()),
    }
