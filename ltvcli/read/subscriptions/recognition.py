"""Columns of subscriptions recognised by their cells, where headers are unknown.

With cells c-1, c-2, c-1, the header `ref` is read as the customer, if all else is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.errors import MissingColumnError, MissingIntervalError
from ltvcli.read.columns import cell_content
from ltvcli.read.columns.proposals import Proposal, confirm, described, free, name_of, settle
from ltvcli.read.columns.role_candidates import choose_amount, choose_customer
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions import columns, seen_intervals
from ltvcli.read.subscriptions.columns import Meaning

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def understand(engine: DuckDB, sheet: Sheet, chosen: Mapping[str, str]) -> Meaning:
    """Find the roles of the columns of a sheet of subscriptions, by headers and then by cells.

    Only the customer is read unasked: amounts per month, per seat and in all look alike.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        chosen: role to header, as typed with --map.

    Raises:
        ColumnsProposedError: cells show what the columns are likely to be.
        IntervalProposedError: a column of words names how often amounts are billed.
        ColumnsOpenError: they show it for some of the columns.
        InputError: the columns cannot be understood; see columns.understand.
    """
    try:
        return columns.understand(sheet, chosen)
    except MissingIntervalError as error:
        raise seen_intervals.proposed(engine, sheet, error) from None
    except MissingColumnError as error:
        positions: Mapping[str, int] = error.facts["positions"]  # type: ignore[assignment]
        missing: Sequence[str] = error.facts["missing"]  # type: ignore[assignment]
        rest = free(cell_content.columns(engine, sheet), positions)
        proposal = Proposal()
        for role in missing:
            if role == "customer":
                choose_customer(proposal, rest)
            elif role in ("start", "date"):
                settle(proposal, role, [column for column in rest if column.shows == "day"])
            elif role in ("mrr", "amount", "price"):
                choose_amount(proposal, rest, positions)
            else:
                proposal.none.append(role)
        confirm(engine, sheet, proposal)
        if not (proposal.is_certain and error.facts["is_generic"] and {*missing} == {"customer"}):
            raise described(error, sheet, proposal) from None
        name = name_of(sheet, proposal.chosen["customer"].position)
        meaning = columns.understand(sheet, {**chosen, "customer": name})
        return replace(meaning, columns=replace(meaning.columns, by_content=("customer",)))
