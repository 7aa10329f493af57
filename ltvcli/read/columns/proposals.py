"""Columns proposed for the roles that headers leave open, and the command that uses them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from ltvcli.errors import (
    ColumnsOpenError,
    ColumnsProposedError,
    InputError,
    NoSpendColumnError,
    NoSpendDayError,
    SpendProposedError,
)
from ltvcli.language import N_
from ltvcli.read.columns import cell_content
from ltvcli.read.columns.cell_content import Column
from ltvcli.read.columns.header_lookup import key
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_CUSTOMER = N_(
    "“{column}” is the customer ({distinct} {distinct:value|values} in {rows} {rows:row|rows})"
)
_IS = {
    "date": N_("“{column}” is the date of the order (such as {example})"),
    "start": N_("“{column}” is the first day (such as {example})"),
    "amount": N_("“{column}” is the amount (such as {example})"),
    "price": N_("“{column}” is the unit price (such as {example})"),
    "quantity": N_("“{column}” is the quantity (such as {example})"),
    "order": N_("“{column}” is the order (such as {example})"),
    "refund": N_("“{column}” is the refund (such as {example})"),
    "currency": N_("“{column}” is the currency (such as {example})"),
    "spend": N_("“{column}” is the spend (such as {example})"),
    "spend_date": N_("“{column}” is the day (such as {example})"),
}
_SEVERAL = N_("{role} may be {columns}")
_NO_CUSTOMER = N_("no column repeats like a customer")
_NONE = N_("no column looks like {role}")
_SHOWN = 5  # at most this many candidates are named in a message
_SAFE = re.compile(r"[\w@%+=:,./-]+")


class Proposal(Struct):
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
        """Return whether the file can be read in this way only."""
        return bool(self.chosen) and not (self.several or self.none or self.doubts)


def settle(proposal: Proposal, role: str, candidates: Sequence[Column]) -> None:
    """Return the column of a role if there is exactly one.

    Args:
        proposal: gets the column, or the candidates, or the role that no column fits.
        role: to choose a column for.
        candidates: columns that would do.
    """
    if len(candidates) == 1:
        proposal.chosen[role] = candidates[0]
    elif candidates:
        proposal.several[role] = list(candidates)
    else:
        proposal.none.append(role)


def described(error: InputError, sheet: Sheet, proposal: Proposal) -> InputError:
    """Return the error with a proposal, if the cells show anything.

    Args:
        error: a column is missing.
        sheet: what was opened.
        proposal: columns that would do.
    """
    if not proposal.chosen and not proposal.several:
        return error
    flags: list[str] = []
    for role, column in proposal.chosen.items():
        flags += ["--map", f"{role}={name_of(sheet, column.position)}"]
    still = [*proposal.several, *proposal.none]
    for role in still:
        flags += ["--map", f"{role}=COLUMN"]
    facts = {
        **error.facts,
        "seen": [_says(role, column) for role, column in proposal.chosen.items()],
        "add": tuple(flags),
        "command": written(flags),
    }
    if not still:
        is_spend = isinstance(error, NoSpendColumnError | NoSpendDayError)
        return (SpendProposedError if is_spend else ColumnsProposedError)(**facts)
    facts["open"] = [
        *(_among(role, columns) for role, columns in proposal.several.items()),
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
    same = [index for index, header in enumerate(sheet.header) if key(header) == key(name)]
    exact = [index for index in same if sheet.header[index].strip() == name.strip()]
    if len(exact) == 1:
        return name
    return f"{name}#{exact.index(position) + 1}"


def free(every: Sequence[Column], positions: Mapping[str, int]) -> list[Column]:
    """List the columns without a role."""
    return [column for column in every if column.position not in {*positions.values()}]


def _says(role: str, column: Column) -> Sentence:
    if role == "customer":
        facts: dict[str, Any] = {
            "column": column.header,
            "distinct": Quantity(column.distinct, Unit.COUNT),
            "rows": Quantity(column.filled, Unit.COUNT),
        }
        return Sentence(_CUSTOMER, facts)
    return Sentence(_IS[role], {"column": column.header, "example": column.samples[0]})


def _among(role: str, candidates: Sequence[Column]) -> Sentence:
    names = ", ".join(f"“{column.header}”" for column in candidates[:_SHOWN])
    return Sentence(_SEVERAL, {"role": role, "columns": names})


def _nothing(role: str) -> Sentence:
    return Sentence(_NO_CUSTOMER) if role == "customer" else Sentence(_NONE, {"role": role})


def confirm(engine: DuckDB, sheet: Sheet, proposal: Proposal) -> None:
    """Compare chosen columns as a whole with their sample, where that did not hold all rows.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        proposal: gets a doubt where a column shows something else further down.
    """
    chosen = proposal.chosen
    if not chosen or next(iter(chosen.values())).rows < cell_content.SAMPLE:
        return
    counted = cell_content.columns(
        engine, sheet, [column.position for column in chosen.values()], None
    )
    for role, before, after in zip(list(chosen), list(chosen.values()), counted, strict=True):
        chosen[role] = after
        if before.shows != after.shows or (role == "customer" and not after.repeats):
            proposal.doubts = True
