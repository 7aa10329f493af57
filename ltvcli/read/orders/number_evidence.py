"""The cells of a column of numbers: which are plain, and what the others say of its format.

| cell     | plain | evidence for      |
| 1234.50  | yes   | a decimal point   |
| 1234     | yes   | none              |
| 12,5     | no    | a decimal comma   |
| 1,234    | no    | none: both may be |
| ten      | no    | none: no number   |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def is_plain(cell: str) -> str:
    """Write the SQL of whether a cell is unambiguous: 1234, -5.00, blank.

    A number with cents that is written again as it stands in its cell is plain; that takes half the
    time of looking at the text.
    """
    return f"case when {_same(cell)} then true else is_plain_number({cell}) end"


def _same(cell: str) -> str:
    """Write the SQL of whether a cell is a number as it would be written with cents."""
    return f"coalesce(try_cast({cell} as decimal(18, 2))::text = {cell}, false)"


def odd(cell: str) -> str:
    """Write the SQL of a cell that is not plain; NULL for all others."""
    return f"case when {is_plain(cell)} or is_blank({cell}) then null else {cell} end"


class Evidence(Struct, frozen=True, kw_only=True):
    """Evidence of the cells of a column for its number format.

    Counts of cells that are not blank, and the first cell of each kind in the order of text.
    """

    filled: int
    numbers: int
    not_plain: int  # that can be read in more than one way, or not at all
    points: int  # with a decimal point, without doubt
    commas: int
    long_points: int  # of more than 4 decimals, zeros at the end apart
    long_commas: int
    point: str | None
    comma: str | None
    open_point: str | None  # a separator that may be of decimals or of thousands
    open_comma: str | None
    word: str | None  # no number at all
    small: int  # whole numbers below 1000 without a separator, zeros apart


_EVIDENCE = {
    "filled": "count({t})",
    "numbers": "count(*) filter ({p} or {c})",
    "not_plain": "count(*) filter (not {plain})",
    "points": "count(*) filter ({p} and not {c})",
    "commas": "count(*) filter ({c} and not {p})",
    "long_points": "count(*) filter ({p} and regexp_matches({x}, '[.]\\d{{4}}0*[1-9]\\d*$'))",
    "long_commas": "count(*) filter ({c} and regexp_matches({x}, '[,]\\d{{4}}0*[1-9]\\d*$'))",
    "point": "min({t}) filter ({p} and not {c})",
    "comma": "min({t}) filter ({c} and not {p})",
    "open_point": "min({t}) filter ({p} and {c} and contains({x}, '.'))",
    "open_comma": "min({t}) filter ({p} and {c} and contains({x}, ','))",
    "word": "min({t}) filter (not {p} and not {c})",
    "small": "count(*) filter ({plain} and regexp_full_match({t}, '-?[1-9]\\d{{0,2}}'))",
}


def not_plain(
    engine: DuckDB, sheet: Sheet, columns: Columns, roles: Sequence[str], test: str
) -> tuple[list[str], Any]:
    """Return the roles with cells that are not plain, and the result of an aggregate.

    Planning this takes a fraction of the time that `collect` takes, which matters if rows are few.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        columns: what its columns mean.
        roles: of columns of numbers.
        test: SQL of an aggregate over the sheet to find out in the same pass.
    """
    source, parameters = scan.relation(sheet)
    cells = [f"c{columns.position[role]}" for role in roles]
    odd = [
        f"bool_or(case when {is_plain(cell)} then false else not is_blank({cell}) end)"
        for cell in cells
    ]
    result, *are_odd = engine.execute(
        f"select {', '.join([test, *odd])} from {source}", parameters
    ).fetchone() or (None,)
    return [role for role, is_odd in zip(roles, are_odd, strict=True) if is_odd], result


def collect(
    engine: DuckDB, sheet: Sheet, columns: Columns, roles: Sequence[str], test: str = "null"
) -> tuple[list[Evidence], Any]:
    """Read all cells of some columns in one pass.

    Plain cells are evidence if they have a point; only the others are examined closely, which takes
    ten times as long.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        columns: what its columns mean.
        roles: of the columns.
        test: SQL of an aggregate over the sheet to find out in the same pass.

    Returns:
        The evidence of each role, in their order, and the result of the test.
    """
    source, parameters = scan.relation(sheet)
    cells = [f"c{columns.position[role]}" for role in roles]
    return _collect(engine, source, cells, test, parameters)


def _collect(
    engine: DuckDB,
    source: str,
    columns: Sequence[str],
    test: str,
    parameters: Mapping[str, Any] | None = None,
) -> tuple[list[Evidence], Any]:
    """Read some columns of a table or relation as `collect` does.

    Args:
        engine: holds or reads it.
        source: SQL of it.
        columns: SQL of cells.
        test: SQL of an aggregate to find out in the same pass.
        parameters: of the source.
    """
    same, cells, texts, kinds, selected = ["*"], ["*"], ["*"], ["*"], [test]
    for n, cell in enumerate(columns):
        names = {name: f"{name}_{n}" for name in ("t", "x", "p", "c", "plain", "same")}
        t, x, p, c, plain, is_same = names.values()
        same.append(f"{_same(cell)} as {is_same}")
        cells.append(f"case when {is_same} or not is_blank({cell}) then {cell} end as {t}")
        texts.append(f"case when {is_same} then true else is_plain_number({t}) end as {plain}")
        kinds += [
            f"case when not {plain} then bare_number({t}) end as {x}",
            f"case when {plain} then {t} is not null else has_point({x}) end as {p}",
            f"case when {plain} then not contains({t}, '.') else has_comma({x}) end as {c}",
        ]
        selected += [sql.format(**names) for sql in _EVIDENCE.values()]
    result, *values = engine.execute(
        f"""
        select {", ".join(selected)}
        from (select {", ".join(kinds)}
            from (select {", ".join(texts)}
                from (select {", ".join(cells)} from (select {", ".join(same)} from {source}))))
        """,
        parameters or {},
    ).fetchone() or (None,)
    fields = iter(values)
    return [Evidence(**{name: next(fields) for name in _EVIDENCE}) for _ in columns], result


def have_points(engine: DuckDB, table: str) -> bool:
    """Return whether `amounts.decided` is certain to choose the decimal point, and to note nothing.

    Args:
        engine: holds the table.
        table: rows of one sheet with `amount`, read so, and its cell in `odd_amount` if not plain.
    """
    (texts,), _ = _collect(engine, _odd_texts(table), ["odd_amount"], "null")
    if texts.not_plain == 0 or texts.commas or texts.long_points:
        return False
    numbers, not_numbers = engine.execute(
        f"select count(amount), count(odd_amount) filter (amount is null) from {table}"
    ).fetchone() or (0, 1)
    if numbers < not_numbers:
        return False
    if texts.points or not (texts.open_point or texts.open_comma):
        return True
    has_points = f"bool_or(odd_amount is null and amount <> trunc(amount)) from {table}"
    return engine.execute(f"select {has_points}").fetchone() == (True,)


def are_words(engine: DuckDB, table: str) -> bool:
    """Return whether all amounts that are not plain are words: `amounts.decided` changes nothing.

    Args:
        engine: holds the table.
        table: rows of one sheet with `amount`, and its cell in `odd_amount` if not plain.
    """
    has_symbols = "coalesce(bool_or(symbol(odd_amount) <> ''), false)"
    (texts,), are_of_currency = _collect(engine, _odd_texts(table), ["odd_amount"], has_symbols)
    if texts.not_plain == 0 or texts.numbers or are_of_currency:
        return False
    counts = f"select count(amount) >= count(odd_amount) from {table}"
    return engine.execute(counts).fetchone() == (True,)


def _odd_texts(table: str) -> str:
    return f"(select distinct odd_amount from {table} where odd_amount is not null)"
