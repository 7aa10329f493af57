"""Recorded forecasts in `ltv report board`: forecast and actual values."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ltvcli.cli import app
from ltvcli.pipeline import forecasts
from ltvcli.results.leavers import ForecastsReport
from ltvcli.settings import settings as config

FIRST = date(2024, 1, 1)
THEN, MONTHS = date(2025, 12, 31), "3mo"
UNTIL = THEN + timedelta(days=91)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write 300 subscriptions over two years, of which one of seven ended, and 300 buyers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LTV_HISTORY", str(tmp_path / "history.db"))
    rows = ["customer,start,end,amount,interval\n"]
    orders = ["order,customer,date,total\n"]
    for number in range(300):
        start = FIRST + timedelta(days=2 * number)
        end = start + timedelta(days=100 + number) if number % 7 == 0 else None
        rows.append(f"C{number},{start},{end or ''},{10 + number % 9},month\n")
        for order in range(1 + number % 4):
            day = start + timedelta(days=(30 + number % 50) * order)
            orders.append(f"{number}-{order},C{number},{day},{20 + number % 5}\n")
    rows.append("C999,2026-09-30,,10,month\n")
    orders.append("999-0,C999,2026-09-30,10\n")
    Path("subscriptions.csv").write_text("".join(rows), "utf-8")
    Path("orders.csv").write_text("".join(orders), "utf-8")


def predicted(file: str, day: date, *typed: str) -> Result:
    words = ["predict", file, "--as-of", day.isoformat(), "--horizon", MONTHS, "--record"]
    done = CliRunner().invoke(app, [*words, *typed])
    assert done.exit_code == 0, done.stderr
    return done


def answered(file: str, **given: object) -> ForecastsReport:
    settings = config.from_python(given)
    return forecasts.run([file], settings, Path("history.db"))


def paid(days: range) -> Decimal:
    """Add up, day by day, what those who paid on the day of the forecast paid after it."""
    total = Decimal(0)
    for line in Path("subscriptions.csv").read_text("utf-8").splitlines()[1:]:
        _, start, end, amount, _ = line.split(",")
        begins = date.fromisoformat(start)
        ends = date.fromisoformat(end) if end else date.max
        if begins <= THEN < ends:
            count = sum(THEN + timedelta(days=day) < ends for day in days)
            total += count * Decimal(amount) / (Decimal("365.2425") / 12)
    return total


def test_an_empty_record_suggests_a_command() -> None:
    report = answered("subscriptions.csv")

    assert report.forecasts == ()
    assert report.says[0].says.facts["command"] == "ltv predict subscriptions.csv --record"


def test_actual_results_are_payments_of_the_customers_known_then() -> None:
    predicted("subscriptions.csv", THEN, "--margin", "50%")
    (forecast,) = answered("subscriptions.csv").forecasts

    assert (forecast.as_of, forecast.until, forecast.months) == (THEN, UNTIL, 3)
    assert forecast.is_due
    assert forecast.actual == pytest.approx(float(paid(range(1, 92))) / 2, rel=0.02)
    low, high = forecast.expected.low, forecast.expected.high
    assert low is not None
    assert high is not None
    assert forecast.held is (low <= forecast.actual <= high)


@pytest.mark.slow
def test_of_orders_orders_and_money_count() -> None:
    day = date(2024, 12, 31)
    predicted("orders.csv", day)
    both = {each.figure: each for each in answered("orders.csv").forecasts}
    until = both["orders"].until
    came = [
        line.split(",")
        for line in Path("orders.csv").read_text("utf-8").splitlines()[1:]
        if day.isoformat() < line.split(",")[2] <= until.isoformat()
    ]
    known = [row for row in came if FIRST + timedelta(days=2 * int(row[1][1:])) <= day]

    assert both["orders"].actual == len(known) > 20
    assert both["value"].actual == sum(float(row[3]) for row in known)


@pytest.mark.slow
def test_a_forecast_that_has_not_ended_is_neither_right_nor_wrong() -> None:
    predicted("subscriptions.csv", date(2026, 8, 31))
    report = answered("subscriptions.csv")
    (forecast,) = report.forecasts

    assert not forecast.is_due
    assert forecast.held is None
    assert forecast.actual is not None
    assert report.says[0].says.facts["day"] == forecast.until.isoformat()


def test_a_later_run_about_the_same_day_is_no_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    predicted("subscriptions.csv", THEN)
    (first,) = answered("subscriptions.csv").forecasts
    monkeypatch.setenv("LTV_MARGIN", "10%")
    predicted("subscriptions.csv", THEN)  # on the same day: a correction

    (corrected,) = answered("subscriptions.csv").forecasts
    assert corrected.run > first.run
    assert corrected.expected.value == pytest.approx(first.expected.value / 10)


def test_discounted_values_are_not_compared() -> None:
    predicted("subscriptions.csv", THEN, "--discount", "10%")
    (forecast,) = answered("subscriptions.csv").forecasts

    assert (forecast.actual, forecast.held) == (None, None)


@pytest.mark.slow
def test_the_board_has_the_page() -> None:
    predicted("subscriptions.csv", THEN)
    for lang, asked in (("en", "What was forecast, and what happened?"), ("ja", "何を予測し")):
        words = ["report", "board", "subscriptions.csv", "--format", "md", "--lang", lang]
        page = CliRunner().invoke(app, words).stdout
        assert asked in page
        assert page.index(asked) < page.index("2025-12-31")
