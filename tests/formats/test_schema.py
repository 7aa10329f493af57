"""Every document that --format json writes is as the published JSON Schema says."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.formats import _schema
from tests import small_examples

pytestmark = pytest.mark.sampled

ROOT = Path(__file__).parents[2]
GOLDEN = [
    path
    for path in sorted((ROOT / "tests/golden").glob("*/stdout"))
    if path.read_text("utf-8").startswith('{\n  "schema": "ltvcli/1"')
]
RUNS = [
    "calc orders.csv --cac 19 --margin 55%",
    "calc orders.csv",
    "calc subscriptions.csv --cac 450 --discount 9%",
    "calc --arpu 70 --churn 4% --cac 300",
    "calc orders.csv subscriptions.csv",
    "cohorts orders.csv --cac 19",
    "cohorts orders.csv --metric retention",
    "cohorts subscriptions.csv --metric revenue-retention",
    "segments subscriptions.csv --by plan",
    "segments orders.csv --by channel --cac 19",
    "segments orders.csv --minus --cac 19 --include-customers",
    "predict orders.csv --cac 19 --horizon 6mo --model bg-nbd",
    "predict orders.csv --horizon 6mo --include-customers --model bg-nbd",
    "predict subscriptions.csv --horizon 6mo --cac 450",
    "benchmark subscriptions.csv",
    f"history --history {ROOT}/tests/golden/history/history.db",
    "benchmark orders.csv --cac 19",
    "review orders.csv --cac 19",
    "review orders.csv --period week",
    "review orders.csv --period quarter",
    "review subscriptions.csv --by plan",
    "report monthly orders.csv --cac 19",
    "mrr subscriptions.csv",
    "mrr subscriptions.csv --by plan",
    "mrr subscriptions.csv --reconcile",
    "whatif orders.csv --aov +5 --cac 19",
    "whatif --arpu 70 --churn 4% --margin 30%",
    "audit pitch.yaml subscriptions.csv",
    "audit --claim ltv=900 --claim cac=200",
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_examples.write(tmp_path)
    monkeypatch.chdir(tmp_path)


def ltv(command: str) -> Any:
    return json.loads(answered(command))


@cache
def answered(command: str) -> str:
    """Run a command once: every test has the same files."""
    done = CliRunner().invoke(app, command.split(), prog_name="ltv")
    assert done.exit_code == 0, done.stderr
    return done.stdout


@cache
def validator(text: str) -> Any:
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def problems(schema: Any, document: Any) -> list[str]:
    found = validator(json.dumps(schema)).iter_errors(document)
    return [f"{error.json_path}: {error.message}"[:300] for error in found]


OF_GOLDEN = {json.loads(path.read_text("utf-8"))["command"] for path in GOLDEN}
USUAL = {command: run for run in reversed(RUNS) if (command := run.split()[0]) not in OF_GOLDEN}
"""The first run of each command that has no golden document; the others are slow."""


@pytest.mark.parametrize(
    "command",
    [pytest.param(run, marks=() if run in USUAL.values() else pytest.mark.slow) for run in RUNS],
)
def test_documents_are_valid(command: str) -> None:
    document = ltv(f"{command} --format json")
    name = command.split(maxsplit=1)[0]

    assert problems(ltv(f"schema {name}"), document) == []
    assert problems(closed(ltv("schema")), document) == []  # and so of the one that allows more


def closed(schema: Any) -> Any:
    """Return a schema that allows no key that it does not describe.

    Names of settings and of facts, and columns of tables, are open: `additionalProperties` says so.
    """
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        made.setdefault("additionalProperties", False)
    return made


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_golden_documents_are_valid_and_every_key_is_described(path: Path) -> None:
    assert problems(closed(_schema.schema()), json.loads(path.read_text("utf-8"))) == []


def test_a_key_that_is_not_described_is_found() -> None:
    document = json.loads(GOLDEN[0].read_text("utf-8"))
    document["provenance"]["unknown"] = 1

    assert problems(_schema.schema(), document) == []
    assert "unknown" in str(problems(closed(_schema.schema()), document))


def test_there_are_golden_documents() -> None:
    assert len(GOLDEN) >= 6


def test_wrong_documents_are_not_valid() -> None:
    schema = ltv("schema calc")
    right = ltv("calc orders.csv --cac 19 --format json")
    assert problems(schema, right) == []
    for path, value in (
        (("schema",), "ltvcli/9"),
        (("figures", "arpu", "unit"), "money"),
        (("figures", "customers", "value"), 12.5),
        (("verdict", "grade"), "splendid"),
        (("tables", "curve", 0, "customers"), 1.5),
        (("provenance", "inputs", 0, "rows_read"), "many"),
    ):
        wrong = copy.deepcopy(right)
        inside: Any = wrong
        for step in path[:-1]:
            inside = inside[step]
        inside[path[-1]] = value
        assert problems(schema, wrong), path
    for key in ("verdict", "figures", "provenance"):
        assert problems(schema, {name: right[name] for name in right if name != key}), key


def test_units_name_their_period() -> None:
    figures = ltv("calc subscriptions.csv --cac 450 --discount 9% --format json")["figures"]
    units = {key: one["unit"] for key, one in figures.items() if one}

    assert units["arpu"] == "money/month"
    assert units["churn"] == "rate/month"
    assert units["discount"] == "rate/year"
    assert units["cac"] == "money"
    claims = ltv("audit --claim churn_yearly=30% --claim mrr=9000 --format json")["tables"][
        "claims"
    ]
    assert {row["claim"]: row["unit"] for row in claims if row["claimed"]} == {
        "churn_yearly": "rate/year", "mrr": "money/month",
    }  # fmt: skip


def test_counts_are_integers() -> None:
    document = ltv("calc orders.csv --format json")

    for key in ("customers", "orders"):
        assert isinstance(document["figures"][key]["value"], int)
    claims = ltv("audit --claim customers=1653 orders.csv --format json")["tables"]["claims"]
    assert all(isinstance(row["claimed"], int) for row in claims if row["claimed"] is not None)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("cohorts orders.csv --cac 19 --margin 40%", id="cohorts"),
        pytest.param("segments orders.csv --by channel --cac 19", id="segments"),
    ],
)
def test_verdict_of_rows_is_the_worst_grade(command: str) -> None:
    document = ltv(f"{command} --format json")
    verdict = document["verdict"]
    order = ["healthy", "improvable", "caution", "danger"]
    known = [one for one in verdict["rows"].values() if one in order]

    assert verdict["grade"] == max(known, key=order.index)
    assert sum(verdict["count"].values()) == len(verdict["rows"])


@pytest.mark.parametrize(
    "command",
    [
        "whatif orders.csv --aov +5 --cac 19",
        "predict orders.csv --cac 19 --horizon 6mo",
        "audit --claim ltv=900 --claim cac=200",
        "calc orders.csv --cac 19",
    ],
)
def test_every_command_that_grades_has_a_verdict(command: str) -> None:
    verdict = ltv(f"{command} --format json")["verdict"]

    assert verdict["grade"]
    assert verdict["says"]


def test_nothing_graded_has_no_verdict() -> None:
    assert ltv("cohorts orders.csv --format json")["verdict"] is None
    assert ltv("segments orders.csv --by channel --format json")["verdict"] is None
