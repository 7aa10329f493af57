"""Texts in columns of words: each different one is read once in Python; SQL then compares."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ltvcli.read.columns.status_decisions import Decided
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions.fields import Query

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_MOST = 1000  # a column with more different texts does not hold such words
WORDS = ("status", "churned", "interval")
"""Roles whose cells hold words."""
FEW = 3  # texts that are compared one by one faster than as a list
Texts = dict[str, list[tuple[str, int]]]


def words_of(header: str) -> str:
    """Fold a header into words separated by single spaces."""
    return re.sub(r"[\s_.-]+", " ", header).casefold()


def all_match(texts: Collection[str], test: Any) -> bool:
    """Return whether there are texts and all of them pass a test."""
    return bool(texts) and all(test(text) for text in texts)


def different_texts(engine: DuckDB, sheet: Sheet, query: Query) -> Texts:
    """List the different texts of the columns of words with their rows, the most frequent first.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        query: knows which columns are read.
    """
    cells = cells_of_words(query)
    if not cells:
        return {}
    source, parameters = scan.relation(sheet)
    places = " ".join(f"when grouping({cell}) = 0 then {n}" for n, cell in enumerate(cells))
    counted = engine.execute(
        f"""
        select place, text, count
        from (
            select case {places} end as place, coalesce({", ".join(cells)}) as text,
                count(*) as count,
                row_number() over (partition by place order by count desc, text) as rank
            from {source} group by grouping sets (({"), (".join(cells)}))
            having not is_blank(text)
        )
        where rank <= {_MOST} order by place, rank
        """,
        parameters,
    ).fetchall()
    of_cell = {
        cell: [(text, count) for at, text, count in counted if at == place]
        for place, cell in enumerate(cells)
    }
    return {role: of_cell[query.cell[role]] for role in WORDS if role in query.cell}


def cells_of_words(query: Query) -> list[str]:
    """List the columns of words, each once."""
    return list(dict.fromkeys(query.cell[role] for role in WORDS if role in query.cell))


def case(query: Query, cell: str, name: str, groups: Mapping[str, Sequence[str]]) -> str:
    """Write the SQL of a result for each group of texts; NULL for other texts.

    Args:
        query: gets the texts as parameters, unless the cell is known by a number.
        cell: SQL of the cell.
        name: what the parameters begin with.
        groups: SQL of a result to its texts.
    """
    cases = []
    numbered = query.numbered.get(cell)
    for number, (result, texts) in enumerate(groups.items()):
        if numbered is not None:
            numbers = ", ".join(str(numbered.texts.index(text)) for text in texts)
            cases.append(f"when {numbered.name} in ({numbers}) then {result}")
            continue
        named = {f"{name}{number}_{n}": text for n, text in enumerate(texts)}
        if len(named) <= FEW:
            query.values |= named
            cases.append(f"when {cell} in (${', $'.join(named)}) then {result}")
        else:
            query.values[f"{name}{number}"] = list(texts)
            cases.append(f"when list_position(${name}{number}, {cell}) > 0 then {result}")
    return f"case {' '.join(cases)} end"


def tests_for(query: Query, decided: Sequence[Decided], meaning: str) -> list[str]:
    """Write the tests for rows with some values in a column.

    Args:
        query: gets the words as parameters.
        decided: what the words of status columns do.
        meaning: what a column says of the rows to find, such as `cancelled`.
    """
    tests = []
    for column in decided:
        texts = [word.text for word in column.words if word.meaning == meaning]
        if not texts:
            continue
        cell = column.watched.cell(column.number, query.values)
        if column.watched.status.kind == "date":
            tests.append(f"{cell} is not null")
        else:
            name = f"words{len(query.values)}"
            query.values[name] = texts
            tests.append(f"coalesce(list_position(${name}, {cell}) > 0, false)")
    return tests
