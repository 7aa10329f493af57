"""Typed values and cells have bounds, so that nothing overflows or hangs."""

from __future__ import annotations

import json
import math
import re
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import ltvcli
from ltvcli import units
from ltvcli.analyses.predict.intervals import Uncertainty
from ltvcli.cli import app
from ltvcli.errors import (
    NotAChangeError,
    NotACountError,
    TooLargeError,
    TooManyCohortsError,
    TooManyColumnsError,
    TooSmallError,
)
from ltvcli.settings.parsing import count
from ltvcli.stats.forecasts import credibility
from ltvcli.stats.purchases import mbg_cnbd_k

pytestmark = pytest.mark.sampled

ORDERS = "buyer,bought,paid\n" + "".join(
    f"B{n % 30},2025-{n % 12 + 1:02d}-{n % 27 + 1:02d},{n % 9 + 5}.00\n" for n in range(240)
)
MEMBERS = "member,plan,fee,interval,start,end\n" + "".join(
    f"M{n},basic,9,month,2025-{n % 9 + 1:02d}-04,{'2025-12-04' if n % 4 == 0 else ''}\n"
    for n in range(60)
)
BUYERS = ["--map", "customer=buyer", "--map", "date=bought", "--map", "amount=paid"]
NINES = "9" * 320


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    (tmp_path / "members.csv").write_text(MEMBERS, "utf-8")
    (tmp_path / "spend.csv").write_text("date,spend\n2025-01-01,500\n2025-06-01,900\n", "utf-8")
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments), prog_name="ltv")
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("parse", "text", "error"),
    [
        (units.parse_amount, NINES, TooLargeError),
        (units.parse_amount, "1000000000000001", TooLargeError),
        (units.parse_amount, "0.0000001", TooSmallError),
        (units.parse_rate, "0.00001%", TooSmallError),
        (units.parse_rate, "0." + "0" * 400 + "1%", TooSmallError),
        (units.parse_months, "101y", TooLargeError),
        (units.parse_months, f"{NINES}d", TooLargeError),
        (units.parse_months, "0.5d", TooSmallError),
        (units.parse_date, "9999-12-31", TooLargeError),
        (units.parse_date, "0001-01-01", TooSmallError),
        (count, NINES * 20, NotACountError),
        (count, "²", NotACountError),
    ],
)
def test_values_beyond_the_bounds_are_refused(parse, text: str, error: type) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error) as caught:
        parse("--x", text)
    assert len(str(caught.value)) < 200 or error is NotACountError


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (units.parse_amount, "1000000000000000", 1e15),
        (units.parse_amount, "0.000001", 1e-6),
        (units.parse_amount, "0", 0.0),
        (units.parse_rate, "0.0001%", 1e-6),
        (units.parse_rate, "0", 0.0),
        (units.parse_months, "100y", 1200.0),
        (units.parse_months, "1d", 1 / units.DAYS_PER_MONTH),
        (units.parse_date, "2199-12-31", date(2199, 12, 31)),
        (count, "007", 7),
    ],
)
def test_values_at_the_bounds_are_taken(parse, text: str, value: object) -> None:  # type: ignore[no-untyped-def]
    assert parse("--x", text) == value


FILES = {"calc": "orders.csv", "cohorts": "orders.csv", "segments": "orders.csv"}
LEVER = ["whatif", "orders.csv", *BUYERS, "--cac", "40"]


@pytest.mark.parametrize(
    "arguments",
    [
        *(["calc", "orders.csv", *BUYERS, "--horizon", f"{NINES}mo"],),
        ["calc", "members.csv", "--lifespan", f"{NINES}mo"],
        ["calc", "members.csv", "--horizon", "200000y", "--cac", "12"],
        ["segments", "orders.csv", *BUYERS, "--horizon", f"{NINES}mo"],
        ["predict", "orders.csv", *BUYERS, "--horizon", f"{NINES}mo"],
        ["calc", "orders.csv", *BUYERS, "--as-of", "9999-12-30"],
        ["mrr", "members.csv", "--as-of", "9000-01-31"],
        ["calc", "orders.csv", *BUYERS, "--spend", "spend.csv", "--cac-lag", "88888888mo"],
        ["segments", "orders.csv", *BUYERS, "--cac", NINES[:30]],
        ["calc", "orders.csv", *BUYERS, "--cac", NINES[:30], "--format", "md"],
        ["calc", "--arpu", NINES, "--churn", "5%"],
        ["calc", "--arpu", "10", "--churn", "0." + "0" * 330 + "1"],
        [*LEVER, "--aov", f"+{NINES}%"],
        [*LEVER, "--aov", "+200000%"],
        [*LEVER, "--margin", f"+{NINES}pt"],
        ["audit", "--claim", f"ltv={NINES}", "--claim", "cac=5"],
    ],
    ids=lambda words: " ".join(one[:20] for one in words),
)
def test_absurd_settings_are_refused_before_any_work(arguments: list[str]) -> None:
    code, output = run(*arguments)
    assert code == 2, output
    assert "must be" in output


def test_a_small_sign_is_still_no_change() -> None:
    assert run(*LEVER, "--aov", "+x%")[0] == NotAChangeError.exit_code


def test_bounds_hold_in_ltv_yaml_and_plans() -> None:
    Path("ltv.yaml").write_text(f"cac: {NINES}\n", "utf-8")
    assert "ltv.yaml:1: cac must be at most" in run("calc", "orders.csv", *BUYERS)[1]
    Path("ltv.yaml").write_text(
        "cac: 9\ninitiatives:\n"
        "  - {name: a, lever: aov, change: +5%, cost: 1, feasibility: 3, months: 99999}\n",
        "utf-8",
    )
    code, output = run("whatif", "orders.csv", *BUYERS)
    assert (code, "months must be at most 100y" in output) == (2, True), output


@pytest.mark.parametrize("elasticity", ["999999999", "-999999999", "88888888.5"])
def test_an_absurd_elasticity_is_out_of_range(elasticity: str) -> None:
    Path("ltv.yaml").write_text(f"elasticities:\n  aov: {{cac: {elasticity}}}\n", "utf-8")
    code, output = run(*LEVER, "--aov", "+5%", "--cac", "40..90", "--format", "json")
    assert code in (0, 2), output
    assert "Infinity" not in output


@pytest.mark.slow
def test_far_dates_take_no_time_in_python_either() -> None:
    frame = pd.DataFrame(
        {"customer": ["a", "b", "a"], "amount": [1, 2, 3],
         "date": ["2025-01-01", "2025-02-01", "9990-01-01"]}
    )  # fmt: skip
    assert ltvcli.calc(frame).as_of == date(2025, 2, 1)


def test_the_interval_of_a_huge_doubt_is_the_widest_one() -> None:
    uncertainty = Uncertainty(
        shared=1e9, period=1e9, dispersion=1, money=1, noise=0, stated=1, degrees=2
    )
    low, high = uncertainty.limits(10.0, 1e6)
    assert (low, high) == (pytest.approx(1.0), pytest.approx(100.0))
    assert math.isfinite(high)


def test_a_far_cell_that_is_only_coloured_does_no_harm() -> None:
    pd.read_csv("orders.csv").to_excel("book.xlsx", index=False)
    book = openpyxl.load_workbook("book.xlsx")
    book.active["XFD1048576"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    book.save("book.xlsx")
    with zipfile.ZipFile("book.xlsx") as archive:
        assert b"XFD1048576" in archive.read("xl/worksheets/sheet1.xml")
    code, output = run("calc", "book.xlsx", *BUYERS)
    assert code == 0, output


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_a_file_of_thousands_of_columns_is_refused(kind: str) -> None:
    wide = pd.DataFrame([["x"] * 2500] * 3, columns=[f"day {n}" for n in range(2500)])
    if kind == "csv":
        wide.to_csv("wide.csv", index=False)
    elif kind == "parquet":
        wide.to_parquet("wide.parquet")
    else:
        wide.to_excel("wide.xlsx", index=False)
    code, output = run("calc", f"wide.{kind}")
    assert (code, "2,500" in output) == (TooManyColumnsError.exit_code, True), output


@pytest.mark.parametrize(
    "arguments",
    [
        ["calc", "--arpu", "1000000000000000", "--churn", "0.0001%", "--cac", "0.000001"],
        ["calc", "--aov", "1e15".replace("1e15", "9" * 15), "--frequency", "9" * 15,
         "--lifespan", "100y", "--cac", "0.000001", "--discount", "0.0001%"],
        ["calc", "--arpu", "0.000001", "--churn", "100%", "--cac", "9" * 15],
        ["calc", "orders.csv", *BUYERS, "--cac", "0.000001", "--retention-cost", "9" * 15],
        ["calc", "members.csv", "--cac", "9" * 15, "--horizon", "100y"],
        ["predict", "orders.csv", *BUYERS, "--cac", "0.000001", "--horizon", "100y"],
        ["whatif", "--arpu", "9" * 15, "--churn", "0.0001%", "--cac", "0.000001",
         "--budget", "9" * 15, "--growth", "100%"],
    ],
    ids=lambda words: " ".join(words[:3]),
)  # fmt: skip
@pytest.mark.parametrize("form", ["json", "table", "md", "csv"])
def test_values_at_the_bounds_give_finite_figures(arguments: list[str], form: str) -> None:
    code, output = run(*arguments, "--format", form, "--currency", "USD")
    assert code in (0, 2, 4), output
    if form == "json":
        json.loads(output, parse_constant=pytest.fail)
    else:
        assert not re.search(r"\b(nan|inf|infinity)\b", output, re.IGNORECASE)


def test_cut_offs_of_another_age_teach_nothing() -> None:
    both = credibility.shrunken_bias(np.array([0.2, -3.0]), np.zeros(2), np.array([0.0, 4000.0]))
    assert 0 < both.lasting < 0.2
    assert math.isfinite(both.of_its_time)


@pytest.mark.filterwarnings("error")
def test_samples_without_any_value_raise_no_warning_in_a_change() -> None:
    Path("few.csv").write_text("buyer,bought,paid\nA,2025-01-05,24.5\nB,2025-04-06,0\n", "utf-8")
    code, output = run("whatif", "few.csv", *BUYERS, "--as-of", "2026-03-31", "--churn", "+10%")
    assert code in (0, 2, 4), output


@pytest.mark.slow
def test_cohorts_that_fit_no_memory_are_refused_and_the_hint_helps() -> None:
    rows = [f"B{n},{1980 + n // 12}-{n % 12 + 1:02d}-03,20\n" for n in range(46 * 12)]
    Path("old.csv").write_text("buyer,bought,paid\n" + "".join(rows), "utf-8")
    long = ["cohorts", "old.csv", *BUYERS, "--as-of", "2085-01-31"]
    code, output = run(*long)
    assert code == TooManyCohortsError.exit_code, output
    assert "--from 2015-01-01" in output
    assert run(*long, "--from", "2015-01-01")[0] == 0


def test_a_file_of_initiatives_holds_at_most_a_thousand() -> None:
    row = "Letter {n},churn,-10%,100,50%,2\n"
    for rows_of_file, code in ((1000, 0), (1001, 2)):
        rows = "".join(row.format(n=n) for n in range(rows_of_file))
        Path("plans.csv").write_text("name,lever,change,cost,probability,months\n" + rows, "utf-8")
        numbers = ["--arpu", "70", "--churn", "4%", "--cac", "300"]
        assert (code, *run("whatif", *numbers, "--initiatives", "plans.csv"))[:2] == (code, code)


@pytest.mark.slow
def test_a_model_whose_forecast_takes_too_long_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbg_cnbd_k, "MOST_STEPS", 5)
    command = ["predict", "orders.csv", *BUYERS, "--horizon", "3mo", "--format", "json"]
    code, output = run(*command)
    assert code == 0, output
    findings = {finding["check"]: finding for finding in json.loads(output)["findings"]}
    assert "MBG/CNBD-2" in findings["models-not-fitted"]["says"]
    assert "too many steps" in findings["models-not-fitted"]["says"]
