"""How the numbers of a column are written: decided from all of its cells, never cell by cell.

| cells of a column     | decimal | amounts                               |
| 1.234,50 and 12,5     | comma   | 1234.50 and 12.50                     |
| 1,234.50 and 12       | point   | 1234.50 and 12.00                     |
| 1.234 and 2.500       | unknown | a question: thousands, or about one?  |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.errors import AmbiguousDecimalError, MixedDecimalError, NotDecimalError, NotNumbersError
from ltvcli.language import N_
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

COUNTED = ("order_total", "line_total", "amount", "price", "quantity", "refund", "discount")
COSTS = ("cost", "unit_cost", "serve")
_FORMS = {".": "point", ",": "comma"}


def among(columns: Columns) -> list[str]:
    """Return the roles of `columns` that hold numbers."""
    return [role for role in columns.position if role in (*COUNTED, *COSTS)]


def form(engine: DuckDB, sheet: Sheet, columns: Columns, role: str) -> tuple[str, list[Sentence]]:
    """Decide whether a column is written with a decimal `point` or with a decimal `comma`.

    A cell such as 1,234.50 or 12,5 is evidence; 1,234 and 1.234 are none. Without evidence a comma
    separates thousands, but a point may be either: that is a question.

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
    source, parameters = scan.relation(sheet)
    header = columns.header[columns.position[role]]
    (row,) = engine.execute(
        f"""
        select count(*) as filled,
            count(*) filter (p and not c) as points, min(t) filter (p and not c) as point,
            count(*) filter (c and not p) as commas, min(t) filter (c and not p) as comma,
            min(t) filter (p and c and contains(x, '.')) as open_point,
            min(t) filter (p and c and contains(x, ',')) as open_comma,
            min(t) filter (not p and not c) as word, count(*) filter (p or c) as numbers,
            count(*) filter (p and regexp_matches(x, '[.]\\d{{5,}}$')) as long_points,
            count(*) filter (c and regexp_matches(x, '[,]\\d{{5,}}$')) as long_commas
        from (
            select t, x, has_point(x) as p, has_comma(x) as c
            from (
                select c{columns.position[role]} as t, bare_number(t) as x
                from {source} where not is_blank(t)
            )
        )
        """,
        parameters,
    ).fetchall()
    (filled, points, point, commas, comma, open_point, open_comma, word, numbers, *long) = row
    if role not in COSTS and 2 * numbers < filled:
        raise NotNumbersError(file=sheet.name, column=header, example=word, count=filled - numbers)
    if columns.decimal:
        if columns.decimal not in _FORMS:
            raise NotDecimalError(text=columns.decimal)
        chosen = _FORMS[columns.decimal]
    elif points and commas:
        raise MixedDecimalError(file=sheet.name, column=header, point=point, comma=comma)
    elif points or commas:
        chosen = "point" if points else "comma"
    elif open_point and sheet.delimiter == ";" and not open_comma:
        chosen = "comma"
    elif open_point or (open_comma and sheet.delimiter == ";"):
        raise AmbiguousDecimalError(
            file=sheet.name, column=header, example=open_point or open_comma
        )
    else:
        chosen = "point"
    rounded = long[0] if chosen == "point" else long[1]
    if not rounded:
        return chosen, []
    note = N_("{count} numbers in “{column}” had more than 4 decimals and were rounded.")
    return chosen, [Sentence(note, {"count": Quantity(rounded, Unit.COUNT), "column": header})]
