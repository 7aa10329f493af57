"""CAC from small files of spend as marketers keep them, by hand."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from tests import effort

MONTHS = ("2025-01", "2025-02", "2025-03")
ORDERS = "".join(
    f"{month}{n},k{month}{n},{month}-{n:02d},50\n" for month in MONTHS for n in range(1, 29)
)


class Shell:
    """A folder with orders of 28 new customers a month, and a file of spend."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        self.folder = folder
        (folder / "orders.csv").write_text("order id,customer id,order date,total\n" + ORDERS)

    def run(self, *lines: str, options: str = "") -> Any:
        """Return the document of `ltv calc`, or the error."""
        (self.folder / "spend.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        typed = ["calc", "orders.csv", "--spend", "spend.csv", "--as-of", "2025-03-31"]
        done = CliRunner().invoke(app, [*typed, *shlex.split(options), "--format", "json"])
        return json.loads(done.stdout or done.stderr)

    def spent(self, *lines: str, options: str = "") -> float:
        """Return what was spent on the 84 customers of January to March."""
        document = self.run(*lines, options=options)
        assert "error" not in document, document
        return round(float(document["figures"]["cac"]["value"]) * 84, 2)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(tmp_path, monkeypatch)


def by_month(template: str) -> list[str]:
    return [line.format(month) for month in MONTHS for line in template.split("\n")]


@pytest.mark.parametrize(
    "word",
    effort.nth(
        3,
        [
            "Total",
            "Grand Total",
            "2025 total",
            "Total 2025",
            "2025年度合計",
            "Q1 total",
            "Average",
            "年計",
        ],
    ),
)
def test_a_row_of_totals_is_not_spent_again(shell: Shell, word: str) -> None:
    assert shell.spent("month,outlay cost", *by_month("{},300"), f"{word},900") == 900


@pytest.mark.parametrize("column", effort.nth(3, ["campaign", "Ad group", "Region", "媒体"]))
def test_a_subtotal_within_each_month_is_not_spent_again(shell: Shell, column: str) -> None:
    lines = by_month("{},North,200\n{0},South,100\n{0},Total,300".replace("{}", "{0}"))

    assert shell.spent(f"month,{column},cost", *lines) == 900


@pytest.mark.parametrize("word", effort.nth(3, ["All", "All channels", "全媒体", "すべて"]))
def test_rows_of_all_channels_that_are_the_sum_of_the_others_are_no_spend(
    shell: Shell, word: str
) -> None:
    lines = by_month("{0},Google,200\n{0},Bing,100\n{0}," + word + ",300")

    assert shell.spent("month,source,cost", *lines) == 900


def test_rows_of_all_devices_alone_are_spend(shell: Shell) -> None:
    assert shell.spent("month,device,cost", *by_month("{0},All,300")) == 900


def test_an_undated_row_that_is_the_sum_of_the_others_is_a_total(shell: Shell) -> None:
    document = shell.run("month,cost", *by_month("{},300"), ",900")

    assert document["provenance"]["inputs"][1]["set_aside"] == {"total-row": 1}


@pytest.mark.parametrize("word", effort.nth(3, ["budget", "Forecast", "予算", "Plan"]))
def test_planned_rows_are_not_spent(shell: Shell, word: str) -> None:
    lines = by_month("{0},Actual,300\n{0}," + word + ",450")

    assert shell.spent("month,version,cost", *lines) == 900


@pytest.mark.parametrize(
    "header",
    effort.nth(
        3,
        [
            "month,planned,actual",
            "month,budgeted spend,actual spend",
            "月,予算,実績",
            "month,forecast cost,monthly cost",
            "month,spend to date,cost",
            "month,target,media spend",
        ],
    ),
)
def test_planned_and_cumulative_columns_are_no_channels(shell: Shell, header: str) -> None:
    assert shell.spent(header, *by_month("{},450,300")) == 900


@pytest.mark.parametrize("header", effort.nth(2, ["running total cost", "YTD spend", "広告費累計"]))
def test_a_running_total_is_refused(shell: Shell, header: str) -> None:
    lines = (f"month,{header}", "2025-01,300", "2025-02,600", "2025-03,900")

    assert shell.run(*lines)["error"]["code"] == "cumulative-spend"
    assert shell.spent(*lines, options=f'--map spend="{header}"') == 1800


@pytest.mark.slow
def test_spend_before_and_after_tax_is_a_question(shell: Shell) -> None:
    lines = ("month,spend (before VAT),spend (after VAT)", *by_month("{},300,360"))

    assert shell.run(*lines)["error"]["code"] == "ambiguous-column"
    assert shell.spent(*lines, options='--map spend="spend (before VAT)"') == 900


@pytest.mark.parametrize(
    "other", effort.nth(3, ["Signups", "Downloads", "CV", "新規", "フォロワー"])
)
def test_counts_beside_channels_are_no_spend(shell: Shell, other: str) -> None:
    document = shell.run(f"month,Google,Bing,{other}", *by_month("{},200,100,41"))

    assert document["error"]["code"] == "no-spend-column"


@pytest.mark.parametrize(
    ("header", "cell"),
    effort.nth(
        3,
        [
            ("cost (k)", "0.3"),
            ("Ad spend in thousands", "0.3"),
            ("広告費（千円）", "0.3"),
            ("費用(万円)", "0.03"),
            ("cost_cents", "30000"),
            ("cost_micros", "300000000"),
        ],
    ),
)
def test_the_scale_in_a_header_of_spend_counts(shell: Shell, header: str, cell: str) -> None:
    assert shell.spent(f"month,{header}", *by_month("{}," + cell)) == 900


def test_amounts_below_zero_throughout_are_expenses(shell: Shell) -> None:
    assert shell.spent("month,cost", *by_month("{},-300")) == 900


def test_a_credit_lowers_what_was_spent(shell: Shell) -> None:
    assert shell.spent("month,cost", *by_month("{},300"), "2025-02,(50)") == 850


def test_spend_below_zero_with_both_signs_is_refused(shell: Shell) -> None:
    document = shell.run("month,cost", "2025-01,300", "2025-02,-900")

    assert document["error"]["code"] == "negative-spend"


@pytest.mark.slow
def test_files_with_opposite_signs_are_refused(shell: Shell) -> None:
    (shell.folder / "refunds.csv").write_text("month,cost\n2025-01,-40\n2025-02,-20\n")

    document = shell.run("month,cost", *by_month("{},300"), options="--spend refunds.csv")

    assert document["error"]["code"] == "spend-signs"


def test_last_days_of_months_represent_months(shell: Shell) -> None:
    assert shell.spent("date,cost", "2025-01-31,300", "2025-02-28,300", "2025-03-31,300") == 900


def test_a_week_ending_is_the_seven_days_until_then(shell: Shell) -> None:
    document = shell.run("week ending,cost", "2025-01-12,70", "2025-01-19,70")

    spend = document["provenance"]["inputs"][1]
    assert (spend["first"], spend["last"]) == ("2025-01-06", "2025-01-19")


@pytest.mark.slow
def test_a_row_of_spend_that_cannot_be_read_is_a_finding(shell: Shell) -> None:
    document = shell.run(
        "campaign,start,end,cost", "a,2025-01-01,2025-03-31,900", "b,2025-02-01,ongoing,100"
    )

    says = next(f["says"] for f in document["findings"] if f["check"] == "spend-rows-excluded")
    assert "1 excluded row of spend has 100, 10.0% of it (date-not-a-date)" in says


def test_spend_below_zero_is_a_finding(shell: Shell) -> None:
    document = shell.run("month,cost", "2025-01,300", "2025-02,-60", "2025-03,300")

    assert [f["says"] for f in document["findings"] if f["check"] == "spend-credits"] == [
        "spend.csv: 1 row of spend below zero is read as a credit of 60 in all, and lowers the CAC."
    ]


def test_spend_that_is_all_below_zero_is_no_credit(shell: Shell) -> None:
    document = shell.run("month,cost", *by_month("{},-300"))

    assert "spend-credits" not in {f["check"] for f in document["findings"]}


def test_a_cohort_with_a_cac_below_zero_has_no_ratio_and_no_payback(shell: Shell) -> None:
    lines = ["month,cost", "2025-01,300", "2025-02,-60", "2025-03,300"]
    (shell.folder / "spend.csv").write_text("\n".join(lines) + "\n")
    typed = ["cohorts", "orders.csv", "--spend", "spend.csv", "--as-of", "2025-04-30"]
    done = CliRunner().invoke(app, [*typed, "--format", "json"])

    rows = {row["cohort"]: row for row in json.loads(done.stdout)["tables"]["cohorts"]}
    assert rows["2025-02"]["cac"] == pytest.approx(-60 / 28)
    assert (rows["2025-02"]["ltv_to_cac"], rows["2025-02"]["payback_observed"]) == (None, None)
    assert rows["2025-01"]["ltv_to_cac"] == pytest.approx(50 / (300 / 28))
    page = CliRunner().invoke(app, typed).stdout
    assert "2 of 2 cohorts recovered the CAC, by month 1" in page
    assert "not yet" not in page


@pytest.mark.slow
def test_one_cell_that_is_no_month_does_not_spoil_the_others(shell: Shell) -> None:
    document = shell.run("month,cost", *by_month("{},300"), "later,50")

    assert document["provenance"]["inputs"][1]["set_aside"] == {"date-not-a-date": 1}
