"""`ltv review` from files to the page, by the command line and by Python."""

from __future__ import annotations

import csv
import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from ltvcli.errors import ConnectionLostError
from ltvcli.pipeline import review_quarter

ROOT = Path(__file__).parents[2]
ORDERS = ROOT / "tests/golden/cohorts/orders.csv"
SPEND = ROOT / "tests/golden/cohorts/spend.csv"
SAAS = ROOT / "examples/saas/subscriptions.csv"
SHOP = ROOT / "examples/shop/orders.csv"
EXAMPLE = ROOT / "examples/review"
SHOP_SPEND = ROOT / "examples/shop/spend.csv"


def ltv(*typed: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in typed])


def document(*typed: object) -> Any:
    done = ltv("review", *typed, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def shop() -> Any:
    return document(SHOP, "--spend", SHOP_SPEND, "--margin", "40%")


def tile(found: Any, name: str) -> dict[str, Any]:
    (row,) = [row for row in found["tables"]["tiles"] if row["tile"] == name]
    return dict(row)


def test_revenue_of_both_months_is_what_the_file_adds_up_to() -> None:
    months: dict[str, float] = defaultdict(float)
    with ORDERS.open() as file:
        for row in csv.DictReader(file):
            months[row["order_date"][:7]] += float(row["total"])
    revenue = tile(document(ORDERS), "net_revenue")

    assert revenue["value"] == pytest.approx(months["2025-09"])
    assert revenue["previous"] == pytest.approx(months["2025-08"])
    per_day = months["2025-09"] - months["2025-08"] * 30 / 31
    assert revenue["change"] == pytest.approx(per_day)


@pytest.mark.parametrize("command", ["review", "scorecard"])
def test_an_answer_without_a_margin_is_marked_as_revenue(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("orders.csv", "spend.csv"):  # without ltv.yaml, which gives the margin
        shutil.copy(EXAMPLE / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    typed = (command, "orders.csv", "--spend", "spend.csv")
    pages = ltv(*typed).stdout, ltv(*typed, "--margin", "40%").stdout
    without, known = (" ".join(page.partition("\n\n")[0].split()) for page in pages)

    assert "LTV/CAC on revenue" in without
    assert "LTV/CAC" in known
    assert "on revenue" not in known


def test_reasons_add_up_to_the_change_of_each_figure(shop: Any) -> None:
    changes = {(row["figure"], row["against"]): row["change"] for row in shop["tables"]["changes"]}
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in shop["tables"]["why"]:
        sums[row["figure"], row["against"]] += row["contribution"]

    assert len(changes) == 4  # two figures, against last month and a year ago
    assert sums == pytest.approx(changes, abs=1e-9)


def test_segments_add_up_to_the_reasons(shop: Any) -> None:
    sums: dict[str, float] = defaultdict(float)
    for row in shop["tables"]["why_segments"]:
        sums[row["factor"]] += row["contribution"]
    expected = {
        row["factor"]: row["contribution"]
        for row in shop["tables"]["why"]
        if (row["figure"], row["against"]) == ("period_ltv", "2026-09")
    }

    assert sums == pytest.approx(expected, abs=1e-9)


def test_what_is_not_distinguishable_is_added_up(shop: Any) -> None:
    for change in shop["tables"]["changes"]:
        chance = [
            row["contribution"]
            for row in shop["tables"]["why"]
            if (row["figure"], row["against"]) == (change["figure"], change["against"])
            and not row["distinguishable"]
        ]
        assert change["not_distinguishable"] == pytest.approx(sum(chance), abs=1e-9)


def test_a_reason_is_distinguishable_if_its_interval_leaves_out_0(shop: Any) -> None:
    """A margin that is given does not change: its contribution is 0 and has no error."""
    for row in shop["tables"]["why"]:
        if row["low"] is None:
            assert (row["contribution"], row["distinguishable"]) == (0, False)
        else:
            assert row["distinguishable"] == (row["low"] > 0 or row["high"] < 0)


def test_period_ltv_is_chained_from_the_rates_of_the_table() -> None:
    """The mean first day of new customers, then returning x orders x value of each age."""
    found = document(ORDERS, "--margin", "40%")
    with ORDERS.open() as file:
        rows = list(csv.DictReader(file))
    first: dict[str, str] = {}
    for row in rows:
        day = first.setdefault(row["customer_id"], row["order_date"])
        first[row["customer_id"]] = min(day, row["order_date"])
    new = {customer for customer, day in first.items() if day.startswith("2025-09")}
    on_first_day = sum(
        float(row["total"])
        for row in rows
        if row["customer_id"] in new and row["order_date"] == first[row["customer_id"]]
    )
    rates = [row for row in found["tables"]["period_rates"] if row["period"] == "2025-09"]
    later = sum(
        row["returning"] * row["orders"] * row["value"] for row in rates if row["returning"]
    )

    assert found["horizon"] == len(rates)
    expected = 0.4 * (on_first_day / len(new) + later)
    assert tile(found, "period_ltv")["value"] == pytest.approx(expected)


def test_spend_over_new_customers_is_cac(shop: Any) -> None:
    spend, new, cac = (tile(shop, name)["value"] for name in ("spend", "new_customers", "cac"))

    assert cac == pytest.approx(spend / new)
    ratio, ltv_now = (tile(shop, name)["value"] for name in ("ltv_to_cac", "period_ltv"))
    assert ratio == pytest.approx(ltv_now / cac)
    assert shop["figures"]["cac"]["value"] == cac


def test_naming_the_month_before_by_its_days_changes_nothing() -> None:
    by_days = document(ORDERS, "--against", "2025-08-01..2025-08-31")

    assert by_days["tables"] == document(ORDERS)["tables"]


def test_a_month_that_is_not_over_is_left_out() -> None:
    """The file ends on 20 October; without these days nothing of September changes."""
    whole = document(ORDERS, "--to", "2025-09-30", "--as-of", "2025-09-30")

    assert whole["period"] == document(ORDERS)["period"] == "2025-09"
    assert "partial-period" in {one["check"] for one in document(ORDERS)["findings"]}
    for name in ("net_revenue", "period_ltv", "retention_90d"):
        assert tile(whole, name)["value"] == pytest.approx(tile(document(ORDERS), name)["value"])


def test_a_week_has_tiles_and_signals_only() -> None:
    found = document(ORDERS, "--period", "week")

    assert set(found["tables"]) == {"tiles", "series"}
    assert {row["signal"] for row in found["tables"]["tiles"]} - {None} != set()


def test_three_months_of_history_give_an_answer_and_name_what_is_missing() -> None:
    found = document(ORDERS, "--from", "2025-07-01", "--to", "2025-09-30")
    missing = {one["check"] for one in found["findings"]}

    assert tile(found, "net_revenue")["change"] is not None
    assert {"few-periods", "no-year-ago"} <= missing


def test_one_month_of_history_is_no_error() -> None:
    found = document(ORDERS, "--from", "2025-09-01", "--to", "2025-09-30")

    assert found["against"] is None
    assert "no-earlier-period" in {one["check"] for one in found["findings"]}
    assert tile(found, "new_customers")["previous"] is None


def test_a_horizon_that_is_asked_for_is_kept_and_named() -> None:
    found = document(ORDERS, "--horizon", "3mo")

    assert found["horizon"] == 3
    assert "review-horizon" in {one["check"] for one in found["findings"]}
    assert ltv("review", ORDERS, "--horizon", "99mo").exit_code == 4


@pytest.mark.slow
def test_a_quarter_has_its_earlier_forecast_and_the_actual_result() -> None:
    """The forecast is that of ltv predict on that day; what came is counted in the file."""
    found = document(ORDERS, "--period", "quarter", "--margin", "40%")
    rows = {row["figure"]: row for row in found["tables"]["forecast"]}
    options = ("--as-of", "2025-06-30", "--horizon", "92d", "--margin", "40%")
    predicted = json.loads(ltv("predict", ORDERS, *options, "--format", "json").stdout)
    (future,) = [row for row in predicted["tables"]["totals"] if row["part"] == "future"]
    first: dict[str, str] = {}
    with ORDERS.open() as file:
        orders = list(csv.DictReader(file))
    for row in orders:
        day = first.setdefault(row["customer_id"], row["order_date"])
        first[row["customer_id"]] = min(day, row["order_date"])
    came = [
        row
        for row in orders
        if "2025-07" <= row["order_date"] < "2025-10" and first[row["customer_id"]] < "2025-07"
    ]
    days = {(row["customer_id"], row["order_date"]) for row in came}

    assert found["period"] == "2025-Q3"
    for figure in ("orders", "value"):
        assert rows[figure]["forecast"] == pytest.approx(future[figure])
        assert rows[figure]["forecast_low"] == pytest.approx(future[f"{figure}_low"])
        within = rows[figure]["forecast_low"] <= rows[figure]["actual"]
        within = within and rows[figure]["actual"] <= rows[figure]["forecast_high"]
        assert rows[figure]["within"] is within
    assert rows["orders"]["actual"] == len(days)
    assert rows["value"]["actual"] == pytest.approx(0.4 * sum(float(row["total"]) for row in came))


def test_a_database_that_fails_in_a_part_of_a_quarter_is_no_lack_of_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load = review_quarter.load.load_kind

    def lost(*loaded: Any, **options: Any) -> Any:
        if loaded[2].as_of:
            raise ConnectionLostError(place="postgresql://host/shop", because="terminated")
        return load(*loaded, **options)

    monkeypatch.setattr(review_quarter.load, "load_kind", lost)
    done = ltv("review", ORDERS, "--period", "quarter")

    assert done.exit_code == 3
    assert "terminated" in done.stderr


def test_cohorts_of_a_quarter_add_up_to_its_new_customers() -> None:
    found = document(ORDERS, "--period", "quarter")
    new = tile(found, "new_customers")
    sums: dict[str, int] = defaultdict(int)
    for row in found["tables"]["cohorts"]:
        sums[row["period"]] += row["customers"]

    assert sums == {"2025-Q2": new["previous"], "2025-Q3": new["value"]}


@pytest.mark.slow
def test_too_little_data_a_quarter_ago_is_reported() -> None:
    found = document(ORDERS, "--period", "quarter", "--from", "2025-06-25")

    assert "forecast" not in found["tables"]


@pytest.mark.slow
def test_python_gives_the_same_document() -> None:
    report = ltvcli.review(str(SHOP), spend=str(SHOP_SPEND), margin=0.4)

    assert report.period == "2026-10"
    assert report.to_dict()["tables"]["tiles"][0]["tile"] == "net_revenue"
    assert list(report.to_pandas()["tile"]) == [one.figure for one in report.tiles]


@pytest.mark.slow
def test_the_answer_takes_ten_lines_at_most() -> None:
    for lang in ("en", "ja"):
        done = ltv("review", SHOP, "--spend", SHOP_SPEND, "--lang", lang)
        assert len(done.stdout.partition("\n\n")[0].splitlines()) <= 10


@pytest.mark.parametrize("typed", [("--period", "day"), ("--against", "x"), ()])
def test_what_cannot_be_meant_is_an_error(typed: tuple[str, ...]) -> None:
    files = (ORDERS,) if typed else ()

    assert ltv("review", *files, *typed).exit_code == 2


def test_tiles_of_subscriptions_are_those_of_ltv_mrr() -> None:
    """Two ways to one number: per customer and month, and from the movements of MRR."""
    found = document(SAAS)
    done = ltv("mrr", SAAS, "--format", "json")
    *_, before, last = json.loads(done.stdout)["tables"]["movements"]
    values = {row["tile"]: row for row in found["tables"]["tiles"]}

    assert found["period"] == last["month"][:7]
    for name, key in (
        ("mrr", "closing"),
        ("new_customers", "customers_new"),
        ("subscribers", "customers_closing"),
        ("arpu", "arpu"),
        ("logo_churn", "logo_churn"),
    ):
        assert values[name]["value"] == pytest.approx(last[key]), name
        assert values[name]["previous"] == pytest.approx(before[key]), name


@pytest.mark.slow
def test_reasons_of_subscriptions_add_up_to_the_change() -> None:
    found = document(SAAS, "--by", "plan", "--against", "last-year")
    (change,) = found["tables"]["changes"]
    contributions = {row["factor"]: row["contribution"] for row in found["tables"]["why"]}

    assert set(contributions) == {"mix", "staying", "arpu", "margin"}
    assert sum(contributions.values()) == pytest.approx(change["change"], abs=1e-9)
    segments = sum(row["contribution"] for row in found["tables"]["why_segments"])
    assert segments == pytest.approx(change["change"], abs=1e-9)


@pytest.mark.slow
def test_a_week_of_subscriptions_has_tiles_and_signals_only() -> None:
    found = document(SAAS, "--period", "week")
    tiles = {row["tile"]: row for row in found["tables"]["tiles"]}

    assert set(found["tables"]) == {"tiles", "series"}
    assert found["period"] == "2026-W43"
    assert {"mrr", "new_customers", "weekly_churn", "period_ltv"} <= set(tiles)
    assert "logo_churn" not in tiles  # that is a rate per month
    assert {row["signal"] for row in tiles.values()} - {None} != set()


@pytest.mark.slow
def test_mrr_of_a_week_is_that_of_its_last_day() -> None:
    week = tile(document(SAAS, "--period", "week"), "mrr")["value"]
    options = ("--as-of", "2026-10-25", "--format", "json")
    closing = json.loads(ltv("mrr", SAAS, *options).stdout)["tables"]["movements"][-1]["closing"]

    assert week == pytest.approx(closing)


@pytest.mark.slow
def test_a_quarter_of_subscriptions_has_the_forecast_of_a_quarter_ago() -> None:
    """The forecast is that of ltv predict on that day; who still pays is what ltv mrr counts."""
    found = document(SAAS, "--period", "quarter")
    rows = {row["figure"]: row for row in found["tables"]["forecast"]}
    options = ("--as-of", "2026-06-30", "--horizon", "92d")
    predicted = json.loads(ltv("predict", SAAS, *options, "--format", "json").stdout)
    (future,) = [row for row in predicted["tables"]["totals"] if row["part"] == "future"]

    assert rows["value"]["forecast"] == pytest.approx(future["value"])
    assert rows["value"]["forecast_low"] == pytest.approx(future["value_low"])
    assert rows["customers"]["forecast"] == future["customers"]
    assert rows["customers"]["actual"] == 407
    assert rows["value"]["actual"] == pytest.approx(97663.79, abs=0.01)


@pytest.mark.slow
def test_a_quarter_is_compared_with_benchmarks_as_of_its_last_day() -> None:
    """The table is that of ltv benchmark on the last day of the quarter."""
    options = ("--as-of", "2026-09-30", "--format", "json")
    expected = json.loads(ltv("benchmark", SAAS, *options).stdout)
    found = document(SAAS, "--period", "quarter")

    assert found["tables"]["benchmarks"] == expected["tables"]["benchmarks"]
    assert {row["metric"] for row in found["tables"]["benchmarks"]} >= {"nrr", "grr", "cac"}


@pytest.mark.slow
def test_a_quarter_ends_with_what_to_decide() -> None:
    """The planted cause of the example: new customers of one channel cost more and bring less."""
    found = document(
        EXAMPLE / "orders.csv", "--spend", EXAMPLE / "spend.csv", "--period", "quarter"
    )
    actions = found["tables"]["actions"]
    segments = {(row["subject"], row["figure"]) for row in actions if row["action"] == "segment"}

    assert segments == {("social", "period_ltv"), ("social", "cac")}
    reasons = {row["subject"] for row in actions if row["action"] == "reason"}
    significant = {
        row["factor"]
        for row in found["tables"]["why"]
        if row["against"] == found["against"]
        and row["distinguishable"]
        and row["contribution"] < 0
        and (row["figure"] == "period_ltv" or row["factor"] == "cac")
    }
    assert reasons == significant
    (cac,) = [row for row in actions if row["figure"] == "cac" and row["action"] == "segment"]
    (share,) = [
        row["value"]
        for row in found["tables"]["segments"]
        if (row["segment"], row["figure"]) == ("social", "share")
    ]
    customers = tile(found, "new_customers")["value"] * share / 3
    assert cac["monthly"] == pytest.approx(-cac["change"] * customers)


def test_nothing_significant_asks_for_no_decision() -> None:
    found = document(SAAS, "--period", "quarter")

    assert "actions" not in found["tables"]
    (says,) = [line["says"] for line in found["says"] if line["label"] == "To decide"]
    assert says == "no figure became significantly worse."
