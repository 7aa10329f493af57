"""Columns recognised by their cells where headers are unknown; files that hold something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.errors import (
    CustomersListError,
    MissingColumnError,
    OtherContentError,
)
from ltvcli.language import N_
from ltvcli.read.columns import cell_content, customer_column, header_words, mapping
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.columns.proposals import Proposal, confirm, described, free, name_of
from ltvcli.read.columns.role_candidates import (
    choose_amount,
    choose_customer,
    choose_date,
    find_currency,
    find_order,
    find_refund,
)
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import InputFile, Sentence

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

BY_CONTENT = N_("Columns were recognised by their content: {columns}.")
_SHOWN = 5  # at most this many candidates are named in a message


def understand(engine: DuckDB, sheet: Sheet, chosen: Mapping[str, str]) -> Columns:
    """Find the roles of the columns of a sheet of orders, by headers and then by cells.

    Args:
        engine: has the macros of sql/read/macros.sql.
        sheet: what was opened.
        chosen: role to header, as typed with --map.

    Raises:
        CustomersListError: it has one row per customer, not one per order.
        OtherContentError: its headers are those of a survey or a list of products.
        ColumnsProposedError: cells show what the columns are likely to be.
        ColumnsOpenError: they show it for some of the columns.
        MissingColumnError: they show nothing.
    """
    is_told = {"customer", "date"} <= chosen.keys()
    try:
        columns = mapping.understand(sheet, chosen)
    except MissingColumnError as error:
        positions: Mapping[str, int] = error.facts["positions"]  # type: ignore[assignment]
        if not is_told:
            _refuse_customers(engine, sheet, positions.get("customer"))
            _refuse_others(sheet)
        missing: Sequence[str] = error.facts["missing"]  # type: ignore[assignment]
        proposal = _of_orders(engine, sheet, positions, missing)
        is_generic = error.facts["is_generic"]
        if proposal.is_certain and is_generic:
            names = {
                role: name_of(sheet, column.position) for role, column in proposal.chosen.items()
            }
            columns = mapping.understand(sheet, {**chosen, **names})
            kept = tuple(role for role in names if role in columns.position)
            columns = replace(columns, by_content=kept)
        else:
            name = customer_column.name_column(sheet)
            if not is_generic or [*missing] != ["customer"] or not _is_last(proposal, name):
                raise described(error, sheet, proposal) from None
            typed = {"customer": name_of(sheet, name)} if name is not None else {}
            columns = mapping.understand(sheet, {**chosen, **typed})
        return customer_column.decide(engine, sheet, columns, chosen)
    if not columns.profile.recognise and not is_told:
        _refuse_customers(engine, sheet, columns.position["customer"])
    return customer_column.decide(engine, sheet, columns, chosen)


def _is_last(proposal: Proposal, name: int | None) -> bool:
    """Return whether a column of names is the only identification of customers."""
    chosen = [proposal.chosen["customer"]] if "customer" in proposal.chosen else []
    rivals = [
        column
        for column in (*chosen, *proposal.several.get("customer", ()))
        if column.position != name
        and (column.shows == "mail" or header_words.CUSTOMER.among(column.header))
    ]
    return name is not None and not rivals


def flagged(file: InputFile, columns: Columns) -> InputFile:
    """Record which columns of a file were recognised by their content."""
    if not columns.by_content:
        return file
    named = ", ".join(f"{role}={columns.name(role)}" for role in columns.by_content)
    note = Sentence(BY_CONTENT, {"columns": named})
    roles = ", ".join(columns.by_content)
    alert = {"columns-by-content": {"columns": named, "roles": roles}}
    return replace(file, notes=(note, *file.notes), alerts={**file.alerts, **alert})


def _of_orders(
    engine: DuckDB, sheet: Sheet, positions: Mapping[str, int], missing: Sequence[str]
) -> Proposal:
    every = cell_content.columns(engine, sheet)
    rest = free(every, positions)
    proposal = Proposal()
    if "customer" in missing:
        choose_customer(proposal, rest)
    if "date" in missing:
        choose_date(proposal, rest)
    if "amount" in missing:
        choose_amount(proposal, rest, positions)
    find_refund(proposal, rest, positions)
    if "customer" in proposal.chosen or "customer" in positions:
        find_order(engine, sheet, proposal, every, positions)
    find_currency(proposal, rest, positions)
    confirm(engine, sheet, proposal)
    return proposal


def _refuse_customers(engine: DuckDB, sheet: Sheet, customer: int | None) -> None:
    """Refuse a file with a row per customer, as `refuse_customers_by` does."""

    def ids(position: int) -> tuple[int, int]:
        source, parameters = scan.relation(sheet)
        ((filled, distinct),) = engine.execute(
            f"select count(c{position}), count(distinct tidy_id(c{position})) from {source} "
            f"where tidy_id(c{position}) is not null",
            parameters,
        ).fetchall()
        return filled, distinct

    refuse_customers_by(ids, sheet, customer)


def refuse_customers_by(
    ids: Callable[[int], tuple[int, int]], sheet: Sheet, customer: int | None
) -> None:
    """Refuse a file with a row per customer, which says what they did in all.

    Args:
        ids: counts the filled cells and the different IDs of a column.
        sheet: what was opened.
        customer: position of the customer, if known.

    Raises:
        CustomersListError: it is one.
    """
    counts = [name for name in sheet.header if header_words.COUNTS.search(name)]
    totals = [name for name in sheet.header if header_words.TOTALS.search(name)]
    ends = [name for name in sheet.header if header_words.ENDS.search(name)]
    named = [*counts[:1], *totals[:1], *ends[:2]]
    if customer is None or not ((counts and totals) or ((counts or totals) and ends)):
        return
    filled, distinct = ids(customer)
    if filled == distinct:
        raise CustomersListError(
            file=sheet.name, customer=sheet.header[customer], columns=", ".join(named)
        )


def _refuse_others(sheet: Sheet) -> None:
    """Refuse a survey or a list of products by name, where orders lack a column anyway."""
    for words, least, what in (
        (header_words.SURVEY, 2, N_("answers to a survey")),
        (header_words.PRODUCTS, 2, N_("a list of products")),
    ):
        named = [name for name in sheet.header if words.search(name)]
        if len(named) >= least:
            raise OtherContentError(file=sheet.name, what=what, columns=", ".join(named[:_SHOWN]))
