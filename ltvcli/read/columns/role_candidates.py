"""Columns that may hold the customer, the date, the amount or the order, judged by cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.read.columns import header_words
from ltvcli.read.columns.cell_content import Column
from ltvcli.read.columns.proposals import Proposal, settle
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_ROWS_PER_CUSTOMER = 100  # on average; a column with more rows per value is a category


def choose_customer(proposal: Proposal, free: Sequence[Column]) -> None:
    """Choose who bought: a column that repeats, by a word in its header before an e-mail."""
    likely = [
        column
        for column in free
        if not header_words.NOT_CUSTOMER.among(column.header)
        and not header_words.ORDER.among(column.header)
        and column.shows in ("id", "integer", "mail", "text", "word")
    ]
    hinted = [column for column in likely if header_words.CUSTOMER.among(column.header)]
    ids = [column for column in hinted if column.shows in ("id", "integer")]
    mails = [column for column in likely if column.shows == "mail"]
    named = [
        column
        for column in likely
        if column.named and column.named == column.filled and column not in ids
    ]
    for candidates in (ids, named, mails):
        if candidates:
            settle(proposal, "customer", candidates)
            column = proposal.chosen.get("customer")
            if column and not (
                column.repeats and column.filled <= _ROWS_PER_CUSTOMER * column.distinct
            ):
                proposal.doubts = True
            return
    # Without a hint in the header, it could be a product, shop or campaign: these repeat, too.
    proposal.doubts = True
    codes = [
        column
        for column in likely
        if column.shows == "id" or (column.shows == "integer" and not column.may_be_quantity)
    ]
    rest = hinted or [column for column in codes if column.repeats]
    settle(proposal, "customer", rest)


def choose_date(proposal: Proposal, free: Sequence[Column]) -> None:
    """Choose the day of the order: the only column of days that does not name another event."""
    days = [
        column
        for column in free
        if column.shows == "day"
        and (
            header_words.ORDERED.among(column.header)
            or not header_words.NOT_ORDERED.among(column.header)
        )
    ]
    ordered = [column for column in days if header_words.ORDERED.among(column.header)]
    settle(proposal, "date", ordered if len(ordered) == 1 else days)


def choose_amount(proposal: Proposal, free: Sequence[Column], positions: Mapping[str, int]) -> None:
    """Choose the paid amount; a price next to a quantity is not sufficient.

    Args:
        proposal: gets the column.
        free: columns that have no role yet.
        positions: role to position, by their headers.
    """
    of_something = header_words.NOT_TOTAL
    money = [
        column
        for column in free
        if column.shows in ("money", "decimal", "integer") and not of_something.among(column.header)
    ]
    totals = [column for column in money if header_words.TOTAL.among(column.header)]
    pieces = [
        column
        for column in money
        if header_words.PIECE.among(column.header) and column not in totals
    ]
    unnamed = [
        column
        for column in money
        if column.shows == "money" and column not in totals and column not in pieces
    ]
    counts = [
        column
        for column in free
        if column.may_be_quantity
        and column not in totals
        and column not in pieces
        and not header_words.CUSTOMER.among(column.header)
        and not header_words.ORDER.among(column.header)
    ]
    has_quantity = "quantity" in positions or bool(counts)
    if totals:
        settle(proposal, "amount", totals)
        proposal.doubts |= bool(unnamed)
    elif pieces and has_quantity:
        if len(pieces) == 1 and ("quantity" in positions or len(counts) == 1) and not unnamed:
            proposal.chosen["price"] = pieces[0]
            if counts:
                proposal.chosen["quantity"] = counts[0]
            proposal.doubts = True
        else:
            settle(proposal, "amount", [*unnamed, *pieces])
            proposal.doubts = True
    else:
        settle(proposal, "amount", [*unnamed, *pieces])
        proposal.doubts |= has_quantity


def find_refund(proposal: Proposal, rest: Sequence[Column], positions: Mapping[str, int]) -> None:
    """Choose the column of refunds; without it, refunds and discounts would not be subtracted.

    Args:
        proposal: gets the column, and a doubt wherever there are refunds or discounts.
        rest: columns that have no role yet.
        positions: role to position, by their headers.
    """
    if "refund" in positions:
        return
    back = [
        column
        for column in rest
        if header_words.PAID_BACK.among(column.header)
        and column.shows in ("money", "decimal", "integer")
        and (column.most or column.least)
    ]
    if back:
        proposal.doubts = True
        returned = [
            column for column in back if re.search("refund|return|erstatt|返", column.header, re.I)
        ]
        if len(returned) == 1:
            proposal.chosen["refund"] = returned[0]


def find_order(
    engine: DuckDB,
    sheet: Sheet,
    proposal: Proposal,
    every: Sequence[Column],
    positions: Mapping[str, int],
) -> None:
    """Choose the ID of the order; without one, every row counts as an order.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        proposal: gets the column.
        every: all columns of the sheet.
        positions: role to position, by their headers.
    """
    if "order" in positions:
        return
    customer = proposal.chosen.get("customer")
    at = customer.position if customer else positions["customer"]
    taken = {*positions.values(), *(column.position for column in proposal.chosen.values())}
    likely = [
        column
        for column in every
        if column.position not in taken
        and column.shows in ("id", "integer")
        and not header_words.NOT_TOTAL.among(column.header)
    ]
    named = [column for column in likely if header_words.ORDER.among(column.header)]
    if len(named) == 1 and (
        named[0].distinct == named[0].filled or _is_finer(engine, sheet, named[0], at)
    ):
        proposal.chosen["order"] = named[0]
        return
    # An ID is that of the order only if each value belongs to one customer.
    repeating = [column for column in likely if column.repeats and not column.may_be_quantity]
    if len(named) > 1 or any(_is_finer(engine, sheet, column, at) for column in repeating):
        proposal.doubts = True


def _is_finer(engine: DuckDB, sheet: Sheet, column: Column, customer: int) -> bool:
    """Return whether each value of a column has one customer, and customers have several values."""
    source, parameters = scan.relation(sheet)
    ((several, values, customers),) = engine.execute(
        f"""
        select count(*) filter (least <> most), count(*), count(distinct least)
        from (
            select min(c{customer}) as least, max(c{customer}) as most from {source}
            where not is_blank(c{column.position}) group by c{column.position}
        )
        """,
        parameters,
    ).fetchall()
    return bool(not several and values >= customers)


def find_currency(proposal: Proposal, free: Sequence[Column], positions: Mapping[str, int]) -> None:
    """Choose the column of currency codes, if there is exactly one.

    Args:
        proposal: gets the column.
        free: columns that have no role yet.
        positions: role to position, by their headers.
    """
    codes = [column for column in free if column.shows == "currency"]
    if "currency" in positions or not codes or not proposal.chosen:
        return
    if len(codes) == 1:
        proposal.chosen["currency"] = codes[0]
    else:
        proposal.doubts = True
