"""`ltv segments` as it is typed, and `ltvcli.segments` as it is called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ltvcli
from ltvcli.cli import app

GOLDEN = Path(__file__).parent.parent / "golden"
ORDERS = GOLDEN / "segments/orders.csv"
SUBSCRIPTIONS = GOLDEN / "segments-subscriptions/subscriptions.csv"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["segments", *arguments], prog_name="ltv")
    assert done.exit_code == 0, done.output
    return done.stdout


def document(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(str(ORDERS), *arguments, "--format", "json"))
    return found


def test_asking_for_plain_ids_asks_for_the_list() -> None:
    rows = document("--cac", "20", "--plain-ids")["tables"]["minus_customers"]

    assert all(row["customer"].startswith("C") for row in rows)


def test_no_id_is_shown_unless_it_is_asked_for() -> None:
    text = run(str(ORDERS), "--cac", "20", "--include-customers", "--format", "md")

    assert "C0" not in text
    assert "C1" not in text


def test_the_list_is_the_customers_that_were_counted() -> None:
    tables = document("--by", "channel", "--cac", "20", "--include-customers")["tables"]
    counted = sum(row["customers"] + row["young"] for row in tables["minus"])
    lost = sum(row["contribution"] + row["young_contribution"] for row in tables["minus"])

    assert len(tables["minus_customers"]) == counted
    assert sum(row["contribution"] for row in tables["minus_customers"]) == pytest.approx(lost)


def test_what_customers_lost_adds_up_whatever_the_order_they_come_in() -> None:
    options = ("--by", "channel", "--cac", "20", "--cost-to-serve", "5%", "--minus")
    rows = document(*options)["tables"]["minus"]
    keys = ("contribution", "net", "young_contribution")

    said = [row[key] for row in rows for key in keys if not row["gathered"]]
    assert said == [round(amount, 4) for amount in said]


def test_single_customers_are_analysed_on_request_or_without_segments() -> None:
    assert "minus" not in document("--by", "channel")["tables"]
    assert "minus" in document("--by", "channel", "--minus")["tables"]
    assert {"minus", "concentration"} == document()["tables"].keys()


def test_settings_beside_the_orders_name_the_segments(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_bytes(ORDERS.read_bytes())
    (tmp_path / "ltv.yaml").write_text("by: channel\ncac: 20\nmin_customers: 50\n", "utf-8")
    found = json.loads(run(str(tmp_path / "orders.csv"), "--format", "json"))
    names = {row["segment"] for row in found["tables"]["segments"]}

    assert names == {"search", "social", "mail", "other"}


@pytest.mark.slow
def test_two_columns_make_combinations_that_add_up() -> None:
    tables = document("--by", "channel", "--by", "customer", "--min-customers", "1")["tables"]
    (single,) = document("--by", "channel", "--min-customers", "1000")["tables"]["segments"]

    assert len(tables["segments"]) == single["customers"]
    assert sum(row["orders"] for row in tables["segments"]) == single["orders"]


def test_a_customers_file_can_have_the_column() -> None:
    people = ORDERS.with_name("customers.csv")
    rows = document("--customers", str(people), "--by", "plan")["tables"]["segments"]

    assert {row["segment"] for row in rows} == {"trial", "club"}


def test_python_gets_records_a_frame_and_the_list() -> None:
    found = ltvcli.segments(str(ORDERS), by="channel", cac=20, include_customers=True)

    assert found.segments[0].name == "mail"
    assert found.losses is not None
    assert list(found.to_pandas()) == ["customer", "segment", "months", "seasoned", "contribution"]
    frame = ltvcli.segments(str(ORDERS), by=["channel"], horizon=6).to_pandas()
    assert frame["horizon"].max() == 6


def test_the_same_input_gives_the_same_bytes() -> None:
    typed = (str(ORDERS), "--by", "channel", "--cac", "20", "--minus", "--format", "json")

    assert run(*typed) == run(*typed)


def subscribers(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(str(SUBSCRIPTIONS), *arguments, "--format", "json"))
    return found


@pytest.mark.slow
def test_plans_of_subscribers_add_up_to_mrr() -> None:
    rows = subscribers("--by", "plan")["tables"]["segments"]
    mrr = CliRunner().invoke(app, ["mrr", str(SUBSCRIPTIONS), "--format", "json"])
    (*_, last, _) = json.loads(mrr.stdout)["tables"]["movements"]  # the last month is not over

    assert {row["segment"] for row in rows} == {"Basic", "Pro"}
    assert sum(row["mrr"] for row in rows) == pytest.approx(last["closing"])
    assert sum(row["customers_closing"] for row in rows) == last["customers_closing"]
    assert all(row["subscriptions"] == row["customers"] for row in rows)


@pytest.mark.slow
def test_python_segments_subscribers_by_two_columns() -> None:
    found = ltvcli.segments(str(SUBSCRIPTIONS), by=["plan", "country"], min_customers=20)

    typed = subscribers("--by", "plan", "--by", "country", "--min-customers", "20")
    assert found.to_dict()["tables"] == typed["tables"]
    assert "Basic · JP" in {segment.name for segment in found.segments}


@pytest.mark.parametrize(
    "typed",
    [
        ("--minus",),
        ("--include-customers",),
        ("--plain-ids",),
        ("--customers", str(ORDERS)),
        ("--cost-to-serve", "5%"),
        ("--lapse-after", "90d"),
    ],
    ids=lambda typed: str(typed[0]),
)
def test_options_without_meaning_for_subscriptions_are_errors(typed: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, ["segments", str(SUBSCRIPTIONS), "--by", "plan", *typed])

    assert done.exit_code == 2
    assert typed[0] in done.stderr


def test_subscriptions_without_by_show_concentration_and_suggest_plan() -> None:
    found = subscribers()

    assert {*found["tables"]} == {"concentration"}
    (askable,) = [line["says"] for line in found["says"] if line["label"] == "Segments"]
    assert "such as plan, country" in askable
