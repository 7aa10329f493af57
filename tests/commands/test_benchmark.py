"""`ltv benchmark` from files to the page, by the command line and by Python."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app

ROOT = Path(__file__).parents[2]
SUBSCRIPTIONS = ROOT / "tests/golden/benchmark/subscriptions.csv"
SAAS = ROOT / "examples/saas/subscriptions.csv"
SHOP = ROOT / "examples/shop/orders.csv"


def ltv(*typed: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in typed])


def document(*typed: object) -> Any:
    done = ltv(*typed, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def rows(found: Any, metric: str) -> list[dict[str, Any]]:
    return [row for row in found["tables"]["benchmarks"] if row["metric"] == metric]


@pytest.mark.slow
def test_retention_over_a_month_is_that_of_ltv_mrr(tmp_path: Path) -> None:
    """Two ways to one number: per customer, and from the movements of MRR."""
    header = "metric,definition,segment,low,median,high,n,year,source,url,basis,window\n"
    given = "".join(
        f"{metric},standard,,,90%,,,2026,Us,,{basis},1mo\n"
        for metric, basis in (("nrr", "mrr"), ("grr", "mrr"), ("logo_churn", "customers"))
    )
    (tmp_path / "b.csv").write_text(header + given)
    last = document("mrr", SAAS)["tables"]["movements"][-1]
    found = document("benchmark", SAAS, "--benchmarks", tmp_path / "b.csv")

    assert last["complete"]
    for metric in ("nrr", "grr", "logo_churn"):
        (row,) = [row for row in rows(found, metric) if row["window"] == "1"]
        assert row["yours"] == pytest.approx(last[metric], rel=1e-12)
        assert row["comparable"] is True


def test_a_company_below_the_size_of_the_survey_is_not_compared() -> None:
    found = document("benchmark", SAAS)

    assert not any(row["comparable"] for row in found["tables"]["benchmarks"])
    assert {row["because"] for row in rows(found, "nrr")} == {"size-excluded", "other-segment"}
    assert all(row["yours"] is not None for row in rows(found, "nrr"))


def test_the_figure_a_year_ago_is_what_ltv_would_have_shown_then() -> None:
    then = document("calc", SHOP, "--as-of", "2025-10-31", "--horizon", "6mo")
    found = document("benchmark", SHOP)

    assert found["as_of"] == "2026-10-31"
    for metric in ("aov", "frequency", "margin"):
        (row,) = rows(found, metric)
        figure = then["figures"][metric]
        assert (row["year_ago"], row["year_ago_low"]) == (figure["value"], figure["low"])


@pytest.mark.slow
def test_ltv_to_cac_of_both_days_is_over_one_horizon(tmp_path: Path) -> None:
    shutil.copy(SHOP, tmp_path)
    shutil.copy(SHOP.parent / "spend.csv", tmp_path)
    spend = ("--spend", tmp_path / "spend.csv", "--margin", "50%")
    found = document("benchmark", tmp_path / "orders.csv", *spend)
    (row,) = rows(found, "ltv_to_cac")

    horizon = ("--horizon", f"{row['yours_window']}mo")
    now = document("calc", tmp_path / "orders.csv", *spend, *horizon)
    then = document("calc", tmp_path / "orders.csv", *spend, *horizon, "--as-of", "2025-10-31")
    assert row["yours"] == now["verdict"]["ltv_to_cac"]
    assert row["year_ago"] == then["verdict"]["ltv_to_cac"]


def test_what_was_typed_has_no_value_of_a_year_ago() -> None:
    found = document("benchmark", SHOP, "--cac", "40")

    for metric in ("cac", "ltv_to_cac"):
        (row,) = rows(found, metric)
        assert row["yours"] is not None
        assert row["year_ago"] is None


def test_revenue_over_cac_is_called_an_upper_bound(tmp_path: Path) -> None:
    bare = tmp_path / "orders.csv"
    lines = (ROOT / "tests/golden/cohorts/orders.csv").read_text().splitlines()
    bare.write_text("\n".join(line.rsplit(",", 1)[0] for line in lines))
    done = ltv("benchmark", bare, "--cac", "20")

    assert "months, in revenue" in done.stdout
    assert document("benchmark", bare, "--cac", "20")["basis"] == "revenue"


@pytest.mark.slow
def test_the_age_of_a_benchmark_counts_from_the_cut_off_date_in_python(tmp_path: Path) -> None:
    early = ltvcli.benchmark(SUBSCRIPTIONS, as_of="2026-02-28").to_dict()
    assert all(row["stale"] for row in rows(early, "nrr"))
    fresh = tmp_path / "b.csv"
    fresh.write_text(
        "metric,definition,segment,low,median,high,n,year,source,url,basis,window\n"
        "nrr,standard,,,90%,,,2025,Us,,mrr,12mo\n"
    )
    found = ltvcli.benchmark(SUBSCRIPTIONS, benchmarks=str(fresh)).to_dict()
    assert [row["stale"] for row in rows(found, "nrr") if row["source"] == "Us"] == [False]


@pytest.mark.slow
def test_files_of_benchmarks_in_ltv_yaml_lie_beside_it(tmp_path: Path) -> None:
    shutil.copy(SUBSCRIPTIONS, tmp_path)
    (tmp_path / "ltv.yaml").write_text("benchmarks: own.csv\n")
    (tmp_path / "own.csv").write_text(
        "metric,definition,segment,low,median,high,n,year,source,url,basis,window\n"
        "nrr,standard,,,90%,,,2026,Us,,mrr,12mo\n"
    )
    found = document("benchmark", tmp_path / "subscriptions.csv")

    assert "Us" in {row["source"] for row in rows(found, "nrr")}
    assert found["provenance"]["settings"][0]["names"] == ["benchmarks"]


@pytest.mark.slow
def test_an_export_without_ended_subscriptions_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "subscriptions.csv"
    lines = [f"c{number},2024-01-05,,100,USD,month" for number in range(40)]
    path.write_text("\n".join(["customer,start date,end date,amount,currency,interval", *lines]))
    found = document("benchmark", path, "--as-of", "2026-06-30")

    assert "no-churned-customers" in [finding["check"] for finding in found["findings"]]


def test_orders_and_subscriptions_together_are_refused() -> None:
    done = ltv("benchmark", SHOP, SAAS)

    assert done.exit_code == 2
