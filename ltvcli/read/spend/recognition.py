"""Columns of spend recognised by their cells, where headers are unknown.

With cells 2026-09-01 and 120.50, the headers `col1` and `col2` are proposed as day and spend.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.errors import NoSpendColumnError, NoSpendDayError
from ltvcli.read import profiles
from ltvcli.read.columns import cell_content, header_words
from ltvcli.read.columns.cell_content import Column
from ltvcli.read.columns.header_lookup import first_tier
from ltvcli.read.columns.proposals import Proposal, described, name_of, settle
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.spend import columns
from ltvcli.read.spend.columns import Meaning

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def understand(
    engine: DuckDB, sheet: Sheet, chosen: Mapping[str, str], is_numeric: Callable[[int], bool]
) -> Meaning:
    """Find the roles of the columns of a sheet of spend, by headers and then by cells.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        chosen: role to header, as typed with --map.
        is_numeric: whether the column at a position holds only numbers.

    Raises:
        SpendProposedError: cells show what the columns are likely to be.
        InputError: the columns cannot be understood; see columns.understand.
    """
    try:
        return columns.understand(sheet, chosen, is_numeric)
    except (NoSpendColumnError, NoSpendDayError) as error:
        every = cell_content.columns(engine, sheet)
        proposal = Proposal()
        taken = {sheet.header.index(name) for name in chosen.values() if name in sheet.header}
        rest = [column for column in every if column.position not in taken]
        _choose_date(proposal, sheet, chosen, rest)
        _choose_spend(proposal, sheet, chosen, rest)
        if proposal.none or proposal.several or not proposal.chosen:
            raise
        names = {role: name_of(sheet, column.position) for role, column in proposal.chosen.items()}
        if proposal.doubts:
            raise described(error, sheet, proposal) from None
        meaning = columns.understand(sheet, {**chosen, **names}, is_numeric)
        return replace(meaning, columns=replace(meaning.columns, by_content=tuple(names)))


def _choose_date(
    proposal: Proposal, sheet: Sheet, chosen: Mapping[str, str], rest: Sequence[Column]
) -> None:
    usual = profiles.load(profiles.GENERIC_SPEND).columns
    dates = ("spend_date", "spend_start")
    known = any(role in chosen or first_tier(sheet.header, usual[role]) for role in dates)
    if not known:
        settle(proposal, "spend_date", [column for column in rest if column.shows == "day"])


def _choose_spend(
    proposal: Proposal, sheet: Sheet, chosen: Mapping[str, str], rest: Sequence[Column]
) -> None:
    usual = profiles.load(profiles.GENERIC_SPEND).columns["spend"]
    if "spend" in chosen or first_tier(sheet.header, usual):
        return
    numbers = [
        column for column in rest if column.shows in ("money", "decimal", "integer", "percent")
    ]
    named = [number for number in numbers if header_words.SPEND.among(number.header)]
    money = [
        number
        for number in numbers
        if number.shows == "money" and not header_words.TOTAL.among(number.header)
    ]
    settle(proposal, "spend", named or money)
    proposal.doubts |= not named and len(numbers) > 1
