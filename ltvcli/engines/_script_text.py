"""A script of statements in the dialect of a database, to be run there.

Every result goes to a file of its own. DuckDB, PostgreSQL (by psql) and Spark write the files
themselves; elsewhere a comment names the file. What the script creates has names that begin with
`ltv_`, and is dropped at its end.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from ltvcli.choices import Dialect
from ltvcli.engines._dialects import literal, statements, write
from ltvcli.engines._portable import exact_sums
from ltvcli.engines._results import MANIFEST, MARK, ROW, ROWS, RUN
from ltvcli.engines.scripted import CONDITION, CREATED, Later, Step
from ltvcli.errors import InternalError, WhereError
from ltvcli.language import N_, Marked

if TYPE_CHECKING:
    from sqlglot import exp

FOLDER = "facts"
"""Folder of the results."""
_OF_RUN = "ltv_run"
_DROPPED = re.compile(r"drop (?:table|view) (\w+)", re.I)
_TYPES = {
    "integer": "integer",
    "bigint": "bigint",
    "double": "double",
    "text": "varchar",
    "date": "date",
}
_BEGIN: Mapping[str, str] = {
    "duckdb": "SET TimeZone = 'UTC';",
    "postgres": (
        "\\set ON_ERROR_STOP on\n\\! mkdir -p {folder}\n\\pset format csv\n\\pset null ''\n"
        "\\pset tuples_only off\nSET timezone = 'UTC';\nSET extra_float_digits = 1;"
    ),
    "spark": "SET TIME ZONE 'UTC';\nSET spark.sql.ansi.enabled = true;",
    "databricks": "SET TIME ZONE 'UTC';\nSET ANSI_MODE = true;",
    "snowflake": "ALTER SESSION SET TIMEZONE = 'UTC';",
    "redshift": "SET timezone TO 'UTC';",
}
_RUN = "select 1 as one, cast(current_timestamp as varchar) as run, current_date as today"


def text(
    steps: Sequence[Step],
    dialect: Dialect,
    manifest: Mapping[str, Any],
    title: str,
    where: str | None = None,
) -> str:
    """Return a script.

    Args:
        steps: its statements.
        dialect: of the database.
        manifest: what the results are of.
        title: first line.
        where: condition on the rows, in the dialect, which is written as it is.

    Raises:
        WhereError: it is no condition in the dialect.
    """
    if where:
        _check_condition(where, dialect)
        return text(steps, dialect, manifest, title).replace(CONDITION, f"({where}\n)")
    files = [*dict.fromkeys(step.file for step in steps if step.file)]
    described = json.dumps({**manifest, "files": files}, ensure_ascii=False, sort_keys=True)
    about = Step(
        kind="ask", sql=f"select {_quoted(described)} as manifest",
        file=MANIFEST, names=("manifest",), kinds=("other",),
    )  # fmt: skip
    of_engines: dict[int, dict[str, str]] = defaultdict(lambda: {_OF_RUN: _OF_RUN})
    made: list[str] = []
    parts = [_head(dialect, title, len(files) + 1), _created(_OF_RUN, _RUN, {}, dialect, {})]
    asked = set()
    for step in chain([about], steps):
        if not step.file or step.file not in asked:
            parts += _written(step, dialect, of_engines[step.engine], made)
        asked.add(step.file)
    dropped = [f"DROP TABLE {name};" for name in (*reversed(made), _OF_RUN)]
    return "\n\n".join([*parts, "\n".join(dropped)]) + "\n"


def _check_condition(where: str, dialect: Dialect) -> None:
    """Read a condition in a dialect.

    Raises:
        WhereError: it is none.
    """
    from sqlglot import exp, parse
    from sqlglot.errors import SqlglotError

    try:
        trees = parse(f"select 1 from t where ({where}\n)", read=dialect)
    except SqlglotError as error:
        because = str(error).splitlines()[0].partition(". Line")[0]
        raise WhereError(text=where, because=because) from None
    if len(trees) != 1 or not isinstance(trees[0], exp.Select):
        raise WhereError(text=where, because=Marked(N_("it is not one condition")))


def _head(dialect: Dialect, title: str, count: int) -> str:
    saved = {
        "duckdb": f"It writes {count} files into the folder {FOLDER}, which must exist.",
        "postgres": f"psql writes {count} files into the folder {FOLDER}.",
        "spark": f"It writes {count} results into the folder {FOLDER}, each a folder of parts.",
    }.get(dialect, f"Save each of the {count} results with its header as the file that is named.")
    lines = [
        f"-- {title}",
        "-- The table is only read. What leaves the database are sums, names of segments, words of",
        "-- status columns, and an example of each kind of cell that cannot be read for certain.",
        f"-- {saved}",
    ]
    return "\n".join([*lines, "", _BEGIN.get(dialect, "").format(folder=FOLDER)]).rstrip()


def _written(
    step: Step, dialect: Dialect, tables: dict[str, str], made: list[str]
) -> Iterator[str]:
    """Write a statement.

    Args:
        step: the statement.
        dialect: to write.
        tables: names in the script by our own; changed by what is created or dropped.
        made: gets the names of what is created.
    """
    if step.file:
        yield _asked(step, dialect, tables)
        return
    if match := _DROPPED.fullmatch(step.sql):
        tables.pop(match[1])
        return
    if step.kind == "fill":
        name, query = step.name, _values(step.values)
    elif match := CREATED.fullmatch(_without_comments(step.sql)):
        name, query = match[1], match[2]
    else:
        raise InternalError(what=f"not in a script: {step.sql[:80]}")
    again = sum(1 for known in made if re.fullmatch(rf"ltv_{name}(_\d+)?", known))
    placed = f"ltv_{name}" + (f"_{again + 1}" if again else "")
    values = {} if step.kind == "fill" else step.values
    yield _created(placed, query, values, dialect, tables)
    tables[name] = placed
    made.append(placed)


def _created(
    name: str, query: str, values: Mapping[str, Any], dialect: Dialect, tables: Mapping[str, str]
) -> str:
    """Write the statement that creates a table of a query in our SQL."""
    written = _query(query, values, dialect, tables)
    begin = {
        "duckdb": f"CREATE OR REPLACE TEMPORARY TABLE {name} AS",
        "spark": f"CREATE TABLE {name} USING PARQUET AS",
        "databricks": f"CREATE TABLE {name} AS",
    }.get(dialect, f"CREATE TEMPORARY TABLE {name} AS")
    after = f"\nANALYZE {name};" if dialect == "postgres" else ""
    return f"{begin}\n{written};{after}"


def _asked(step: Step, dialect: Dialect, tables: Mapping[str, str]) -> str:
    """Write a query, and where its result is saved."""
    sql = _numbered(step) if step.kind == "ask" else _header(step)
    query = _query(sql, step.values, dialect, tables)
    file = f"{FOLDER}/{step.file}.csv"
    if dialect == "duckdb":
        return f"COPY (\n{query}\n) TO '{file}' (FORMAT csv, HEADER);"
    if dialect == "postgres":
        return f"\\o {file}\n{query};\n\\o"
    if dialect == "spark":
        folder = file.removesuffix(".csv")
        return f"INSERT OVERWRITE DIRECTORY '{folder}' USING PARQUET\n{query};"
    return f"-- Save the result as {file}\n{query};"


def _numbered(step: Step) -> str:
    """Return a query whose rows also contain the run, the number of rows, and a row number."""
    sql, order, within = _ordered(step)
    columns = [
        (f"'{MARK}' || " if kind == "other" else "") + f"answered.{name} as {name}"
        for name, kind in zip(step.names, step.kinds, strict=True)
    ]
    number = within or f"row_number() over (order by {', '.join(order)})"
    inner = ", ".join(
        [*step.names, "1 as one", f"count(*) over () as {ROWS}", f"{number} as {ROW}"]
    )
    run = f"'{MARK}' || ltv_run.run as {RUN}"
    counts = f"coalesce(answered.{ROWS}, 0) as {ROWS}, answered.{ROW} as {ROW}"
    return (
        f"select {', '.join([run, counts, *columns])} from {_OF_RUN} left join "
        f"(select {inner} from ({sql}) as asked) as answered on answered.one = ltv_run.one "
        f"order by {ROW}"
    )


def _header(step: Step) -> str:
    """Return a query with the columns of the table and one row, in which all of them are NULL.

    Some databases write no file for a result without rows.
    """
    return (
        f"select '{MARK}' || ltv_run.run as {RUN}, described.* from {_OF_RUN} "
        f"left join ({step.sql}) as described on described.ltv_one = ltv_run.one"
    )


def _ordered(step: Step) -> tuple[str, list[str], str]:
    """Return a query, the columns that its rows are ordered by, or the one with their number."""
    from sqlglot import exp

    (statement,) = statements(step.sql)
    tree: Any = exact_sums(statement)[0].copy()
    ordered = tree.args.get("order")
    names = list(step.names)
    if ordered is None:
        return tree.sql("duckdb"), names, ""
    keys = []
    for key in ordered.expressions:
        place = key.this
        if isinstance(place, exp.Literal) and not place.is_string:
            place = exp.column(names[int(place.name) - 1])
        keys.append((place, bool(key.args.get("desc"))))
    if not tree.args.get("limit"):
        tree.set("order", None)
    if all(isinstance(place, exp.Column) and place.name in names for place, _ in keys):
        order = [f"{place.name}{' desc' if down else ''}" for place, down in keys]
        return tree.sql("duckdb"), order, ""
    within = ", ".join(f"{place.sql('duckdb')}{' desc' if down else ''}" for place, down in keys)
    tree = tree.select(f"row_number() over (order by {within}) as {ROW}", dialect="duckdb")
    return tree.sql("duckdb"), [], ROW


def _query(sql: str, values: Mapping[str, Any], dialect: Dialect, tables: Mapping[str, str]) -> str:
    """Write a query in our SQL in a dialect, one part a line."""
    from sqlglot import parse_one

    (statement,) = statements(sql)
    tree, _ = exact_sums(statement)
    if dialect in ("postgres", "snowflake"):
        tree = tree.copy()
    if dialect == "postgres":
        _order_by_bytes(tree)
    if dialect == "snowflake":
        _unquote(tree)
    given = {
        name: parse_one(f"(select {value.column} from {value.table})", read="duckdb")
        if isinstance(value, Later)
        else value
        for name, value in values.items()
    }
    return write(tree, dialect, given, tables, pretty=True)


def _order_by_bytes(tree: exp.Expr) -> None:
    """Let PostgreSQL compare text by bytes, as all other databases do."""
    from sqlglot import exp

    for cast in [*tree.find_all(exp.Cast)]:
        if cast.to.is_type("varchar", "text") and not isinstance(cast.parent, exp.Collate):
            by_bytes = exp.Collate(this=cast.copy(), expression=exp.to_identifier("C", quoted=True))
            cast.replace(by_bytes)


def _unquote(tree: exp.Expr) -> None:
    """Write plain names in lower case without quotes, within which Snowflake minds the case."""
    from sqlglot import exp

    for name in tree.find_all(exp.Identifier):
        if name.args.get("quoted") and re.fullmatch("[a-z_][a-z0-9_]*", name.name):
            name.set("quoted", False)


def _values(columns: Mapping[str, tuple[str, Sequence[Any]]]) -> str:
    """Return a query in our SQL that gives values; a short column is filled with NULL."""
    rows = max((len(values) for _, values in columns.values()), default=0)
    types = [_TYPES[kind] for kind, _ in columns.values()]
    if not rows:
        nothing = ", ".join(
            f"cast(null as {kind}) as {name}" for name, kind in zip(columns, types, strict=True)
        )
        return f"select {nothing} where 1 = 0"
    padded = [[*values, *[None] * (rows - len(values))] for _, values in columns.values()]
    lines = (
        "select "
        + ", ".join(
            f"cast({literal(value).sql('duckdb')} as {kind}) as {name}"
            for name, kind, value in zip(columns, types, row, strict=True)
        )
        for row in zip(*padded, strict=True)
    )
    return " union all ".join(lines)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _without_comments(sql: str) -> str:
    return re.sub(r"^\s*(?:--[^\n]*\n\s*)+", "", sql)
