"""The accuracy of earlier forecasts, from the history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.pipeline import forecast_record
from ltvcli.record import history_file, runs
from ltvcli.results.experiment import ForecastRecord
from ltvcli.settings.settings import Settings
from tests.record import histories


def backtest(bias: float | None, coverage: float, *, chosen: bool = True) -> dict[str, Any]:
    return {"value_bias": bias, "coverage80": coverage, "chosen": chosen}


def test_the_record_is_that_of_the_chosen_model() -> None:
    rows = [backtest(-0.1, 0.8), backtest(0.3, 1.0), backtest(0.9, 0.0, chosen=False)]
    record = forecast_record.of_backtest({"tables": {"backtest": rows}})

    assert record == ForecastRecord(cutoffs=2, value_error=0.2, coverage=0.9)


def test_without_a_backtest_there_is_no_record() -> None:
    assert forecast_record.of_backtest({"tables": {}}) is None
    assert forecast_record.of_backtest({"tables": {"backtest": [backtest(None, 0.8)]}}) is None


def test_without_a_history_there_is_no_record(tmp_path: Path) -> None:
    assert forecast_record.newest(Settings(history=str(tmp_path / "none.db")), None) is None


@pytest.mark.parametrize(
    ("currency", "run", "others"),
    [("EUR", 2, ("tea",)), ("USD", 3, ()), (None, 3, ("cafe", "tea"))],
)
def test_the_record_is_of_the_currency_and_names_its_files(
    recorded: Path, currency: str | None, run: int, others: tuple[str, ...]
) -> None:
    record = forecast_record.newest(Settings(history=str(recorded)), currency)

    assert record is not None
    assert (record.run, record.other_names) == (run, others)
    assert record.names == (("cafe",) if run == 2 else ("bar",))


def test_forecasts_in_another_currency_only_are_no_record(recorded: Path) -> None:
    assert forecast_record.newest(Settings(history=str(recorded)), "JPY") is None


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """The forecasts of three businesses, of which two have one currency."""
    path = tmp_path / "history.db"
    with history_file.opened(path) as history:
        for file, currency in (("tea.csv", "EUR"), ("cafe.csv", "EUR"), ("bar.csv", "USD")):
            document = {
                "command": "predict",
                "currency": currency,
                "provenance": {"inputs": [{"kind": "orders", "path": file}]},
                "tables": {"backtest": [backtest(0.1, 0.8)]},
            }
            file_of_run = histories.orders(sha256=file)
            runs.add(
                history,
                histories.run(command="predict", document=document, inputs=(file_of_run,)),
            )
    return path


def test_a_pltv_is_labelled_with_the_record_of_the_history(tmp_path: Path) -> None:
    shop = Path(__file__).parents[2] / "examples/shop/orders.csv"
    results, history = tmp_path / "results.csv", str(tmp_path / "history.db")
    rows = "".join(f"{'ab'[n % 2]},{n % 7}\n" for n in range(600))
    results.write_text(f"arm,pLTV 12m\n{rows}", "utf-8")
    runner = CliRunner()
    asked = ["experiment", str(results), "--outcome", "pLTV 12m", "--control", "a"]
    before = runner.invoke(app, [*asked, "--history", history])
    runner.invoke(app, ["predict", str(shop), "--record", "--history", history])
    after = runner.invoke(app, [*asked, "--history", history])

    assert "a surrogate" in " ".join(before.stdout.split())
    assert "Its accuracy is unknown" in " ".join(before.stdout.split())
    assert "In the newest recorded backtest" in " ".join(after.stdout.split())
