"""A payback that did not happen within the data is never graded as a good one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app

pytestmark = pytest.mark.sampled

DAYS = [date(2019, 3, 2) + timedelta(days=number) for number in range(60)]
NEVER = ("--margin", "50%", "--cac", "130")
"""Twenty of margin a month: the formula says 6.5 months, the data ends after 5."""
EARLY = ("--margin", "50%", "--cac", "55")


@pytest.fixture
def bakery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Sixty customers who each buy for 40 every month, until all have been seen for 5 months."""
    monkeypatch.chdir(tmp_path)
    rows = ["basket,customer,order date,total"]
    last = DAYS[-1] + timedelta(days=31 * 5)
    for number, first in enumerate(DAYS):
        months = range((last - first).days // 31 + 1)
        days = [first + timedelta(days=31 * month) for month in months]
        rows += [f"{number}-{day},guest{number},{day},40.00" for day in days]
    Path("bakery.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return "bakery.csv"


def ltv(*typed: str) -> str:
    done = CliRunner().invoke(app, list(typed), prog_name="ltv")
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("form", ["table", "md"])
@pytest.mark.parametrize("command", [("calc",), ("whatif", "--aov", "+0.01")])
def test_payback_without_observation_has_no_check_mark(
    bakery: str, command: tuple[str, ...], form: str
) -> None:
    page = ltv(*command, bakery, *NEVER, "--format", form)
    lines = [
        line
        for line in page.splitlines()
        if line.lstrip("-* ").startswith(("Payback", "CAC payback"))
    ]

    assert any("Unknown: not recovered in" in line for line in lines)
    assert not any("✓" in line for line in lines)
    assert "not yet" in page


def test_payback_without_observation_is_unknown_in_json(bakery: str) -> None:
    found = json.loads(ltv("calc", bakery, *NEVER, "--format", "json"))["payback_verdict"]

    assert (found["grade"], found["payback_observed"]) == ("unknown", None)
    assert found["payback"] == pytest.approx(6.5, rel=0.1)
    assert found["says"].startswith("Unknown: not recovered in 6 months (simple formula")


@pytest.mark.parametrize("form", ["table", "md"])
def test_segments_and_cohorts_without_payback_show_not_yet(bakery: str, form: str) -> None:
    assert "not yet" in ltv("cohorts", bakery, *NEVER, "--format", form)
    assert "not yet" in ltv("segments", bakery, "--by", "basket", "--min-customers", "1",
                            *NEVER, "--format", form)  # fmt: skip


def test_payback_that_happened_is_graded(bakery: str) -> None:
    page = ltv("calc", bakery, *EARLY)

    assert "CAC payback  ✓ Fast: 3 months observed (simple formula: 2.8 months)" in page
    assert "not yet" not in page


def test_payback_by_numbers_alone_is_graded(bakery: str) -> None:
    page = ltv("calc", "--arpu", "40", "--churn", "5%", *NEVER)

    assert "Ideal: 6.5 months (simple formula)" in page
