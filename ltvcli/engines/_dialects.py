"""Translate our SQL to the dialects of other engines.

Our queries are DuckDB's SQL in a subset that means the same everywhere; SQLGlot writes the
dialects. What it would write without a word although it means something else is refused here, so
that a query that is not portable never runs:

* percentile functions, which become approximations; and `unnest`, which pairs in one engine what it
  crosses in another;
* division, unless the dividend is cast to DOUBLE: other engines divide whole numbers, or decimals;
* `round` and `avg`, whose digits differ; `* replace`; changes of a table in place.

Every query is run in PostgreSQL, Sail and Spark by tests/engines/test_conformance.py, which wants
DuckDB's answers to the last bit. BigQuery, Databricks, Redshift and Snowflake are written and read
back by SQLGlot, and are not run.

A cast of a DOUBLE to a DECIMAL is written `cast(cast(x as double) as decimal(p, s))`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from ltvcli.choices import Dialect
from ltvcli.engines._fences import set_fences
from ltvcli.engines._own_functions import FUNCTIONS, decimal_of
from ltvcli.errors import InternalError

if TYPE_CHECKING:
    from sqlglot import exp

_DAYS = {
    "day", "first", "last", "first_order", "last_order", "first_row", "earliest", "latest",
    "next_day", "late_day", "second_day",
}  # fmt: skip


class Statement(Struct, frozen=True, kw_only=True):
    """One statement of a query file: create a table or a view, drop it, or select.

    `name` is that of the table or view; `query` selects.
    """

    kind: Literal["table", "view", "drop", "select"]
    name: str = ""
    query: exp.Expr | None = None


def translate(sql: str, dialect: Dialect, parameters: Mapping[str, Any] | None = None) -> str:
    """Return our SQL in another dialect, with the values of parameters in it.

    Args:
        sql: one or more statements in the portable subset of DuckDB's SQL.
        dialect: to write.
        parameters: values that the statements name.

    Raises:
        InternalError: the SQL is not portable, or a value is missing.

    >>> translate("select days_between(first, $as_of) from customers", "spark", {"as_of": 1})
    'SELECT DATEDIFF(1, first) FROM customers'
    """
    written = []
    for statement in statements(sql):
        if statement.kind == "drop":
            written.append(f"DROP {'VIEW' if dialect == 'spark' else 'TABLE'} {statement.name}")
            continue
        assert statement.query is not None
        query = write(statement.query, dialect, parameters)
        if statement.kind == "select":
            written.append(query)
        elif statement.kind == "view" or dialect in ("spark", "databricks"):
            written.append(f"CREATE OR REPLACE TEMPORARY VIEW {statement.name} AS {query}")
        else:
            written.append(f"CREATE TEMPORARY TABLE {statement.name} AS {query}")
    return ";\n".join(written)


@cache
def statements(sql: str) -> tuple[Statement, ...]:
    """Parse SQL, and refuse what is not portable.

    Raises:
        InternalError: it is not portable.
    """
    import sqlglot
    from sqlglot import exp

    parsed = []
    for tree in sqlglot.parse(sql, read="duckdb"):
        if isinstance(tree, exp.Drop):
            (table,) = tree.args["tables"]
            parsed.append(Statement(kind="drop", name=table.name))
        elif isinstance(tree, exp.Create) and isinstance(tree.expression, exp.Query):
            kind: Literal["table", "view"] = "view" if tree.kind == "VIEW" else "table"
            parsed.append(Statement(kind=kind, name=tree.this.name, query=tree.expression))
        elif isinstance(tree, exp.Query):
            parsed.append(Statement(kind="select", query=tree))
        elif tree is not None:
            raise InternalError(what=f"not portable: {tree.sql('duckdb')[:80]}")
    for statement in parsed:
        if statement.query:
            _refuse(statement.query)
    return tuple(parsed)


def write(
    query: exp.Expr,
    dialect: Dialect,
    parameters: Mapping[str, Any] | None = None,
    tables: Mapping[str, str] | None = None,
    *,
    pretty: bool = False,
) -> str:
    """Return a query in a dialect.

    Args:
        query: parsed by `statements`.
        dialect: to write.
        parameters: values that it names.
        tables: what a table of ours is called in the engine, by our name. A table with a schema, or
            in quotes, is one of the user's.
        pretty: in many lines.

    Raises:
        InternalError: a value is missing, or cannot be written.
    """
    from sqlglot import ErrorLevel
    from sqlglot.errors import UnsupportedError

    tree = query.copy()
    _set_values(tree, parameters or {})
    _set_functions(tree, dialect)
    if dialect == "postgres":
        set_fences(tree)
    if tables:
        _set_tables(tree, tables, dialect)
    try:
        return tree.sql(dialect, unsupported_level=ErrorLevel.RAISE, pretty=pretty, copy=False)
    except UnsupportedError as error:
        raise InternalError(what=f"not portable to {dialect}: {error}") from None


def _set_values(tree: exp.Expr, parameters: Mapping[str, Any]) -> None:
    """Replace parameters by their values."""
    from sqlglot import exp

    for placeholder in [*tree.find_all(exp.Placeholder, exp.Parameter)]:
        if placeholder.name not in parameters:
            raise InternalError(what=f"no value for ${placeholder.name}")
        value = parameters[placeholder.name]
        is_sql = isinstance(value, exp.Expression)
        placeholder.replace(value.copy() if is_sql else literal(value))


def _set_functions(tree: exp.Expr, dialect: Dialect) -> None:
    """Translate functions that SQLGlot does not, the innermost first."""
    from sqlglot import exp

    for cast in reversed([*tree.find_all(exp.Cast)] if dialect != "duckdb" else []):
        if _is_decimal(cast) and _is_double(cast.this):
            digits, scale = (int(parameter.name) for parameter in cast.to.expressions)
            cast.replace(decimal_of(cast.this, digits, scale))
    for call in reversed([*tree.find_all(exp.Anonymous)]):
        if call.name.lower() in FUNCTIONS:
            call.replace(FUNCTIONS[call.name.lower()](call.expressions, dialect))
    if dialect == "bigquery":
        _set_bigquery(tree)


def _set_bigquery(tree: exp.Expr) -> None:
    """Write 0.5 as NUMERIC, which is a float in BigQuery, and NULLs last in windows, as a key."""
    from sqlglot import exp

    for number in [*tree.find_all(exp.Literal)]:
        if not number.is_string and "." in number.name:
            number.replace(exp.cast(exp.Literal.string(number.name), "decimal"))
    for order in [
        order for window in tree.find_all(exp.Window) if (order := window.args.get("order"))
    ]:
        keys = []
        for key in order.expressions:
            if not key.args.get("desc"):
                is_null = exp.Is(this=key.this.copy(), expression=exp.Null())
                keys.append(exp.Ordered(this=is_null, nulls_first=True))
                key.set("nulls_first", True)
            keys.append(key)
        order.set("expressions", keys)


def _set_tables(tree: exp.Expr, tables: Mapping[str, str], dialect: Dialect) -> None:
    """Replace table names by their names in the engine."""
    from sqlglot import exp

    inside = {named.alias for named in tree.find_all(exp.CTE)}
    for table in [*tree.find_all(exp.Table)]:
        if table.name in tables.keys() - inside and not table.db and not table.this.quoted:
            placed = exp.to_table(tables[table.name], dialect=dialect)
            table.replace(exp.alias_(placed, table.alias or table.name, table=True))


def literal(value: Any) -> exp.Expr:
    """Return a value as a constant that has its type in every engine.

    Raises:
        InternalError: no constant has its type.
    """
    from sqlglot import exp

    if isinstance(value, bool | None):
        return exp.convert(value)
    if isinstance(value, int):
        number = exp.Literal.number(abs(value))
        return exp.Paren(this=exp.Neg(this=number)) if value < 0 else number
    if isinstance(value, str):
        return exp.Literal.string(value)
    text, kind = _typed(value)
    return exp.cast(exp.Literal.string(text), kind)


def _typed(value: Any) -> tuple[str, str]:
    """Return a value as text, and the type to cast it to."""
    if isinstance(value, date):
        return value.isoformat(), "date"
    if isinstance(value, float):
        return repr(value), "double"
    if isinstance(value, Decimal):
        scale = max(-int(value.as_tuple().exponent), 0)
        return f"{value:f}", f"decimal(38, {scale})"
    raise InternalError(what=f"no constant of type {type(value).__name__}")


def _is_double(node: exp.Expr) -> bool:
    from sqlglot import exp

    return isinstance(node, exp.Cast) and node.to.is_type("double")


def _is_decimal(node: exp.Expr) -> bool:
    from sqlglot import exp

    return isinstance(node, exp.Cast) and node.to.is_type("decimal")


def _refuse(tree: exp.Expr) -> None:
    """Refuse SQL that another engine would interpret differently."""
    from sqlglot import exp

    unlike = (
        exp.PercentileDisc, exp.PercentileCont, exp.Quantile, exp.ApproxQuantile, exp.Median,
        exp.Mode, exp.Explode, exp.Unnest, exp.Round, exp.Avg, exp.First, exp.Last, exp.AnyValue,
        exp.ArgMax, exp.ArgMin, exp.TryCast, exp.Qualify, exp.RegexpLike, exp.RegexpFullMatch,
        exp.IntDiv, exp.Lateral, exp.Limit,
    )  # fmt: skip
    for node in tree.walk():
        refused = isinstance(node, unlike) and not _is_safe_limit(node)
        refused |= isinstance(node, exp.Star) and bool(
            node.args.get("replace") or node.args.get("except_") or node.args.get("rename")
        )
        refused |= isinstance(node, exp.Div) and not _is_double(node.this)
        refused |= isinstance(node, exp.Sub) and any(
            side.name in _DAYS or side.name == "as_of" for side in (node.this, node.expression)
        )
        refused |= isinstance(node, exp.Anonymous) and node.name.lower() not in FUNCTIONS
        if refused:
            raise InternalError(what=f"not portable: {node.sql('duckdb')[:80]}")


def _is_safe_limit(node: exp.Expr) -> bool:
    """Return whether a limit belongs to a query with an order, or of any rows.

    A query in FROM is called `some_rows` if it does not matter which rows it gives.
    """
    from sqlglot import exp

    parent = node.parent
    if not isinstance(node, exp.Limit) or parent is None:
        return False
    is_any = isinstance(parent.parent, exp.Subquery) and parent.parent.alias == "some_rows"
    return is_any or bool(parent.args.get("order"))
