"""IDs that are numbers after the same text: stored as these numbers, which join faster."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.facts.orders import Numbering
from ltvcli.read.orders import segment_keys

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.columns.mapping import Columns
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.rows import Rows

_LONGEST = 17
"""Characters of an id. Of longer ones, a spreadsheet may have lost digits."""
_LONG = re.compile(r"\d{9}$", re.ASCII)
_SPREAD = 100  # records sampled from all files
_MANY = 100_000  # number of records from which a single file is sampled
Samples = Mapping[str, Sequence[str]]
"""IDs of some customers and orders, and values to segment by, by role."""


def spread(sheets: Sequence[Sheet], columns: Sequence[Columns]) -> Samples:
    """Read IDs all over a long file, or all over several files, whose IDs are numbered together.

    Args:
        sheets: the files.
        columns: what their columns mean.
    """
    ids: dict[str, list[str]] = {"customer": [], "order": [], "segment": []}
    for sheet, meaning in zip(sheets, columns, strict=True):
        records = sheet.records
        if records is None or (len(sheets) == 1 and records.count < _MANY):
            continue
        cells = [records.cells(text) for _, text in records.samples(-(-_SPREAD // len(sheets)))]
        for role, known in ids.items():
            place = meaning.position.get(role)
            if (at := segment_keys.place(meaning) if role == "segment" else place) is not None:
                known += [row[at] for row in cells if row[at:]]
    return ids


def sampled(engine: DuckDB, table: str, column: str, more: Sequence[str]) -> list[str]:
    """Return some of the IDs of a sheet.

    Args:
        engine: holds `table`.
        table: the first rows, whose IDs need no tidying.
        column: of the IDs in `table`.
        more: further IDs; "" is none.
    """
    query = f"select distinct {column} from {table} where {column} is not null"
    ids = [str(known) for (known,) in engine.execute(query).fetchall()]
    return [known for known in [*ids, *more] if known]


def are_alike(stored: Sequence[Rows]) -> bool:
    """Return whether all sheets have their IDs as numbers behind the same text, or none has."""
    return len({(rows.numbering, rows.orders) for rows in stored}) == 1


def are_short(ids: Sequence[str]) -> bool:
    """Return whether the numbers at the end of IDs leave room for longer ones in 32 bits.

    >>> are_short(["C-41", "C-99999999"]), are_short(["C-41", "C-100000000"])
    (True, False)
    """
    return not any(_LONG.search(known) for known in ids)


def numbering(ids: Sequence[str]) -> Numbering | None:
    """Return IDs as a common text and numbers; None if they have another form.

    >>> numbering(["C-0042", "C-1041"])
    Numbering(prefix='C-', width=4)
    >>> numbering(["7", "1041"])
    Numbering(prefix='', width=0)
    >>> numbering(["07", "1041"]), numbering(["5E+17", "6E+17"])
    (None, None)
    """
    match = re.fullmatch(r"(|.*\D)(\d+)", ids[0] if ids else "", re.ASCII)
    if not match or "+" in match[1] or max(map(len, ids)) > _LONGEST:
        return None
    prefix = match[1]
    if not all(re.fullmatch(rf"{re.escape(prefix)}\d+", known, re.ASCII) for known in ids):
        return None
    numbers = [known.removeprefix(prefix) for known in ids]
    if not any(number.startswith("0") and number != "0" for number in numbers):
        return Numbering(prefix=prefix)
    width = len(numbers[0])
    is_padded = all(len(number) == width for number in numbers)
    return Numbering(prefix=prefix, width=width) if is_padded else None


def number(digits: str, *, is_short: bool) -> str:
    """Write the SQL of the number in a text of digits; 32 bits are enough if it `is_short`."""
    return f"try_cast({digits} as {'integer' if is_short else 'bigint'})"


def behind(prefix: str, cell: str) -> str:
    """Write the SQL of what follows as many characters of a cell as the prefix has."""
    return f"substr({cell}, {len(prefix) + 1})" if prefix else cell


def field(
    name: str,
    cell: str,
    numbering: Numbering,
    cells: dict[str, str],
    values: dict[str, Any],
    *,
    is_short: bool,
) -> dict[str, str]:
    """Write the SQL of the stored number: NULL for no ID, -1 for an ID of another form.

    The ID is written again from its number, and has to be what stands in the cell. As digits come
    before ":", a cell that ends with them begins with the prefix if it lies between these two.

    Args:
        name: customer or order.
        cell: SQL of the text.
        numbering: how it should be written.
        cells: gets the SQL that is named in several places.
        values: gets the parameters named in the SQL.
        is_short: whether 32 bits are enough; a longer number is of another form then.
    """
    digits, of_name = f"digits_in_{name}", f"number_in_{name}"
    cells[digits] = behind(numbering.prefix, cell)
    cells[of_name] = number(digits, is_short=is_short)
    is_same = f"{_digits(of_name, numbering)} = {digits}"
    if numbering.prefix:
        values |= {f"from_{name}": numbering.prefix, f"to_{name}": f"{numbering.prefix}:"}
        is_same += f" and {cell} between $from_{name} and $to_{name}"
    known = f"when {is_same} then {of_name}"
    return {f"{name}_number": f"case {known} when {cell} is not null then -1 end"}


def text(number: str, numbering: Numbering) -> str:
    """Write the SQL of an ID from that of its number, without text from a user in it."""
    prefix = [f"chr({ord(character)})" for character in numbering.prefix]
    return " || ".join([*prefix, _digits(number, numbering)])


def with_text(engine: DuckDB, rows: Rows) -> Rows:
    """Store the order IDs of a sheet as text in place of their numbers, if there are any.

    Args:
        engine: holds the table of the sheet.
        rows: the sheet.
    """
    if rows.orders is None:
        return rows
    engine.execute(f"alter table {rows.table} add column order_key text")
    engine.execute(f"update {rows.table} set order_key = {rows.made['order_key']}")
    fields = tuple(name for name in rows.fields if name != "order_number")
    made = {name: sql for name, sql in rows.made.items() if name != "order_key"}
    return replace(rows, fields=fields, orders=None, made=made)


def are_odd(name: str, numbering: Numbering) -> str:
    """Return SQL that tests whether some stored numbers are not IDs of customers or orders.

    A customer 0 is nobody. Of numbers that are too long, digits may be lost.
    """
    is_padded = numbering.prefix or numbering.width
    least = 1 if name == "customer" and not is_padded else 0
    most = 10 ** (_LONGEST - len(numbering.prefix))
    return f"min({name}_number) < {least} or max({name}_number) >= {most}"


def _digits(number: str, numbering: Numbering) -> str:
    digits = f"({number})::varchar"
    return f"lpad({digits}, {numbering.width}, '0')" if numbering.width else digits
