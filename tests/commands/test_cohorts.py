"""`ltv cohorts` from files to the page, by the command line and by Python."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from ltvcli.errors import NotAChoiceError, SubscriptionsMetricError, TwoKindsError

ROOT = Path(__file__).parents[2]
SHOP = ROOT / "examples/shop/orders.csv"
SAAS = ROOT / "examples/saas/subscriptions.csv"
GOLDEN = ROOT / "tests/golden/cohorts/orders.csv"
TENURE = ROOT / "tests/data/generic/tenure.csv"
CDNOW = ROOT.parent / "shared/data/cdnow/CDNOW_master.txt"
FUZZY = ROOT.parent / "shared/data/fuzzy_factory/orders.csv"


def ltv(*typed: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in typed])


def document(*typed: object) -> Any:
    done = ltv("cohorts", *typed, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def shop() -> Any:
    return document(SHOP)


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not CDNOW.exists():
        pytest.skip("no shared data")
    rows = [line.split() for line in CDNOW.read_text("ascii").splitlines()]
    file = tmp_path_factory.mktemp("cdnow") / "orders.csv"
    lines = [f"{who},{day[:4]}-{day[4:6]}-{day[6:]},{paid}" for who, day, _, paid in rows]
    file.write_text("customer,date,amount\n" + "\n".join(lines) + "\n")
    return file


@pytest.mark.slow
def test_cohorts_and_cells_add_up_to_what_was_accepted_to_the_cent(shop: Any) -> None:
    (total,) = [one["facts"] for one in shop["says"] if one["label"] == "Total"]
    for table in ("cohorts", "triangle"):
        added = sum(Decimal(repr(row["revenue"])) for row in shop["tables"][table])
        assert added == Decimal(repr(total["revenue"]))
    assert sum(row["customers"] for row in shop["tables"]["cohorts"]) == total["customers"]


def test_the_value_of_all_customers_equals_calc(shop: Any) -> None:
    calc = json.loads(ltv("calc", SHOP, "--format", "json").stdout)
    (observed,) = [one for one in calc["methods"] if one["method"] == "observed"]

    row = shop["tables"]["by_age"][calc["horizon"] - 1]
    assert [row[f"ltv{end}"] for end in ("", "_low", "_high")] == pytest.approx(
        [observed["ltv"], observed["low"], observed["high"]]
    )


def test_a_file_split_in_two_gives_the_same_answer(tmp_path: Path) -> None:
    head, *lines = GOLDEN.read_text("utf-8").splitlines(keepends=True)
    parts = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for part, some in zip(parts, (lines[::2], lines[1::2]), strict=True):
        part.write_text(head + "".join(some), "utf-8")

    whole, both = (document(*files, "--cac", 45) for files in ([GOLDEN], parts))
    assert both["tables"] == whole["tables"]
    assert both["says"] == whole["says"]


def test_python_gives_the_same() -> None:
    found = ltvcli.cohorts(pd.read_csv(GOLDEN), by="quarter", metric="retention", cac=45)
    typed = document(GOLDEN, "--by", "quarter", "--metric", "retention", "--cac", 45)

    assert found.to_dict()["tables"] == typed["tables"]
    assert list(found.to_pandas().columns[:4]) == ["cohort", "age_month", "customers", "value"]
    with pytest.raises(NotAChoiceError):
        ltvcli.cohorts(str(GOLDEN), metric="churn")
    with pytest.raises(SubscriptionsMetricError):
        ltvcli.cohorts(str(GOLDEN), metric="revenue-retention")
    with pytest.raises(TwoKindsError):
        ltvcli.cohorts(str(SHOP), str(SAAS))


def test_the_next_command_asks_the_same_question() -> None:
    done = document(GOLDEN, "--by", "quarter", "--metric", "orders", "--cac", 45)

    begin = f"ltv cohorts {GOLDEN} --by quarter --metric orders --cac 45"
    assert done["next_command"].startswith(begin)


@pytest.mark.slow
def test_a_retention_cost_in_the_settings_is_not_forgotten_in_silence() -> None:
    found = document(ROOT / "examples/ec_cube/order_20261031120000.csv")

    (one,) = [one for one in found["findings"] if one["check"] == "cohort-retention-cost"]
    assert one["facts"] == {"cost": 120.0, "monthly": 10.0}


@pytest.mark.slow
def test_cohorts_of_subscribers_pay_the_mrr_of_ltv_mrr_to_the_cent() -> None:
    found = document(SAAS, "--by", "quarter")
    months = json.loads(ltv("mrr", SAAS, "--format", "json").stdout)["tables"]["movements"]

    rows = found["tables"]["cohorts"]
    assert sum(Decimal(repr(row["mrr"])) for row in rows).quantize(Decimal("0.01")) == Decimal(
        repr(months[-1]["closing"])
    ).quantize(Decimal("0.01"))
    assert sum(row["customers_closing"] for row in rows) == months[-1]["customers_closing"]
    assert found["figures"] == {"f2_conversion": None, "f3_conversion": None}
    (said,) = [line["says"] for line in found["says"] if line["label"] == "F2/F3"]
    assert said.startswith("Not defined for subscriptions")


def test_python_follows_subscribers() -> None:
    found = ltvcli.cohorts(str(SAAS), by="quarter", metric="revenue-retention", margin=0.8, cac=450)

    typed = document(SAAS, "--by", "quarter", "--metric", "revenue-retention")
    assert found.to_dict()["tables"] == typed["tables"]


@pytest.mark.parametrize(
    ("typed", "code", "problem"),
    [
        pytest.param(
            [SAAS, "--metric", "orders"], 2, "does not exist for subscriptions", id="no orders"
        ),
        pytest.param([SAAS, "--from", "2026-01-01"], 2, "--from", id="first paid days are dates"),
        pytest.param(
            [TENURE, "--as-of", "2026-03-31"],
            4,
            "so there are no cohorts",
            id="it is not known when they came",
        ),
        pytest.param([SHOP, SAAS], 2, "not both", id="two kinds"),
    ],
)
def test_options_without_meaning_for_subscriptions_are_errors(
    typed: list[object], code: int, problem: str
) -> None:
    done = ltv("cohorts", *typed)

    assert done.exit_code == code
    assert problem in " ".join(done.stderr.split())


@pytest.mark.slow
def test_cdnow_is_a_closed_cohort_of_three_months(cdnow: Path) -> None:
    found = document(cdnow)

    cohorts = {row["cohort"]: row["customers"] for row in found["tables"]["cohorts"]}
    assert cohorts == {"1997-01": 7846, "1997-02": 8476, "1997-03": 7248}
    checks = {one["check"] for one in found["findings"]}
    assert "no-new-customers" in checks
    assert "old-customers-look-new" not in checks


@pytest.mark.slow
def test_cdnow_exported_from_april_on_holds_customers_from_before(
    cdnow: Path, tmp_path: Path
) -> None:
    header, *rows = cdnow.read_text("utf-8").splitlines()
    export = tmp_path / "from_april.csv"
    late = [row for row in rows if row.split(",")[1] >= "1997-04-01"]
    export.write_text("\n".join([header, *late]) + "\n", "utf-8")
    found = document(export)

    (one,) = [one for one in found["findings"] if one["check"] == "old-customers-look-new"]
    assert one["severity"] == "warning"
    assert one["facts"]["ltv"] > 1.2 * one["facts"]["without"]


def test_improvement_of_a_new_shop_is_reported() -> None:
    if not FUZZY.exists():
        pytest.skip("no shared data")
    found = document(FUZZY)

    assert found["says"][0]["says"].startswith("Newer cohorts do better: ")
    assert sum(row["customers"] for row in found["tables"]["cohorts"]) == 31_696
    assert "old-customers-look-new" not in {one["check"] for one in found["findings"]}
