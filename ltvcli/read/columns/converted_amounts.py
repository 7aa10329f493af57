"""Columns with amounts converted to one currency, in a file with several currencies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.read.columns import currency_sets
from ltvcli.read.columns.amount_set import AMOUNTS, WITH_AMOUNT
from ltvcli.read.columns.header_lookup import first_tier
from ltvcli.read.columns.mapping import Columns
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
    """Return the facts for an error: the names of these columns, and the options that use them."""
    return {
        "columns": ", ".join(f"“{name}”" for name in roles.values()),
        "flags": " ".join(f'--map {role}="{name}"' for role, name in roles.items()),
    }


def converted(
    sheet: Sheet, columns: Columns, amounts: Sequence[str] = AMOUNTS
) -> list[dict[str, int]]:
    """List other sets of columns with all roles of this one, role to position.

    Args:
        sheet: what was opened.
        columns: what its columns mean.
        amounts: roles that hold an amount; the first that is used counts.
    """
    header, place = sheet.header, columns.position
    amount = next(role for role in amounts if role in place)
    parts = currency_sets.parts(header)
    sets: list[dict[str, int]] = []
    for name in currency_sets.names(header):
        if name == parts[place[amount]][0]:
            continue
        members = currency_sets.within(header, name)
        roles: dict[str, int] = {}
        for role in (amount, *WITH_AMOUNT):
            tiers = columns.profile.columns.get(role, ())
            bare = (parts[place[role]][1],) if role in place else ()
            hits = first_tier(list(members.values()), ((*bare,), *tiers))
            if hits:
                roles[role] = list(members)[hits[0]]
        is_apart = not {*roles.values()} & {*place.values()}
        if is_apart and amount in roles and ("refund" in roles or "refund" not in place):
            sets.append(roles)
    return sorted(sets, key=lambda roles: "currency" not in roles)
