"""Intervals that are written as a number, beside a period or alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app

pytestmark = pytest.mark.sampled

ROWS = "k1,2025-01-10,,{plain},10\nk2,2025-01-10,,{three},30\n"


def mrr(folder: Path, header: str, rows: str, *options: str) -> Any:
    path = folder / "plans.csv"
    path.write_text(f"{header}\n{rows}", "utf-8")
    done = CliRunner().invoke(app, ["mrr", str(path), "--format", "json", *options])
    return json.loads(done.stdout if done.exit_code == 0 else done.stderr)


@pytest.mark.parametrize("number", ["3", "3.0", "3.00", "3,0"])
def test_number_beside_a_period_is_read_however_it_is_written(tmp_path: Path, number: str) -> None:
    rows = ROWS.format(plain="month,1", three=f'month,"{number}"')
    report = mrr(
        tmp_path, "customer,start date,end date,billing period,billing interval,amount", rows
    )

    assert report["tables"]["movements"][-1]["closing"] == 20.0


def test_numbers_without_a_period_are_a_question_whose_answer_is_right(tmp_path: Path) -> None:
    header = "customer,start date,end date,billing interval,amount"
    rows = ROWS.format(plain="1", three="3")
    asked = mrr(tmp_path, header, rows)["error"]
    options = ("--map", "interval=month", "--map", "interval_count=billing interval")
    report = mrr(tmp_path, header, rows, *options)

    assert asked["code"] == "numeric-interval"
    assert '--map interval=month --map interval_count="billing interval"' in asked["hint"]
    assert report["tables"]["movements"][-1]["closing"] == 20.0
