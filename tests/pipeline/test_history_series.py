"""A trend follows one business: runs about other data in the same history are not part of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import ltvcli
from ltvcli.errors import NoRunOfFilesError
from ltvcli.formats import json as json_format
from ltvcli.pages.answers import history as history_page
from ltvcli.pipeline import forecasts, history_forecasts, history_trend
from ltvcli.pipeline.history_series import RunData
from ltvcli.results.history import HistoryReport
from ltvcli.settings.settings import Settings


def export(name: str, currency: str, price: int) -> None:
    rows = "".join(
        f"C{n % 37},2026-{n % 8 + 1:02d}-05,{price}{currency and ',' + currency}\n"
        for n in range(160)
    )
    header = f"customer,date,amount{currency and ',currency'}\n"
    Path(name).write_text(header + rows, "utf-8")


def members(name: str) -> None:
    rows = "".join(f"M{n},basic,9,month,2026-0{n % 6 + 1}-04,\n" for n in range(40))
    Path(name).write_text("customer,plan,amount,interval,start,end\n" + rows, "utf-8")


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runs of four businesses, of which the last two may be one."""
    folder = tmp_path_factory.mktemp("history")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        export("shop.csv", "", 10)
        export("yen_1.csv", "JPY", 900)
        export("other.csv", "JPY", 100)
        members("club.csv")
        for hour, file in enumerate(("shop.csv", "club.csv", "yen_1.csv", "other.csv")):
            now = datetime(2026, 9, 1, hour, tzinfo=UTC)
            ltvcli.calc(file, record=True, history="history.db", now=now)
    return folder


def document(report: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(json_format.render(report, "en"))
    return found


def trend(folder: Path, *files: str) -> HistoryReport:
    path = folder / "history.db"
    return history_trend.trend(path, "ltv", [str(folder / f) for f in files], document=document)


def says(report: HistoryReport) -> dict[str, str]:
    return {statement.label: statement.says.text for statement in report.says}


@pytest.mark.parametrize(("file", "run"), [("shop.csv", 1), ("club.csv", 2), ("yen_1.csv", 3)])
def test_a_trend_of_files_follows_the_runs_about_them(history: Path, file: str, run: int) -> None:
    report = trend(history, file)

    assert [row.run for row in report.trend] == [run]
    assert [row.because for row in report.trend] == [()]
    assert "another currency" in says(report)["Excluded"]


def test_without_files_the_newest_run_says_whose_trend_it_is(history: Path) -> None:
    assert [(row.run, row.because) for row in trend(history).trend] == [(4, ())]


def test_files_without_a_recorded_run_have_no_trend(history: Path) -> None:
    with pytest.raises(NoRunOfFilesError, match=r"No recorded run with aov is about data like"):
        history_trend.trend(
            history / "history.db", "aov", [str(history / "club.csv")], document=document
        )


def run(*names: str, kind: str = "orders", currency: str | None = None) -> RunData:
    return RunData(kinds=frozenset({kind}), names=frozenset(names), currency=currency)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (run("shop", currency="JPY"), run("renamed", currency="JPY"), True),
        (run("shop", currency="JPY"), run("shop", currency="EUR"), False),
        (run("shop", currency="JPY"), run("shop"), True),
        (run("shop", currency="JPY"), run("other"), False),
        (run("shop"), run("shop", kind="subscriptions"), False),
        (run(), run(), True),
    ],
)
def test_what_may_be_one_business(one: RunData, other: RunData, expected: bool) -> None:
    assert (one.may_be(other), other.may_be(one)) == (expected, expected)


def test_files_of_several_names_in_one_trend_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for month, name in ((7, "shop-07.csv"), (8, "cafe.csv")):
        export(name, "JPY", 500)
        now = datetime(2026, month + 1, 1, tzinfo=UTC)
        ltvcli.calc(name, as_of=f"2026-0{month}-30", record=True, history="history.db", now=now)
    report = trend(tmp_path, "cafe.csv")
    texts = {statement.label: statement.says.facts for statement in report.says}

    assert len(report.trend) == 2
    assert texts["Files"]["names"] == "cafe, shop"


def shop(folder: str, customers: int, shift: int) -> str:
    """Write a file of a shop whose new customers come in other months than those of another."""
    rows = "".join(
        f"{folder}{n},2026-{(n * n + shift * n) % 7 + 1:02d}-{n % 28 + 1:02d},20,EUR\n"
        for n in range(customers)
    )
    Path(folder).mkdir()
    path = Path(folder, "orders.csv")
    path.write_text(f"customer,date,amount,currency\n{rows}", "utf-8")
    return str(path)


def test_runs_about_other_customers_in_files_of_one_name_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    a, b = shop("a", 140, 0), shop("b", 140, 1)
    for month, file in ((5, a), (6, b), (7, a)):
        now = datetime(2026, month + 1, 1, tzinfo=UTC)
        day = f"2026-{month:02d}-28"
        ltvcli.calc(file, as_of=day, record=True, history="history.db", now=now)
    report = trend(tmp_path)
    texts = {statement.label: statement.says.facts for statement in report.says}
    answer = [line.label.text for line in history_page.answer(report)]

    assert [row.run for row in report.trend] == [1, 2, 3]
    assert texts["Customers"] == {"n": 1, "runs": "2", "newest": 3}
    assert answer == ["Lifetime value", "Customers", "Restated", "Signals"]


def test_runs_about_the_same_customers_are_not_doubted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later export that begins later, and in which a few customers are corrected."""
    monkeypatch.chdir(tmp_path)
    file = Path(shop("a", 140, 0))
    for month in (5, 7):
        now = datetime(2026, month + 1, 1, tzinfo=UTC)
        day = f"2026-{month:02d}-28"
        ltvcli.calc(file, as_of=day, record=True, history="history.db", now=now)
        header, *lines = file.read_text("utf-8").splitlines()
        later = [line for line in lines if ",2026-01-" not in line][3:]
        file.write_text("\n".join([header, *later]) + "\n", "utf-8")

    assert "Customers" not in says(trend(tmp_path))


def test_forecasts_of_another_business_are_neither_judged_nor_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two shops record a forecast on the same day; the report of one shows its own."""
    monkeypatch.chdir(tmp_path)
    for hour, (name, currency) in enumerate((("euro.csv", "EUR"), ("yen.csv", "JPY"))):
        export(name, currency, 50)
        now = datetime(2026, 7, 1, hour, tzinfo=UTC)
        settings = {"as_of": "2026-06-30", "horizon": "1mo", "history": "history.db"}
        ltvcli.predict(name, record=True, now=now, **settings)

    history = Path("history.db")
    board = forecasts.run(["euro.csv"], Settings(), history)
    judged = history_forecasts.judged(history, ["euro.csv"])
    without_files = history_forecasts.judged(history, [])

    assert {forecast.run for forecast in board.forecasts} == {1}
    assert {forecast.run for forecast in judged.forecasts} == {1}
    assert "Excluded" in says(judged)
    assert {forecast.run for forecast in without_files.forecasts} == {2}
