"""The number format of a column, decided from all of its cells, never cell by cell.

| cells of a column     | decimal | amounts                               |
| 1.234,50 and 12,5     | comma   | 1234.50 and 12.50                     |
| 1,234.50 and 12       | point   | 1234.50 and 12.00                     |
| 1.234 and 2.500       | unknown | a question: thousands, or about one?  |
| 1,234 and 2,500       | unknown | thousands, with a finding             |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.errors import AmbiguousDecimalError, MixedDecimalError, NotDecimalError, NotNumbersError
from ltvcli.language import N_
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import number_evidence
from ltvcli.read.orders.number_evidence import Evidence
from ltvcli.results import Fact, Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

COUNTED = ("order_total", "line_total", "amount", "price", "quantity", "refund", "discount")
COSTS = ("cost", "unit_cost", "serve")
_FORMS = {".": "point", ",": "comma"}


def among(columns: Columns) -> list[str]:
    """Return the roles of `columns` that hold numbers."""
    return [role for role in columns.position if role in (*COUNTED, *COSTS)]


class NumberFormat(Struct, frozen=True, kw_only=True):
    """How the numbers of a column are written.

    Attributes:
        form: a decimal `point` or a decimal `comma`.
        notes: what a reader of the result should know.
        alerts: facts for checks, by the name of the check.
    """

    form: str
    notes: list[Sentence] = []
    alerts: Mapping[str, Mapping[str, Fact]] = {}


def form(engine: DuckDB, sheet: Sheet, columns: Columns, role: str) -> NumberFormat:
    """Decide whether a column is written with a decimal `point` or with a decimal `comma`.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        columns: what its columns mean.
        role: of the column.

    Raises:
        MixedDecimalError: there is evidence for both.
        AmbiguousDecimalError: there is evidence for neither, and it matters.
        NotNumbersError: most cells are no numbers.
        NotDecimalError: --map decimal is neither point nor comma.
    """
    (cells,), _ = number_evidence.collect(engine, sheet, columns, [role])
    return decided(cells, sheet, columns, role)


def decided(cells: Evidence, sheet: Sheet, columns: Columns, role: str) -> NumberFormat:
    """Decide as `form` does, from evidence that was collected before.

    A cell such as 1,234.50 or 12,5 is evidence; 1,234 and 1.234 are none. Without evidence a comma
    separates thousands, but a point may be either: that is a question. In files with semicolons a
    point separates thousands if numbers below 1000 have none, and a comma may be either.

    Args:
        cells: of the column.
        sheet: what was opened.
        columns: what its columns mean.
        role: of the column.
    """
    header = columns.header[columns.position[role]]
    if role not in COSTS and 2 * cells.numbers < cells.filled:
        raise NotNumbersError(
            file=sheet.name, column=header, example=cells.word, count=cells.filled - cells.numbers
        )
    if columns.decimal:
        if columns.decimal not in _FORMS:
            raise NotDecimalError(role=setting(role), text=columns.decimal)
        chosen = _FORMS[columns.decimal]
    elif cells.points and cells.commas:
        raise MixedDecimalError(
            file=sheet.name,
            column=header,
            point=cells.point,
            comma=cells.comma,
            role=setting(role),
        )
    elif cells.points or cells.commas:
        chosen = "point" if cells.points else "comma"
    elif cells.open_point and sheet.delimiter == ";" and cells.small and not cells.open_comma:
        chosen = "comma"
    elif cells.open_point or (cells.open_comma and sheet.delimiter == ";"):
        raise AmbiguousDecimalError(
            file=sheet.name,
            column=header,
            example=cells.open_point or cells.open_comma,
            role=setting(role),
        )
    else:
        chosen = "point"
    rounded = cells.long_points if chosen == "point" else cells.long_commas
    note = N_("{count} numbers in “{column}” had more than 4 decimals and were rounded.")
    facts: Mapping[str, Fact] = {"count": Quantity(rounded, Unit.COUNT), "column": header}
    is_assumed = cells.open_comma and not (cells.points or cells.small or columns.decimal)
    assumed = {"column": header, "example": cells.open_comma or "", "role": setting(role)}
    return NumberFormat(
        form=chosen,
        notes=[Sentence(note, facts)] if rounded else [],
        alerts={"thousands-assumed": assumed} if is_assumed else {},
    )


def setting(role: str) -> str:
    """Return what --map calls the decimal separator of a role.

    >>> setting("amount"), setting("spend"), setting("deal_value")
    ('decimal', 'spend_decimal', 'deal_decimal')
    """
    kind, _, _ = role.partition("_")
    return f"{kind}_decimal" if kind in ("spend", "deal") else "decimal"
