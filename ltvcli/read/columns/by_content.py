"""Columns whose headers say nothing, recognised by their cells; files that hold something else."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ltvcli.errors import (
    ColumnsOpenError,
    ColumnsProposedError,
    CustomersListError,
    InputError,
    MissingColumnError,
    NoSpendColumnError,
    NoSpendDayError,
    OtherContentError,
    SpendProposedError,
)
from ltvcli.language import N_
from ltvcli.read.columns import cell_content, customer_column, header_words, mapping
from ltvcli.read.columns.cell_content import Column
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import InputFile, Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

BY_CONTENT = N_("Columns were recognised by their content: {columns}.")
_CUSTOMER = N_("“{column}” is the customer ({distinct} values in {rows} rows)")
_IS = {
    "date": N_("“{column}” is the date of the order (such as {example})"),
    "start": N_("“{column}” is the first day (such as {example})"),
    "amount": N_("“{column}” is the amount (such as {example})"),
    "price": N_("“{column}” is the price of one piece (such as {example})"),
    "quantity": N_("“{column}” is the quantity (such as {example})"),
    "order": N_("“{column}” is the order (such as {example})"),
    "refund": N_("“{column}” is what was paid back (such as {example})"),
    "currency": N_("“{column}” is the currency (such as {example})"),
    "spend": N_("“{column}” is what was spent (such as {example})"),
    "spend_date": N_("“{column}” is the day (such as {example})"),
}
_SEVERAL = N_("{role} may be {columns}")
_NO_CUSTOMER = N_("no column repeats like a customer")
_NONE = N_("no column looks like {role}")
_ROWS_PER_CUSTOMER = 100  # on average; what repeats more often is a category
_SHOWN = 5  # candidates named in a message
_SAFE = re.compile(r"[\w@%+=:,./-]+")


@dataclass(slots=True)
class Proposal:
    """Columns for the roles that headers leave open.

    `chosen` has the one column that would do for a role; `several` those among which only the user
    can decide; `none` the roles that no column fits. `doubts` says that the chosen ones are likely,
    but not the only way to read the file.
    """

    chosen: dict[str, Column] = field(default_factory=dict)
    several: dict[str, list[Column]] = field(default_factory=dict)
    none: list[str] = field(default_factory=list)
    doubts: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether the file can be read in this way only."""
        return bool(self.chosen) and not (self.several or self.none or self.doubts)


def understand(engine: DuckDB, sheet: Sheet, chosen: Mapping[str, str]) -> Columns:
    """Find what the columns of a sheet of orders mean, by headers and then by cells.

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
        found: Mapping[str, int] = error.facts["found"]  # type: ignore[assignment]
        if not is_told:
            _refuse_customers(engine, sheet, found.get("customer"))
            _refuse_others(sheet)
        missing: Sequence[str] = error.facts["missing"]  # type: ignore[assignment]
        proposal = _of_orders(engine, sheet, found, missing)
        is_generic = error.facts["is_generic"]
        if proposal.is_certain and is_generic:
            names = {role: name_of(sheet, one.position) for role, one in proposal.chosen.items()}
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
    """Tell whether a column of names is all that says who the customers are."""
    chosen = [proposal.chosen["customer"]] if "customer" in proposal.chosen else []
    others = [
        one
        for one in (*chosen, *proposal.several.get("customer", ()))
        if one.position != name and (one.shows == "mail" or header_words.CUSTOMER.among(one.header))
    ]
    return name is not None and not others


def flagged(one: InputFile, columns: Columns) -> InputFile:
    """Add to the record of a file which of its columns were recognised by their content."""
    if not columns.by_content:
        return one
    named = ", ".join(f"{role}={columns.name(role)}" for role in columns.by_content)
    note = Sentence(BY_CONTENT, {"columns": named})
    roles = ", ".join(columns.by_content)
    alert = {"columns-by-content": {"columns": named, "roles": roles}}
    return replace(one, notes=(note, *one.notes), alerts={**one.alerts, **alert})


def described(error: InputError, sheet: Sheet, proposal: Proposal) -> InputError:
    """Turn a missing column into a proposal, if the cells show anything."""
    if not proposal.chosen and not proposal.several:
        return error
    flags: list[str] = []
    for role, one in proposal.chosen.items():
        flags += ["--map", f"{role}={name_of(sheet, one.position)}"]
    still = [*proposal.several, *proposal.none]
    for role in still:
        flags += ["--map", f"{role}=COLUMN"]
    facts = {
        **error.facts,
        "seen": [_says(role, one) for role, one in proposal.chosen.items()],
        "add": tuple(flags),
        "command": written(flags),
    }
    if not still:
        is_spend = isinstance(error, NoSpendColumnError | NoSpendDayError)
        return (SpendProposedError if is_spend else ColumnsProposedError)(**facts)
    facts["open"] = [
        *(_among(role, some) for role, some in proposal.several.items()),
        *(_nothing(role) for role in proposal.none),
    ]
    return ColumnsOpenError(**facts)


def written(arguments: Sequence[str]) -> str:
    """Write arguments as they are typed in a shell.

    >>> print(written(["--map", "date=Buy Ts", "my file.csv", "--map", "customer=会員"]))
    --map date="Buy Ts" 'my file.csv' --map customer=会員
    """
    return " ".join(map(_quoted, arguments))


def _quoted(argument: str) -> str:
    if argument and _SAFE.fullmatch(argument):
        return argument
    role, equals, value = argument.partition("=")
    if equals and role.isidentifier() and not set(value) & {*'"$`\\!'}:
        return f'{role}="{value}"'
    return shlex.quote(argument)


def name_of(sheet: Sheet, position: int) -> str:
    """Name a column as --map wants it: "Date#2" is the second of that name."""
    name = sheet.header[position]
    same = [
        index for index, one in enumerate(sheet.header) if mapping.key(one) == mapping.key(name)
    ]
    exact = [index for index in same if sheet.header[index].strip() == name.strip()]
    if len(exact) == 1:
        return name
    return f"{name}#{exact.index(position) + 1}"


def free(every: Sequence[Column], found: Mapping[str, int]) -> list[Column]:
    """List the columns that have no role yet."""
    return [one for one in every if one.position not in {*found.values()}]


def _of_orders(
    engine: DuckDB, sheet: Sheet, found: Mapping[str, int], missing: Sequence[str]
) -> Proposal:
    every = cell_content.columns(engine, sheet)
    rest = free(every, found)
    proposal = Proposal()
    if "customer" in missing:
        choose_customer(proposal, rest)
    if "date" in missing:
        _date(proposal, rest)
    if "amount" in missing:
        choose_amount(proposal, rest, found)
    _paid_back(proposal, rest, found)
    if "customer" in proposal.chosen or "customer" in found:
        _order(engine, sheet, proposal, every, found)
    _currency(proposal, rest, found)
    confirm(engine, sheet, proposal)
    return proposal


def choose_customer(proposal: Proposal, free: Sequence[Column]) -> None:
    """Choose who bought: a column that repeats, by a word in its header before an e-mail."""
    likely = [
        one
        for one in free
        if not header_words.NOT_CUSTOMER.among(one.header)
        and not header_words.ORDER.among(one.header)
        and one.shows in ("id", "whole", "mail", "text", "word")
    ]
    hinted = [one for one in likely if header_words.CUSTOMER.among(one.header)]
    ids = [one for one in hinted if one.shows in ("id", "whole")]
    mails = [one for one in likely if one.shows == "mail"]
    named = [one for one in likely if one.named and one.named == one.filled and one not in ids]
    for some in (ids, named, mails):
        if some:
            settle(proposal, "customer", some)
            one = proposal.chosen.get("customer")
            if one and not (one.repeats and one.filled <= _ROWS_PER_CUSTOMER * one.distinct):
                proposal.doubts = True
            return
    # Without a word, products, shops and campaigns repeat as customers do.
    proposal.doubts = True
    codes = [
        one
        for one in likely
        if one.shows == "id" or (one.shows == "whole" and not one.may_be_quantity)
    ]
    rest = hinted or [one for one in codes if one.repeats]
    settle(proposal, "customer", rest)


def _date(proposal: Proposal, free: Sequence[Column]) -> None:
    """Choose when it was ordered: the one column of days that is not of something else."""
    days = [
        one
        for one in free
        if one.shows == "day"
        and (
            header_words.ORDERED.among(one.header) or not header_words.NOT_ORDERED.among(one.header)
        )
    ]
    ordered = [one for one in days if header_words.ORDERED.among(one.header)]
    settle(proposal, "date", ordered if len(ordered) == 1 else days)


def choose_amount(proposal: Proposal, free: Sequence[Column], found: Mapping[str, int]) -> None:
    """Choose what was paid; a price beside a quantity is not enough."""
    of_something = header_words.NOT_TOTAL
    money = [
        one
        for one in free
        if one.shows in ("money", "decimal", "whole") and not of_something.among(one.header)
    ]
    totals = [one for one in money if header_words.TOTAL.among(one.header)]
    pieces = [one for one in money if header_words.PIECE.among(one.header) and one not in totals]
    others = [
        one for one in money if one.shows == "money" and one not in totals and one not in pieces
    ]
    counts = [
        one
        for one in free
        if one.may_be_quantity
        and one not in totals
        and one not in pieces
        and not header_words.CUSTOMER.among(one.header)
        and not header_words.ORDER.among(one.header)
    ]
    has_quantity = "quantity" in found or bool(counts)
    if totals:
        settle(proposal, "amount", totals)
        proposal.doubts |= bool(others)
    elif pieces and has_quantity:
        if len(pieces) == 1 and ("quantity" in found or len(counts) == 1) and not others:
            proposal.chosen["price"] = pieces[0]
            if counts:
                proposal.chosen["quantity"] = counts[0]
            proposal.doubts = True
        else:
            settle(proposal, "amount", [*others, *pieces])
            proposal.doubts = True
    else:
        settle(proposal, "amount", [*others, *pieces])
        proposal.doubts |= has_quantity


def _paid_back(proposal: Proposal, rest: Sequence[Column], found: Mapping[str, int]) -> None:
    """Look for refunds and discounts, which would be left out unasked."""
    if "refund" in found:
        return
    back = [
        one
        for one in rest
        if header_words.PAID_BACK.among(one.header)
        and one.shows in ("money", "decimal", "whole")
        and (one.most or one.least)
    ]
    if back:
        proposal.doubts = True
        returned = [one for one in back if re.search("refund|return|erstatt|返", one.header, re.I)]
        if len(returned) == 1:
            proposal.chosen["refund"] = returned[0]


def settle(proposal: Proposal, role: str, some: Sequence[Column]) -> None:
    """Choose the column of a role, if there is exactly one."""
    if len(some) == 1:
        proposal.chosen[role] = some[0]
    elif some:
        proposal.several[role] = list(some)
    else:
        proposal.none.append(role)


def confirm(engine: DuckDB, sheet: Sheet, proposal: Proposal) -> None:
    """Look at chosen columns as a whole, where the sample did not hold all rows."""
    chosen = proposal.chosen
    if not chosen or next(iter(chosen.values())).rows < cell_content.SAMPLE:
        return
    whole = cell_content.columns(engine, sheet, [one.position for one in chosen.values()], None)
    for role, before, after in zip(list(chosen), list(chosen.values()), whole, strict=True):
        chosen[role] = after
        if before.shows != after.shows or (role == "customer" and not after.repeats):
            proposal.doubts = True


def _order(
    engine: DuckDB,
    sheet: Sheet,
    proposal: Proposal,
    every: Sequence[Column],
    found: Mapping[str, int],
) -> None:
    """Look for the id of the order, without which every row counts as an order of its own."""
    if "order" in found:
        return
    customer = proposal.chosen.get("customer")
    at = customer.position if customer else found["customer"]
    taken = {*found.values(), *(one.position for one in proposal.chosen.values())}
    likely = [
        one
        for one in every
        if one.position not in taken
        and one.shows in ("id", "whole")
        and not header_words.NOT_TOTAL.among(one.header)
    ]
    named = [one for one in likely if header_words.ORDER.among(one.header)]
    if len(named) == 1 and (
        named[0].distinct == named[0].filled or _is_finer(engine, sheet, named[0], at)
    ):
        proposal.chosen["order"] = named[0]
        return
    # An id that may be the order's, if every value has one customer.
    some = [one for one in likely if one.repeats and not one.may_be_quantity]
    if len(named) > 1 or any(_is_finer(engine, sheet, one, at) for one in some):
        proposal.doubts = True


def _is_finer(engine: DuckDB, sheet: Sheet, one: Column, customer: int) -> bool:
    """Tell whether each value of a column has one customer, and customers have several values."""
    source, parameters = scan.relation(sheet)
    ((several, values, customers),) = engine.execute(
        f"""
        select count(*) filter (least <> most), count(*), count(distinct least)
        from (
            select min(c{customer}) as least, max(c{customer}) as most from {source}
            where not is_blank(c{one.position}) group by c{one.position}
        )
        """,
        parameters,
    ).fetchall()
    return bool(not several and values >= customers)


def _currency(proposal: Proposal, free: Sequence[Column], found: Mapping[str, int]) -> None:
    codes = [one for one in free if one.shows == "currency"]
    if "currency" in found or not codes or not proposal.chosen:
        return
    if len(codes) == 1:
        proposal.chosen["currency"] = codes[0]
    else:
        proposal.doubts = True


def _refuse_customers(engine: DuckDB, sheet: Sheet, customer: int | None) -> None:
    """Refuse a file with a row per customer, which says what they did in all.

    Raises:
        CustomersListError: it is one.
    """
    counts = [name for name in sheet.header if header_words.COUNTS.search(name)]
    totals = [name for name in sheet.header if header_words.TOTALS.search(name)]
    ends = [name for name in sheet.header if header_words.ENDS.search(name)]
    named = [*counts[:1], *totals[:1], *ends[:2]]
    if customer is None or not ((counts and totals) or ((counts or totals) and ends)):
        return
    source, parameters = scan.relation(sheet)
    ((filled, distinct),) = engine.execute(
        f"select count(c{customer}), count(distinct tidy_id(c{customer})) from {source} "
        f"where tidy_id(c{customer}) is not null",
        parameters,
    ).fetchall()
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


def _says(role: str, one: Column) -> Sentence:
    if role == "customer":
        facts: dict[str, Any] = {
            "column": one.header,
            "distinct": Quantity(one.distinct, Unit.COUNT),
            "rows": Quantity(one.filled, Unit.COUNT),
        }
        return Sentence(_CUSTOMER, facts)
    return Sentence(_IS[role], {"column": one.header, "example": one.samples[0]})


def _among(role: str, some: Sequence[Column]) -> Sentence:
    columns = ", ".join(f"“{one.header}”" for one in some[:_SHOWN])
    return Sentence(_SEVERAL, {"role": role, "columns": columns})


def _nothing(role: str) -> Sentence:
    return Sentence(_NO_CUSTOMER) if role == "customer" else Sentence(_NONE, {"role": role})
