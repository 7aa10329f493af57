"""Recorded forecasts compared with actual results, from files or from later runs."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from ltvcli.errors import NoForecastRecordedError
from ltvcli.pipeline import history_forecasts
from ltvcli.results.history import HistoryReport, RecordedForecast
from ltvcli.units import DAYS_PER_MONTH

FIRST = date(2024, 1, 1)
HISTORY = Path("history.db")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write 300 customers over 20 months, who order again after 30 to 79 days."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LTV_HISTORY", str(HISTORY))
    orders = ["order,customer,date,total,cost\n"]
    for number in range(300):
        start = FIRST + timedelta(days=2 * number)
        for order in range(1 + number % 5):
            day = start + timedelta(days=(30 + number % 50) * order)
            orders.append(f"{number}-{order},C{number},{day},{20 + number % 5},8\n")
    Path("orders.csv").write_text("".join(orders), "utf-8")


def run(*typed: str) -> Result:
    done = CliRunner().invoke(app, list(typed))
    assert done.exit_code == 0, done.stderr
    return done


def record(day: str, *typed: str, months: str = "3mo") -> None:
    run("predict", "orders.csv", "--as-of", day, "--horizon", months, "--record", *typed)


def judged(*files: str) -> HistoryReport:
    return history_forecasts.judged(HISTORY, files)


def of_figure(report: HistoryReport, figure: str) -> list[RecordedForecast]:
    return [forecast for forecast in report.forecasts if forecast.figure == figure]


def came(day: date, until: date) -> list[list[str]]:
    """Return the orders between two days of the customers known on the first."""
    rows = [line.split(",") for line in Path("orders.csv").read_text("utf-8").splitlines()[1:]]
    known = {row[1] for row in rows if row[2] <= day.isoformat()}
    return [row for row in rows if row[1] in known and day.isoformat() < row[2] <= str(until)]


def test_actual_results_are_orders_of_the_customers_known_then() -> None:
    record("2024-12-31", "--margin", "50%")
    report = judged("orders.csv")
    (orders,), (value,) = of_figure(report, "orders"), of_figure(report, "value")
    rows = came(orders.as_of, orders.until)

    assert orders.until == date(2024, 12, 31) + timedelta(days=round(3 * DAYS_PER_MONTH))
    assert orders.actual == len(rows) > 30
    assert value.actual == pytest.approx(sum(float(row[3]) for row in rows) / 2)
    assert orders.is_due
    assert {row["figure"]: (row["n"], row["within"]) for row in report.tables["coverage"]} == {
        "orders": (1, int(bool(orders.held))),
        "value": (1, int(bool(value.held))),
    }


def test_a_measured_margin_is_that_of_then() -> None:
    record("2024-12-31")
    (value,) = of_figure(judged("orders.csv"), "value")
    known = [
        line.split(",")
        for line in Path("orders.csv").read_text("utf-8").splitlines()[1:]
        if line.split(",")[2] <= "2024-12-31"
    ]
    margin = 1 - 8 * len(known) / sum(float(row[3]) for row in known)

    revenue = sum(float(row[3]) for row in came(value.as_of, value.until))
    assert value.actual == pytest.approx(margin * revenue)


@pytest.mark.slow
def test_files_of_the_newest_run_are_read_where_they_still_exist() -> None:
    record("2024-12-31")
    record("2025-01-31")

    assert judged().forecasts == judged("orders.csv").forecasts


@pytest.mark.slow
def test_later_runs_give_the_same_results_as_files() -> None:
    for day in ("2024-12-31", "2025-03-31", "2025-06-30"):
        record(day, "--margin", "50%")
    by_files = judged()
    Path("orders.csv").rename("moved.csv")
    by_runs = judged()

    for figure in ("orders", "value"):
        from_files, from_runs = (of_figure(report, figure) for report in (by_files, by_runs))
        # 91 days from December 31 end on April 1, one day after the next run.
        assert from_runs[0].actual == pytest.approx(from_files[0].actual, rel=0.05)
        assert from_runs[1].actual == pytest.approx(from_files[1].actual)  # to June 30
        assert from_runs[2].actual is None
        assert not from_runs[2].is_due


@pytest.mark.slow
def test_a_horizon_that_is_not_over_is_not_judged() -> None:
    for day in ("2024-12-31", "2025-03-31"):
        record(day, months="6mo")
    Path("orders.csv").rename("moved.csv")
    (first, second) = of_figure(judged(), "orders")

    assert (first.is_due, first.held) == (False, None)
    assert first.actual == len(
        [row for row in orders_of("moved.csv") if "2024-12-31" < row[2] <= "2025-03-31"]
    ) - len(newcomers("moved.csv"))
    assert (second.is_due, second.actual) == (False, None)


def orders_of(file: str) -> list[list[str]]:
    return [line.split(",") for line in Path(file).read_text("utf-8").splitlines()[1:]]


def newcomers(file: str) -> list[list[str]]:
    """Return the orders of those who came in the first quarter of 2025."""
    rows = orders_of(file)
    known = {row[1] for row in rows if row[2] <= "2024-12-31"}
    return [row for row in rows if row[1] not in known and row[2] <= "2025-03-31"]


@pytest.mark.slow
def test_runs_by_other_settings_do_not_judge_each_other() -> None:
    record("2024-12-31")
    record("2025-03-31", "--exclude", "customer=C3")
    Path("orders.csv").rename("moved.csv")
    (first, _) = of_figure(judged(), "orders")

    assert (first.is_due, first.actual) == (False, None)


@pytest.mark.slow
def test_files_of_other_customers_judge_nothing() -> None:
    record("2024-12-31")
    few = Path("orders.csv").read_text("utf-8").splitlines()[:40]
    Path("other.csv").write_text("\n".join(few) + "\n", "utf-8")
    report = judged("other.csv")

    assert report.forecasts == ()
    assert "1 recorded forecast is about other customers" in run(
        "history", "forecasts", "other.csv"
    ).stdout.replace("\n           ", " ")


def test_without_a_recorded_forecast_it_suggests_how_to_record_one() -> None:
    with pytest.raises(NoForecastRecordedError):
        judged("orders.csv")


def test_python_has_it_too() -> None:
    record("2024-12-31")
    report = ltvcli.history("orders.csv", path=HISTORY, forecasts=True)

    assert report.to_dict()["tables"]["forecasts"][0]["within"] in (True, False)
