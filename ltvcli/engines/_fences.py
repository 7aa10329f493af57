"""Columns that PostgreSQL computes once, although they are read several times.

It replaces the column of a query in FROM or WITH by its expression wherever it is read, unless this
query has an OFFSET, even of 0. Neither the result nor parallel workers are affected by it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp


def set_fences(tree: exp.Expr) -> None:
    """Add OFFSET 0 to each query whose computed columns are read several times by another."""
    from sqlglot import exp

    ends = ("group", "distinct", "having", "order", "limit", "offset")
    selects = [*tree.find_all(exp.Select)]
    for named in tree.find_all(exp.CTE, exp.Subquery):
        query = named.this
        if not isinstance(query, exp.Select) or any(query.args.get(end) for end in ends):
            continue
        computed = {
            column.alias for column in query.selects if not isinstance(_bare(column), exp.Column)
        }
        for reader in selects:
            if reader is not query and named.alias in _sources(reader):
                read = Counter(column.name for column in reader.find_all(exp.Column))
                if any(read[name] > 1 for name in computed):
                    query.offset(0, copy=False)


def _bare(column: exp.Expr) -> exp.Expr:
    """Return a selected expression without its name and casts; constants are cheap, too."""
    from sqlglot import exp

    value = column.unalias()
    while isinstance(value, exp.Cast):
        value = value.this
    return value if value.find(exp.Column) else exp.column("constant")


def _sources(select: exp.Select) -> set[str]:
    """Return the names of the tables that a query reads."""
    read = [select.args.get("from_"), *(select.args.get("joins") or [])]
    return {source.this.alias_or_name for source in read if source is not None}
