"""`ltv sources` says how deals, answers and cancellations are read, without their exports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.read import further
from tests import effort
from tests.read.deals.test_load import HUBSPOT, JAPANESE, PIPEDRIVE, SALESFORCE
from tests.read.events.logs import TOOLS
from tests.read.surveys.test_tools import ASIDE

pytestmark = pytest.mark.sampled

SURVEYS = Path(__file__).parents[1] / "data/surveys"
RISK = Path(__file__).parents[2] / "examples/risk"
TRUST = Path(__file__).parents[2] / "examples/trust"
STRIPE = (
    "Customer ID,Canceled At (UTC),Cancellation Reason,Cancellation Feedback,Cancellation Comment\n"
    "cus_1,2026-01-05 10:11,cancellation_requested,too_expensive,Too dear\n"
    "cus_2,,cancellation_requested,unused,\n"
)


def document(*arguments: str, code: int = 0) -> Any:
    done = CliRunner().invoke(app, ["sources", *arguments, "--format", "json"])
    assert done.exit_code == code, done.stderr
    return json.loads(done.stdout)


def roles(answer: Any) -> dict[str, str]:
    return {row["role"]: row["column"] for row in answer["tables"]["columns"] if row["role"]}


@pytest.mark.parametrize("name", effort.nth(3, ASIDE))
def test_the_export_of_a_survey_tool_is_explained(name: str) -> None:
    answer = document(str(SURVEYS / f"{name}.csv"))
    (file,) = answer["tables"]["files"]
    tool = "google_forms" if name.startswith("google") else name

    assert (file["holds"], file["profile"]) == ("survey", f"survey_{tool}")
    assert file["rows_used"] == 2
    assert file["rows_excluded"] == sum(ASIDE[name].values())
    assert {"survey_score", "survey_day"} <= roles(answer).keys()


@pytest.mark.parametrize(
    ("text", "profile", "used"),
    [
        pytest.param(HUBSPOT, "deals_hubspot", 1, id="HubSpot"),
        pytest.param(SALESFORCE, "deals_salesforce", 1, id="Salesforce"),
        pytest.param(PIPEDRIVE, "deals_pipedrive", 1, id="Pipedrive"),
        pytest.param(JAPANESE, "generic_deals", 1, id="a list in Japanese"),
    ],
)
def test_deals_are_explained(text: str, profile: str, used: int, tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text(text, "utf-8")
    answer = document(str(tmp_path / "deals.csv"))
    (file,) = answer["tables"]["files"]

    assert (file["holds"], file["profile"], file["rows_used"]) == ("deals", profile, used)
    assert {"deal", "deal_signed", "deal_commission"} <= roles(answer).keys()
    assert {row["reason"] for row in answer["tables"]["excluded"]} == {"deal-not-won"}
    assert "--deals" in answer["next_command"]


def test_cancellations_are_explained_and_comments_are_not_shown(tmp_path: Path) -> None:
    (tmp_path / "churn.csv").write_text(STRIPE, "utf-8")
    answer = document(str(tmp_path / "churn.csv"))
    (file,) = answer["tables"]["files"]

    assert (file["holds"], file["profile"]) == ("cancellations", "cancellations_stripe")
    assert (file["rows_used"], file["rows_excluded"]) == (1, 1)
    assert roles(answer)["cancellation_comment"] == "Cancellation Comment"
    assert "Too dear" not in json.dumps(answer)
    assert answer["next_command"].startswith("ltv report board subscriptions.csv --cancellations")


@pytest.mark.slow
def test_all_files_of_a_company_are_sorted() -> None:
    names = ("subscriptions", "deals", "nps", "cancellations", "spend")
    answer = document(*(str(TRUST / f"{name}.csv") for name in names))

    assert [file["holds"] for file in answer["tables"]["files"]] == [
        "subscriptions", "deals", "survey", "cancellations", "spend",
    ]  # fmt: skip
    assert "--deals" in answer["next_command"]
    assert "--survey" in answer["next_command"]


def test_an_unusable_file_gives_a_reason(tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text(HUBSPOT.replace("Closed Won", "Open"), "utf-8")
    answer = document(str(tmp_path / "deals.csv"), code=3)

    assert answer["tables"]["files"][0]["holds"] == "deals"
    assert any("--map deal_won" in line["says"] for line in answer["says"])


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("deal,customer,owner,signed,commission", "deals"),
        ("customer,day,reason", "cancellations"),
        ("email,date,NPS", "survey"),
        ("email,date,Would you recommend us to a friend?", "survey"),
        ("order,customer,date,total,reason", None),
        ("customer,start,end,amount,interval,reason", None),
        ("order id,customer,date,owner,amount", None),
        ("customer,date,note", None),
        ("user_id,timestamp,event", "events"),
        ("event,time,distinct_id,$insert_id", "events"),
        ("会員ID,イベント日時,イベント名", "events"),
        ("customer,date,total,event", None),
        ("email,date,action", "events"),
        ("customer,day,reason,event", "cancellations"),
        ("a,b,c", None),
        ("Name,Email,Financial Status,Paid at,Created at,Total,Notes", None),
    ],
)
def test_the_header_identifies_the_kind_of_a_file(header: str, kind: str | None) -> None:
    assert further.kind_of(header.split(","), {}) == kind


def test_a_role_of_map_decides() -> None:
    header = ["wer", "wann", "Antwort", "amount", "date"]

    assert further.kind_of(header, {}) is None
    assert further.kind_of(header, {"survey_score": "Antwort"}) == "survey"


@pytest.mark.parametrize("profile", TOOLS)
def test_a_log_of_events_is_explained(profile: str, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(TOOLS[profile], "utf-8")
    answer = document(str(tmp_path / "log.csv"))
    (file,) = answer["tables"]["files"]

    assert (file["holds"], file["profile"], file["rows_used"]) == ("events", profile, 2)
    assert {"event_customer", "event_day", "event_name"} <= roles(answer).keys()
    assert {"anonymous"} <= {row["reason"] for row in answer["tables"]["excluded"]}
    assert answer["next_command"].startswith("ltv predict orders.csv --events ")


def of_risk(*more: str) -> Any:
    names = ("subscriptions", "events")
    return document(*(str(RISK / f"{name}.csv") for name in names), *more)


def test_events_beside_exports_are_matched_with_their_customers() -> None:
    answer = of_risk()
    _, log = answer["provenance"]["inputs"]

    assert log["rows_used"] == 15_880
    assert log["notes"] == ["2,400 of 2,400 customers have events."]
    assert " --customers customers.csv --events " in answer["next_command"]


def test_what_to_type_where_most_events_are_by_no_customer_works(tmp_path: Path) -> None:
    _, *lines = (RISK / "events.csv").read_text("utf-8").splitlines()
    rows = [f"u{number % 900},{line}" for number, line in enumerate(lines)]
    log = tmp_path / "log.csv"
    log.write_text(
        "\n".join(["user_id,account,timestamp,event", "P0001,P0001,2024-07-01,a", *rows])
    )
    subscriptions = str(RISK / "subscriptions.csv")
    answer = document(subscriptions, str(log))
    (finding,) = (one for one in answer["findings"] if one["check"] == "events-unmatched")
    option = finding["option"].split()
    after = document(subscriptions, str(log), *option)

    assert finding["says"].startswith("16,002 of 16,003 events")
    assert option == ["--map", "event_customer=account"]
    assert "events-unmatched" not in {one["check"] for one in after["findings"]}
    assert after["provenance"]["inputs"][1]["rows_used"] == 15_881
