"""Types of the cells of a column: numbers, days, or words (levels).

| cells               | read as                                       |
| 42, 1,234.5, 12%    | numbers; at least 95% of the filled cells are |
| 2026-03-01          | days                                          |
| 00123, Tokyo, yes   | levels, which differ by more than case        |
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from ltvcli.facts.attributes import Attribute, Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.engines.duckdb import DuckDB

ENOUGH = 0.95
"""Share of the filled cells that must be numbers or days."""
_NOTHING = "lower(trim({t})) in ('nan', 'null', 'n/a', '#n/a', 'na', '<na>', '-', '--', '?')"
_DAY = r"'\d{{1,4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,4}}日?([ T].*)?'"


def attribute(engine: DuckDB, table: str, column: str, name: str) -> Attribute:
    """Read one column of a table of text, in the order of its rows.

    Args:
        engine: holds the table.
        table: its name, ours.
        column: name of the column in it, ours.
        name: header of the column.
    """
    kind, number = _kind(engine, table, column)
    if kind is Kind.LEVEL:
        return _levels(engine, table, column, name)
    values = _column(engine, f"select {number} as v from {table} order by rowid")
    return _numbers(name, kind, values)


def _kind(engine: DuckDB, table: str, column: str) -> tuple[Kind, str]:
    """Return the type of the cells, and the SQL of their numbers."""
    t = f"nullif(trim({column}), '')"
    cell = f"case when {_NOTHING.format(t=t)} then null else {t} end"
    plain = f"try_cast({cell} as double)"
    filled, numbers, padded, days = _row(
        engine,
        f"""
        select count({cell}), count({plain}), count(*) filter (regexp_matches({t}, '^0[0-9]')),
            count(*) filter (regexp_full_match({t}, {_DAY.format()}))
        from {table}
        """,
    )
    if filled and days >= ENOUGH * filled:
        return Kind.DAY, f"epoch(try_cast(replace({t}, '/', '-') as timestamp)) / 86400"
    if padded or not filled:
        return Kind.LEVEL, ""
    if numbers >= ENOUGH * filled:
        return Kind.NUMBER, plain
    bare = f"bare_number(rtrim({cell}, '%％'))"
    points, commas, only_commas = _row(
        engine,
        f"""
        select count(*) filter (has_point(x)), count(*) filter (has_comma(x)),
            count(*) filter (has_comma(x) and not has_point(x))
        from (select {bare} as x from {table})
        """,
    )
    if only_commas and commas >= ENOUGH * filled:
        return Kind.NUMBER, (
            f"case when has_comma({bare}) then "
            f"try_cast(replace(replace(replace({bare}, '.', ''), ' ', ''), ',', '.') as double) end"
        )
    if points >= ENOUGH * filled:
        return Kind.NUMBER, (
            f"case when has_point({bare}) then "
            f"try_cast(replace(replace({bare}, ',', ''), ' ', '') as double) end"
        )
    return Kind.LEVEL, ""


def _numbers(name: str, kind: Kind, values: NDArray[Any]) -> Attribute:
    import numpy as np

    numbers = values.astype(np.float64)
    numbers = np.where(np.isfinite(numbers), numbers, np.nan)
    known = numbers[~np.isnan(numbers)]
    is_whole = bool((known == np.floor(known)).all())
    return Attribute(name=name, kind=kind, values=numbers, is_whole=is_whole)


def _levels(engine: DuckDB, table: str, column: str, name: str) -> Attribute:
    """Number the different texts; those that differ in width and outer spaces only are the same."""
    import numpy as np

    texts = _column(engine, f"select coalesce({column}, '') as v from {table} order by rowid")
    written: dict[str, int] = {}
    places = np.fromiter((written.setdefault(text, len(written)) for text in texts), np.int64)
    clean = [trimmed(text) for text in written]
    levels = tuple(sorted({text for text in clean if text}))
    number_of = {level: float(number) for number, level in enumerate(levels)}
    numbers = np.array([number_of.get(text, np.nan) for text in clean], dtype=np.float64)
    values = numbers[places] if len(places) else np.zeros(0)
    return Attribute(name=name, kind=Kind.LEVEL, values=values, levels=levels)


def trimmed(text: str) -> str:
    r"""Return a text without invisible characters, in usual width; "" for a word for missing.

    >>> trimmed(" Ｔｏｋｙｏ\x00 "), trimmed("NULL")
    ('Tokyo', '')
    """
    normal = unicodedata.normalize("NFKC", text)
    shown = " ".join("".join(c if c.isprintable() else " " for c in normal).split())
    return "" if shown.casefold() in ("nan", "null", "#n/a", "<na>") else shown


def _row(engine: DuckDB, sql: str) -> tuple[Any, ...]:
    (row,) = engine.execute(sql).fetchall()
    return tuple(row)


def _column(engine: DuckDB, sql: str) -> NDArray[Any]:
    import numpy as np

    values: Any = engine.execute(sql).fetchnumpy()["v"]
    plain = np.ma.getdata(values)
    if plain.dtype == object:
        return plain
    return np.where(np.ma.getmaskarray(values), np.nan, plain.astype(np.float64))
