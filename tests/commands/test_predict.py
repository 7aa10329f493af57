"""`ltv predict` from files to the page and to a file of customers, typed and in Python."""

from __future__ import annotations

import csv
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.analyses.predict.answer import DEFAULT_HORIZON
from ltvcli.cli import app
from ltvcli.errors import OutputOfCustomersError, TwoKindsError
from tests.simulated import known, last_day, simulated

ROOT = Path(__file__).parents[2]
SAAS = ROOT / "examples/saas/subscriptions.csv"
DAYS, AHEAD = 540, 182
EVERYTHING = simulated(7, 400, DAYS, AHEAD)
AS_OF = last_day(DAYS)
FORMULAS = {"c0": "=1+1", "c1": "@sum", "c2": "-7", "c3": "+cmd"}
CHANNELS = ("ads", "mail", "organic")
ONE_MODEL = ("--model", "bg-nbd")
"""Where it does not matter which model fits best, one is fitted instead of all."""


def ltv(*typed: object) -> Result:
    return CliRunner().invoke(app, ["predict", *(str(word) for word in typed)])


@cache
def document(*typed: object) -> Any:
    done = ltv(*typed, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_help_names_the_months_that_are_forecast_by_default() -> None:
    described = " ".join(ltv("--help").stdout.split()).partition("--horizon 24mo")[2]

    assert f"[default: {DEFAULT_HORIZON:.0f}mo]" in described.partition("--margin")[0]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("shop") / "orders.csv"
    lines = ["customer,date,amount,channel"]
    for one in known(EVERYTHING, AS_OF):
        channel = CHANNELS[int(one.customer[1:]) % 3]
        name = FORMULAS.get(one.customer, one.customer)
        lines.append(f"{name},{one.day},{one.amount},{channel}")
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


@pytest.fixture(scope="module")
def spend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("spend") / "spend.csv"
    months = [f"{2021 + n // 12}-{n % 12 + 1:02}" for n in range(17)]
    paid = {"ads": 900, "mail": 90}
    rows = [f"{month},{name},{paid[name]}" for month in months for name in paid]
    file.write_text("Month,Channel,Spend\n" + "\n".join(rows) + "\n", "utf-8")
    return file


@pytest.fixture(scope="module")
def customers(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "customers.csv"
    done = ltv(shop, "--horizon", "6mo", "--margin", "50%", "--out", out, "--plain-ids")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Next 6 months  ")
    return out


@pytest.mark.slow
def test_every_customer_is_in_the_file_and_they_add_up_to_the_total(
    shop: Path, customers: Path
) -> None:
    rows = rows_of(customers)
    past, future = document(shop, "--horizon", "6mo", "--margin", "50%")["tables"]["totals"]

    names = {FORMULAS.get(one.customer, one.customer) for one in known(EVERYTHING, AS_OF)}
    assert {row["customer"].removeprefix("'") for row in rows} == names
    assert len(rows) == len(names)

    def added(key: str) -> float:
        return sum(float(row[key]) for row in rows)

    assert added("past_orders") == past["orders"]
    assert added("past_value") == pytest.approx(past["value"])
    assert added("future_orders") == pytest.approx(future["orders"], rel=1e-5)
    assert added("future_value") == pytest.approx(future["value"], rel=1e-5)
    assert added("pltv") == pytest.approx(past["value"] + future["value"], rel=1e-5)


@pytest.mark.slow
def test_no_id_runs_in_a_spreadsheet_and_parquet_keeps_them_as_they_are(
    shop: Path, customers: Path, tmp_path: Path
) -> None:
    ids = {row["customer"] for row in rows_of(customers)}
    assert {"'=1+1", "'@sum", "'+cmd", "-7"} <= ids

    out = tmp_path / "customers.parquet"
    assert ltv(shop, "--out", out, "--plain-ids", *ONE_MODEL).exit_code == 0
    assert set(FORMULAS.values()) <= set(pd.read_parquet(out)["customer"])


@pytest.mark.slow
def test_intervals_of_single_customers_hold_what_they_did(customers: Path) -> None:
    orders: dict[str, set[date]] = {}
    money: dict[str, float] = {}
    for one in EVERYTHING:
        if AS_OF < one.day <= last_day(DAYS + AHEAD):
            name = FORMULAS.get(one.customer, one.customer)
            orders.setdefault(name, set()).add(one.day)
            money[name] = money.get(name, 0) + float(one.amount) / 2
    above, below, dear = 0, 0, 0
    rows = rows_of(customers)
    for row in rows:
        name = row["customer"].removeprefix("'")
        actual = len(orders.get(name, ()))
        above += actual > float(row["future_orders_high"])
        below += actual < float(row["future_orders_low"])
        dear += money.get(name, 0) > float(row["future_value_high"])
    # At most a tenth on either side: counts jump over the limits, so that fewer are usual.
    assert 0.02 < above / len(rows) < 0.12
    assert 0.02 < dear / len(rows) < 0.14
    assert below / len(rows) < 0.12


def test_a_file_of_customers_is_csv_or_parquet_unless_a_format_is_asked_for(
    shop: Path, tmp_path: Path
) -> None:
    out = tmp_path / "customers.tsv"
    done = ltv(shop, "--out", out)
    assert done.exit_code == 2
    assert "customers.tsv ends neither in .csv nor in .parquet" in done.stderr
    assert not out.exists()

    memo = tmp_path / "predict.md"
    assert ltv(shop, "--format", "md", "--out", memo, *ONE_MODEL).stdout == ""
    assert memo.read_text("utf-8").startswith("# Next ")


def test_no_file_that_is_read_is_written_over(shop: Path, spend: Path, tmp_path: Path) -> None:
    for file in (shop, spend):
        text = file.read_text("utf-8")
        done = ltv(shop, "--spend", spend, "--out", file)
        assert done.exit_code == 2
        assert file.read_text("utf-8") == text

    done = ltv(shop, "--out", tmp_path / "nowhere/customers.csv")
    assert done.exit_code == 2
    assert "nowhere" in done.stderr


@pytest.mark.slow
def test_customers_are_named_only_where_that_was_asked_for(shop: Path) -> None:
    plain = ltv(shop, "--format", "json", *ONE_MODEL).stdout
    assert '"c17"' not in plain
    tables = document(shop, "--include-customers", *ONE_MODEL)["tables"]

    keep, risk = tables["keep"], tables["at_risk"]
    assert len(keep) == len(risk) == 10
    assert not {row["customer"] for row in keep} & {row["customer"] for row in risk}
    kept = [row["future_value"] * (1 - row["none_within_90d"]) for row in keep]
    at_stake = [row["future_value"] * row["none_within_90d"] for row in risk]
    assert kept == sorted(kept, reverse=True)
    assert at_stake == sorted(at_stake, reverse=True)


def test_a_cac_is_held_against_a_customer_won_today(shop: Path) -> None:
    found = document(shop, "--margin", "50%", "--cac", 40, *ONE_MODEL)
    row = found["tables"]["new"][0]

    assert row["pltv_to_cac"] == pytest.approx(row["value"] / 40)
    assert row["pltv_to_cac_low"] == pytest.approx(row["value_low"] / 40)
    assert row["payback_low"] <= row["payback"] <= (row["payback_high"] or 99)
    labels = [one["label"] for one in found["says"]]
    assert labels[-3:] == ["New customer", "pLTV/CAC", "Payback"]
    (verdict,) = [one for one in found["says"] if one["label"] == "pLTV/CAC"]
    assert verdict["grade"] == row["grade"]


def test_a_cac_that_never_comes_back_has_no_month(shop: Path) -> None:
    found = document(shop, "--margin", "50%", "--cac", 400_000, *ONE_MODEL)

    assert found["tables"]["new"][0]["payback"] is None
    assert found["says"][-1]["grade"] == "unknown"
    assert "not recovered within the horizon" in found["says"][-1]["says"]


def test_spend_alone_distinguishes_channels(shop: Path, spend: Path) -> None:
    tables = document(shop, "--margin", "50%", "--spend", spend, *ONE_MODEL)["tables"]

    segments = {row["segment"]: row for row in tables["segments"]}
    assert set(segments) == set(CHANNELS)
    assert segments["ads"]["cac"] > 5 * segments["mail"]["cac"]
    assert "cac" not in segments["organic"] or segments["organic"]["cac"] is None
    # The noise of counting customers is in the interval of a measured CAC.
    ads = segments["ads"]
    assert ads["pltv_to_cac_low"] < ads["pltv_low"] / ads["cac"]
    assert {row["cac"] is not None for row in tables["cohorts"][:6]} == {True}
    assert tables["acquisition"]


@pytest.mark.slow
def test_python_gives_the_same(shop: Path, customers: Path, tmp_path: Path) -> None:
    out = tmp_path / "customers.csv"
    options: Any = {"horizon": 6, "margin": 0.5}
    found = ltvcli.predict(pd.read_csv(shop), out=out, plain_ids=True, **options)

    typed = document(shop, "--horizon", "6mo", "--margin", "50%")
    assert found.to_dict()["tables"] == typed["tables"]
    assert out.read_bytes() == customers.read_bytes()
    with pytest.raises(OutputOfCustomersError):
        ltvcli.predict(str(shop), out="customers.txt")
    with pytest.raises(TwoKindsError):
        ltvcli.predict(str(shop), str(SAAS))


def test_the_next_command_asks_the_same_question(shop: Path) -> None:
    done = document(shop, "--model", "bg-nbd", "--include-customers", "--cac", 40)

    begin = f"ltv predict {shop} --model bg-nbd --include-customers --cac 40"
    assert done["next_command"].startswith(begin)


@pytest.fixture(scope="module")
def saas() -> Any:
    return document(SAAS, "--horizon", "6mo", "--margin", "80%", "--cac", "450")


@pytest.mark.slow
def test_subscribers_are_forecast_by_plan_without_being_asked(saas: Any) -> None:
    movements = CliRunner().invoke(app, ["mrr", str(SAAS), "--format", "json"]).stdout
    last = json.loads(movements)["tables"]["movements"][-1]
    plans = saas["tables"]["segments"]

    assert {row["segment"] for row in plans} >= {"team-monthly", "team-yearly"}
    assert sum(row["mrr"] for row in plans) == pytest.approx(last["closing"])
    assert saas["tables"]["totals"][0]["customers"] == last["customers_closing"]
    every = {row["segment"]: row["every"] for row in saas["tables"]["models"]
             if row["model"] == "sbg"}  # fmt: skip
    assert (every["team-monthly"], every["team-yearly"]) == (1, 12)


@pytest.mark.slow
def test_python_forecasts_subscribers(saas: Any) -> None:
    found = ltvcli.predict(str(SAAS), horizon=6, margin=0.8, cac=450)

    assert found.to_dict()["tables"] == saas["tables"]
    assert found.evidence.chosen in {"sbg", "mean-churn"}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (("--include-customers",), "--include-customers does not exist for subscriptions"),
        (("--plain-ids",), "--plain-ids does not exist for subscriptions"),
        (("--customers", "people.csv"), "--customers does not exist for subscriptions"),
        (("--model", "bg-nbd"), "bg-nbd"),
        (("--from", "2025-01-01"), "--from"),
    ],
    ids=lambda typed: str(typed[0]),
)
def test_options_without_meaning_for_subscriptions_are_errors(
    typed: tuple[str, ...], problem: str
) -> None:
    done = CliRunner().invoke(app, ["predict", str(SAAS), *typed])

    assert done.exit_code == 2
    assert problem in " ".join(done.stderr.split())


@pytest.mark.slow
def test_the_hint_for_a_file_of_customers_is_safe_to_follow(tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    asked = str(tmp_path / "rows.parquet")
    done = CliRunner().invoke(app, ["predict", str(SAAS), "--out", asked])
    assert done.exit_code == 2
    assert f"--format csv --out {out} --table cohorts" in " ".join(done.stderr.split())

    tried = ["predict", str(SAAS), "--format", "csv", "--out", str(out), "--table", "cohorts"]
    assert CliRunner().invoke(app, tried).exit_code == 0
    assert out.read_text("utf-8").startswith("cohort,customers,customers_closing,mrr,")
