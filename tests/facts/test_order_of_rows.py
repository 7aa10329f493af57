"""No figure depends on the order in which threads pass on rows.

Reals are added up in that order, and (a + b) + c is not a + (b + c) in the last digits. So sums are
those of whole numbers and decimals, or of reals in a stated order. DuckDB shows the types that a
query adds up in its plan; these runs of commands make every query with a sum known to it.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb as library
import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from tests.effort import family

GOLDEN = Path(__file__).parents[1] / "golden"
RUNS = (
    "scorecard", "audit-spend", "benchmark-of-orders", "bonus", "calc-subscriptions", "check",
    "cohorts-subscriptions", "experiment", "experiment-orders", "experiment-plan", "mrr-by-plan",
    "predict", "predict-subscriptions", "report-board", "report-investor-md", "review",
    "review-of-subscriptions", "review-week-of-subscriptions", "risk-calls-of-subscriptions",
    "risk-events", "scorecard-of-orders", "segments-minus", "segments-spend", "together",
)  # fmt: skip
ADDED_UP = re.compile(
    "sum|fsum|kahan_sum|avg|favg|product|stddev|stddev_.*|var_.*|variance|sem|skewness|kurtosis"
    "|kurtosis_pop|corr|covar_.*|regr_.*|geomean"
)
REALS = {"DOUBLE", "FLOAT"}
SELECTED = re.compile(
    r"create (?:or replace )?(?:temp )?(?:table|view) \w+ as\b(.*)"
    r"|insert into \w+ (?:\([^)]*\) )?(?=select|with)(.*)|copy \((.*)\) to '[^']*' .*",
    re.DOTALL,
)
NO_PLAN = "does not support serialization|not implemented"
"""Of a read file DuckDB gives no plan; such a query stores its rows, and others add them up."""


def sums_of_reals(connection: Any, sql: str, parameters: Any = ()) -> list[str]:
    """Return the functions of a query that add up reals in the order in which rows come."""
    named = parameters if isinstance(parameters, Mapping) else dict(enumerate(parameters, 1))
    text = re.sub(r"^(\s*--[^\n]*\n)+", "", sql).strip().rstrip(";")
    if match := SELECTED.fullmatch(text):
        text = next(filter(None, match.groups()))
    elif not text.startswith(("select", "with", "from")):
        return []
    filled = re.sub(
        r"\$(\w+)", lambda m: literal(named[int(m[1]) if m[1].isdigit() else m[1]]), text
    )
    shown = connection.execute(f"select json_serialize_plan({literal(filled)})").fetchone()
    document = json.loads(shown[0])
    if document["error"]:
        assert re.search(NO_PLAN, document["error_message"]), (document, text)
        return []
    return [
        node["qname"]["path"][-1]
        for node in nodes(document["plans"])
        if node.get("expression_class") == "BOUND_AGGREGATE"
        and ADDED_UP.fullmatch(node["qname"]["path"][-1])
        and REALS & {argument["id"] for argument in node["arguments"]}
        and not node.get("order_bys")
    ]


def literal(value: Any) -> str:
    """Write a parameter as SQL."""
    if value is None or isinstance(value, bool | int | float | Decimal):
        return "null" if value is None else str(value)
    if isinstance(value, date):
        return f"date '{value:%Y-%m-%d}'"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{literal(k)}: {literal(v)}' for k, v in value.items())}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(literal, value))}]"
    quoted = str(value).replace("'", "''")
    return f"'{quoted}'"


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a plan."""
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for each in tree:
            yield from nodes(each)


class Watched:
    """A connection that notes the sums of reals in what it executes."""

    def __init__(self, connection: Any, seen: dict[str, list[str]]) -> None:
        self._connection, self._seen = connection, seen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, statement: Any, parameters: Any = None) -> Any:
        sql = statement if isinstance(statement, str) else statement.query
        if sql not in self._seen:
            self._seen[sql] = sums_of_reals(self._connection, sql, parameters or ())
        return self._connection.execute(statement, parameters)


@pytest.fixture
def seen(own_database: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Return a table that is filled with the sums of reals of each query of a run."""
    seen: dict[str, list[str]] = {}
    connect = library.connect
    monkeypatch.setattr(library, "connect", lambda *args: Watched(connect(*args), seen))
    return seen


@pytest.mark.parametrize("name", family(RUNS))
def test_no_sum_depends_on_the_order_of_rows(
    name: str, seen: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, *typed = shlex.split((GOLDEN / name / "command").read_text("utf-8"))
    monkeypatch.chdir(GOLDEN / name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    run = CliRunner().invoke(app, typed, prog_name="ltv")

    assert run.exit_code == int((GOLDEN / name / "exit-code").read_text("utf-8")), run.output
    assert seen
    assert {sql: sums for sql, sums in seen.items() if sums} == {}


@pytest.mark.parametrize(
    ("sql", "sums"),
    [
        ("select sum(r), avg(r) from t", ["sum", "avg"]),
        ("-- sums\nselect sum(cast(d as real)) from t where d::text <> '--'", ["sum"]),
        ("create or replace temp table u as select corr(r, d) as c from t", ["corr"]),
        ("insert into t (r) with s as (select sem(r) as r from t) select r from s", ["sem"]),
        ("copy (select sum(r / 3) from t where r > $least) to '/tmp/r.csv' (format csv)", ["sum"]),
        ("select sum(r order by r), sum(d), avg(d), sum(k), max(r), sum(d * k) from t", []),
        ("update t set r = 1", []),
    ],
)  # fmt: skip
def test_sums_of_reals_are_noticed(sql: str, sums: list[str]) -> None:
    with library.connect() as connection:
        connection.execute("create table t (k integer, d decimal(18, 4), r double)")
        assert sums_of_reals(connection, sql, {"least": 1}) == sums
