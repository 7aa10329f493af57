"""Columns of words stored as small numbers, so that a long file is read once and not twice.

The words of records all over the file get their numbers before it is read. Words that only other
records have are stored beside them as texts, and get the next numbers afterwards.

| cell     | `word_c8` | `other_c8` | afterwards           |
| active   | 0         |            |                      |
| canceled | 1         |            |                      |
| past due |           | past due   | `word_c8` is now 2   |
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions.columns import Meaning
from ltvcli.read.subscriptions.fields import Numbered, Query
from ltvcli.read.subscriptions.states import state_of, state_role
from ltvcli.read.subscriptions.texts import FEW, WORDS, Texts, cells_of_words
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

LONG = 100_000
"""Records from which a file is read once only: a shorter one takes little time."""
_MOST = 250  # texts of a column, whose numbers fit into one byte
_SAMPLES = 200
_BY_WORDS = ("status", "months", "days")
_OF_CELLS = re.compile(r"\bc\d+\b|\$|\b(number|day)_of_")
_EXCLUDED = ("test", "not-a-sale")
"""States that exclude a row: the reason is stored, and would have to be stored again."""


def samples(sheet: Sheet) -> list[list[str]]:
    """Return the cells of records all over a long file; none of a short one."""
    if sheet.records is None or sheet.records.count < LONG:
        return []
    records = (sheet.records.cells(text) for _, text in sheet.records.samples(_SAMPLES))
    return [cells for cells in records if len(cells) == len(sheet.header)]


def number(samples: Sequence[Sequence[str]], meaning: Meaning, query: Query) -> Texts:
    """Give the words of some records their numbers; return the words, without counts.

    Args:
        samples: cells of the records.
        meaning: what the columns of the sheet mean.
        query: gets the numbers; none where a row is no subscription.
    """
    if not samples or meaning.shape != "spans":
        return {}
    for cell in cells_of_words(query):
        place = int(cell.removeprefix("c"))
        seen = dict.fromkeys(cells[place] for cells in samples)
        texts = [text for text in seen if text.strip(" ")]
        name = f"word_{cell}"
        query.numbered[cell] = Numbered(name=name, texts=texts)
        if len(texts) <= FEW:
            query.values |= {f"{name}_{n}": text for n, text in enumerate(texts)}
            cases = " ".join(f"when {cell} = ${name}_{n} then {n}" for n in range(len(texts)))
            place_sql = f"case {cases} end" if cases else "null"
        else:
            query.values[name] = texts
            place_sql = f"nullif(list_position(${name}, {cell}), 0) - 1"
        query.cells[name] = f"({place_sql})::utinyint"
    return {
        role: [(text, 0) for text in query.numbered[query.cell[role]].texts]
        for role in WORDS
        if role in query.cell
    }


def fields(query: Query) -> dict[str, str]:
    """Return SQL of the numbers, and of the texts without one, to be stored."""
    stored = {}
    for cell, known in query.numbered.items():
        stored[known.name] = known.name
        stored[_other(cell)] = (
            f"case when {known.name} is not null or {cell} is null then null "
            f"when not is_blank({cell}) then {cell} end"
        )
    return stored


def made(query: Query) -> dict[str, str]:
    """Return SQL of the fields that the numbers alone decide."""
    names = [known.name for known in query.numbered.values()]
    by_words = {name: sql for name, sql in query.fields.items() if name in _BY_WORDS}
    return {
        name: sql
        for name, sql in by_words.items()
        if any(known in sql for known in names) and not _OF_CELLS.search(sql)
    }


def complete(
    engine: DuckDB, table: str, meaning: Meaning, settings: ReadingSettings, query: Query
) -> Texts | None:
    """Number the remaining words of a stored sheet; return all words with their rows.

    Return None where these words change more than what is made from numbers: then the sheet has to
    be stored again.

    Args:
        engine: holds the table.
        table: of the sheet.
        meaning: what its columns mean.
        settings: meanings of words, as typed.
        query: that filled the table; gets the numbers.
    """
    counted = {}
    for cell, known in query.numbered.items():
        unnumbered = _others(engine, table, cell)
        texts = [*known.texts, *unnumbered]
        if unnumbered:
            if len(texts) > _MOST or not _is_made(cell, unnumbered, meaning, settings, query):
                return None
            place = f"list_position($unnumbered, {_other(cell)}) - 1"
            engine.execute(
                f"update {table} set {known.name} = {len(known.texts)} + {place} "
                f"where {_other(cell)} is not null",
                {"unnumbered": unnumbered},
            )
            query.late.add(cell)
        query.numbered[cell] = Numbered(name=known.name, texts=texts)
        rows = engine.execute(
            f"select {known.name}, count(*) from {table} where {known.name} is not null group by 1"
        ).fetchall()
        counts = [(texts[place], count) for place, count in rows]
        counted[cell] = sorted(counts, key=lambda text: (-text[1], text[0].encode()))
    return {role: counted[query.cell[role]] for role in WORDS if role in query.cell}


def _other(cell: str) -> str:
    return f"other_{cell}"


def _others(engine: DuckDB, table: str, cell: str) -> list[str]:
    """List the texts without a number, one more than there may be at most."""
    query = f"select distinct {_other(cell)} as text from {table} where text is not null"
    rows = engine.execute(f"{query} order by text limit {_MOST + 1}").fetchall()
    return [text for (text,) in rows]


def _is_made(
    cell: str, unnumbered: Sequence[str], meaning: Meaning, settings: ReadingSettings, query: Query
) -> bool:
    """Return whether all that depends on some words is made from their numbers.

    Args:
        cell: of the words.
        unnumbered: the words.
        meaning: what the columns mean.
        settings: meanings of words, as typed.
        query: that filled the table.
    """
    by_words = made(query)
    if cell == query.cell.get("interval") and not {"months", "days"} <= by_words.keys():
        return False
    role = state_role(meaning, query)
    if role is None or cell != query.cell[role]:
        return True
    states = {state_of(text, role, meaning, settings) for text in unnumbered}
    return "status" in by_words and states.isdisjoint(_EXCLUDED)
