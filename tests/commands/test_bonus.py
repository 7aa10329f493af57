"""`ltv bonus`, from files to payroll."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app

pytestmark = pytest.mark.sampled

DAY_0 = date(2026, 1, 1)
PLAN = {
    "schedule": {"signing": "50%", "90d": "25%", "180d": "25%"},
    "pro_rata": True,
    "trust": {"weight": "off"},
}
YAML = """bonus:
  schedule: {signing: 50%, 90d: 25%, 180d: 25%}
  pro_rata: true
  version: 2026-Q4
"""


def day(number: int) -> str:
    return (DAY_0 + timedelta(number)).isoformat()


SUBSCRIPTIONS = f"""customer,email,start,end,amount,interval
C1,a@example.com,{day(0)},,100,month
C2,b@example.com,{day(0)},{day(120)},100,month
C3,c@example.com,{day(140)},,100,month
C9,,{day(200)},,10,month
"""
DEALS = f"""deal,customer,owner,signed,commission
D1,C1,Sato,{day(0)},100000
D2,B@example.com,Ito,{day(0)},60000
D3,C3,Sato,{day(140)},80000
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("subscriptions.csv").write_text(SUBSCRIPTIONS, "utf-8")
    Path("deals.csv").write_text(DEALS, "utf-8")
    Path("ltv.yaml").write_text(YAML, "utf-8")


def ltv(*typed: str) -> Result:
    return CliRunner().invoke(app, ["bonus", *typed])


def paid(exports: str, deals: str, **options: Any) -> Mapping[str, tuple[Decimal, ...]]:
    """Return released, held and forfeited of each deal."""
    Path("exports.csv").write_text(exports, "utf-8")
    Path("these.csv").write_text(deals, "utf-8")
    plan = options.pop("plan", PLAN)
    report = ltvcli.bonus("exports.csv", deals="these.csv", plan=plan, **options)
    return {pay.deal: (pay.released, pay.held, pay.forfeited) for pay in report.deals}


def test_the_worked_example() -> None:
    assert paid(SUBSCRIPTIONS, DEALS) == {
        "D1": (100_000, 0, 0),
        "D2": (45_000, 0, 15_000),
        "D3": (40_000, 40_000, 0),
    }


@pytest.mark.slow
def test_the_payroll_has_the_version_of_the_plan_and_the_day_of_the_data() -> None:
    done = ltv("subscriptions.csv", "--deals", "deals.csv", "--out", "payroll.csv")
    rows = list(csv.DictReader(StringIO(Path("payroll.csv").read_text("utf-8"))))

    assert done.exit_code == 0, done.stderr
    assert {row["plan_version"] for row in rows} == {"2026-Q4"}
    assert {row["as_of"] for row in rows} == {day(200)}
    assert len(rows) == 9
    for row in rows:
        pieces = sum(Decimal(row[key]) for key in ("released", "held", "forfeited"))
        assert pieces == Decimal(row["amount"])
    assert sum(Decimal(row["amount"]) for row in rows) == 240_000


def test_the_json_document_has_the_keys_of_the_specification() -> None:
    done = ltv("subscriptions.csv", "--deals", "deals.csv", "--format", "json")
    document = json.loads(done.stdout)

    figures = {name: figure["value"] for name, figure in document["figures"].items()}
    assert figures["commission"] == 240_000
    assert (figures["released"], figures["held"], figures["forfeited"]) == (185_000, 40_000, 15_000)
    keys = {"deal", "owner", "commission", "released", "held", "forfeited"}
    assert keys <= document["tables"]["deals"][0].keys()
    keys = {"owner", "deals", "observed", "expected", "score", "low", "high", "released", "held"}
    assert keys <= document["tables"]["owners"][0].keys()
    assert document["provenance"]["given"]["plan"] == "2026-Q4"


def test_the_same_deal_twice_is_paid_once() -> None:
    once = paid(SUBSCRIPTIONS, DEALS)

    assert paid(SUBSCRIPTIONS, DEALS + DEALS.partition("\n")[2]) == once


@pytest.mark.slow
def test_a_customer_who_is_not_found_is_held_and_listed() -> None:
    Path("deals.csv").write_text(DEALS.replace("C1", "C77"), "utf-8")
    done = ltv("subscriptions.csv", "--deals", "deals.csv")

    assert "held until the customer is found: D1" in " ".join(done.stdout.split())
    assert paid(SUBSCRIPTIONS, DEALS.replace("C1", "C77"))["D1"] == (0, 100_000, 0)


@pytest.mark.slow
def test_part_of_a_subscription_that_is_cancelled_costs_its_part() -> None:
    exports = (
        "customer,subscription,start,end,amount,interval\n"
        f"C1,S1,{day(0)},,60,month\nC1,S2,{day(0)},{day(100)},40,month\n"
        f"C9,S9,{day(200)},,10,month\n"
    )
    deals = f"deal,customer,owner,signed,commission\nD1,C1,Sato,{day(0)},1000\n"

    assert paid(exports, deals) == {"D1": (900, 0, 100)}
    whole = {**PLAN, "pro_rata": False}
    assert paid(exports, deals, plan=whole) == {"D1": (1000, 0, 0)}


@pytest.mark.slow
def test_age_counts_from_the_first_paid_day_if_that_is_later() -> None:
    exports = (
        f"customer,start,end,amount,interval\nC1,{day(30)},{day(125)},100,month\n"
        f"C9,{day(200)},,10,month\n"
    )
    deals = f"deal,customer,owner,signed,commission\nD1,C1,Sato,{day(0)},1000\n"

    assert paid(exports, deals, as_of=day(119)) == {"D1": (500, 500, 0)}
    assert paid(exports, deals, as_of=day(120)) == {"D1": (750, 250, 0)}


def test_of_orders_a_customer_is_active_for_a_while_after_an_order() -> None:
    """With 45 days, the order on day 60 carries day 90, and nothing carries day 180."""
    exports = (
        f"order,customer,date,total\n1,C1,{day(0)},100\n2,C1,{day(60)},100\n9,C9,{day(200)},10\n"
    )
    deals = f"deal,customer,owner,signed,commission\nD1,C1,Sato,{day(0)},1000\n"

    assert paid(exports, deals, lapse_after="45d") == {"D1": (750, 0, 250)}
    assert paid(exports, deals, lapse_after="20d") == {"D1": (500, 0, 500)}


@pytest.mark.slow
def test_what_is_known_later_does_not_change_what_was_decided() -> None:
    exports = f"order,customer,date,total\n1,C1,{day(0)},100\n2,C1,{day(170)},100\n"
    deals = f"deal,customer,owner,signed,commission\nD1,C1,Sato,{day(0)},1000\n"

    assert paid(exports, deals, lapse_after="45d", as_of=day(100))["D1"] == (500, 250, 250)
    assert paid(exports, deals, lapse_after="45d", as_of=day(190))["D1"] == (750, 0, 250)


@pytest.mark.parametrize("grouped", [False, True])
def test_of_orders_refunds_cost_their_part(grouped: bool) -> None:
    """Of 200 ordered until day 90 and 180, 50 were paid back: a quarter of each later part."""
    rows = [("1", 0, "150", "50"), ("2", 80, "50", "0"), ("9", 200, "10", "0")]
    lines = [f"{n},C{1 if n < '9' else 9},{day(d)},{t},{r}\n" for n, d, t, r in rows]
    if grouped:
        lines.insert(1, lines[0])
        lines.append(lines[-1])
    exports = "order,customer,date,total,refunded amount\n" + "".join(lines)
    deals = f"deal,customer,owner,signed,commission\nD1,C1,Sato,{day(0)},1000\n"

    chosen = {"order_total": "total"} if grouped else {}
    assert paid(exports, deals, lapse_after="120d", map=chosen) == {"D1": (875, 0, 125)}


def test_an_order_refunded_in_full_keeps_nobody() -> None:
    exports = (
        f"order,customer,date,total,refunded amount\n1,C1,{day(0)},100,0\n2,C1,{day(80)},50,50\n"
        f"9,C9,{day(200)},10,0\n"
    )
    deals = f"deal,customer,owner,signed,commission\nD1,C1,Sato,{day(0)},1000\n"

    assert paid(exports, deals, lapse_after="45d") == {"D1": (500, 0, 500)}


def test_without_a_commission_the_flag_is_named() -> None:
    Path("deals.csv").write_text("deal,customer,signed\nD1,C1,2026-01-01\n", "utf-8")
    done = ltv("subscriptions.csv", "--deals", "deals.csv")

    assert done.exit_code == 3
    assert "--map deal_commission=COLUMN" in done.stderr


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ([], 2, "subscriptions.csv --deals deals.csv"),
        (["subscriptions.csv"], 2, "ltv bonus subscriptions.csv --deals deals.csv"),
        (["subscriptions.csv", "--deals", "none.csv"], 3, "none.csv"),
    ],
)
def test_what_is_missing_is_named(typed: list[str], code: int, words: str) -> None:
    done = ltv(*typed)

    assert done.exit_code == code
    assert words in done.stderr


def test_without_a_plan_an_example_is_shown() -> None:
    Path("ltv.yaml").unlink()
    done = ltv("subscriptions.csv", "--deals", "deals.csv")

    assert done.exit_code == 2
    assert "schedule: {signing: 50%" in done.stderr


@pytest.mark.slow
def test_data_frames_are_taken() -> None:
    exports, deals = pd.read_csv("subscriptions.csv"), pd.read_csv("deals.csv")
    report = ltvcli.bonus(exports, deals=deals, plan=PLAN)

    assert report.totals["released"] == 185_000


def test_roles_of_deals_and_of_the_exports_do_not_meet() -> None:
    text = DEALS.replace("deal,customer", "deal,who").replace("Sato", "C1")
    Path("deals.csv").write_text(text, "utf-8")
    typed = ["--map", "deal_customer=who", "--map", "customer=customer"]
    done = ltv("subscriptions.csv", "--deals", "deals.csv", *typed)

    assert done.exit_code == 0, done.stderr
    assert "185,000 of 240,000" in done.stdout


@pytest.mark.parametrize("format", ["md", "html", "json", "table"])
def test_every_format_names_the_owner_and_the_held_pay(format: str) -> None:
    done = ltv("subscriptions.csv", "--deals", "deals.csv", "--format", format, "--lang", "ja")

    assert done.exit_code == 0, done.stderr
    assert "Sato" in done.stdout
    assert "40,000" in done.stdout.replace("40000", "40,000")


@pytest.mark.slow
def test_answers_are_shown_if_the_plan_asks_and_change_no_pay() -> None:
    Path("ltv.yaml").write_text(YAML + "  nps: on\n", "utf-8")
    without = ltv("subscriptions.csv", "--deals", "deals.csv", "--format", "json")
    Path("nps.csv").write_text(
        f"email,date,score\na@example.com,{day(20)},10\nb@example.com,{day(20)},3\n", "utf-8"
    )
    typed = ["subscriptions.csv", "--deals", "deals.csv", "--survey", "nps.csv"]
    done = ltv(*typed, "--format", "json")
    document, before = json.loads(done.stdout), json.loads(without.stdout)

    assert document["figures"] == before["figures"]
    assert next(finding["check"] for finding in before["findings"]) == "nps-needs-survey"
    owners = {row["owner"]: row for row in document["tables"]["answers"]}
    assert (owners["Sato"]["customers"], owners["Sato"]["answers"]) == (2, 1)
    assert owners["Sato"]["response_rate"] == 0.5
    assert owners["Ito"]["detractors"] == 1
    assert "Too few answers" in " ".join(ltv(*typed).stdout.split())


def test_answers_of_buyers_are_shown_too() -> None:
    Path("ltv.yaml").write_text(YAML + "  nps: on\nlapse_after: 60d\n", "utf-8")
    orders = [f"{n},C{n},c{n}@example.com,{day(n % 7)},50\n" for n in range(60)]
    again = [f"a{n},C{n},c{n}@example.com,{day(80)},50\n" for n in range(60) if n % 2]
    late = [f"l,C99,,{day(200)},10\n"]
    header = "order,customer,email,date,total\n"
    Path("orders.csv").write_text(header + "".join([*orders, *again, *late]), "utf-8")
    rows = [f"c{n}@example.com,{day(10)},{10 if n % 2 else 2}\n" for n in range(60)]
    Path("nps.csv").write_text("email,date,score\n" + "".join(rows), "utf-8")
    deals = [f"D{n},C{n},Sato,{day(n % 7)},10\n" for n in range(60)]
    Path("deals.csv").write_text("deal,customer,owner,signed,commission\n" + "".join(deals))
    done = ltv("orders.csv", "--deals", "deals.csv", "--survey", "nps.csv")

    assert "NPS predicts who stays: 90 days after the answer 100.0%" in " ".join(
        done.stdout.split()
    )


@pytest.mark.slow
def test_the_team_that_burns_trust_is_paid_less() -> None:
    """In the example the team West presses customers who do not fit; nothing else differs."""
    folder = Path(__file__).parents[2] / "examples/trust"
    plan = {**PLAN, "trust": {"weight": "on"}}
    deals = folder / "deals.csv"
    report = ltvcli.bonus(folder / "subscriptions.csv", deals=deals, plan=plan)
    west = {pay.owner for pay in report.deals if pay.team == "West"}
    factors = {score.owner: score.factor for score in report.trust}

    assert max(factors[owner] for owner in west) < 1
    assert min(factor for owner, factor in factors.items() if owner not in west) > 1
    assert sum(pay.adjustment for pay in report.deals if pay.team == "West") < -1000


@pytest.mark.slow
def test_rejects_name_every_excluded_row_with_its_reason() -> None:
    Path("ltv.yaml").write_text(YAML + "  nps: on\n", "utf-8")
    Path("deals.csv").write_text(
        "deal,customer,owner,signed,commission,stage\n"
        f"D1,C1,Sato,{day(0)},100,won\nD1,C1,Sato,{day(0)},100,won\nD2,C2,Ito,{day(0)},60,lost\n"
        f"D3,C3,Sato,not a day,80,won\n,C3,Sato,{day(0)},80,won\nD4,C3,Ito,{day(0)},8 o,won\n"
        f"D5,C3,Ito,{day(0)},-8,won\nD6,C3,Ito,{day(300)},8,won\n",
        "utf-8",
    )
    Path("nps.csv").write_text(
        f"email,date,score\na@example.com,{day(20)},10\nnobody@example.com,{day(20)},3\n", "utf-8"
    )
    done = ltv(
        "subscriptions.csv", "--deals", "deals.csv", "--survey", "nps.csv", "--as-of", day(199),
        "--rejects", "rejects.csv",
    )  # fmt: skip
    rows = list(csv.reader(StringIO(Path("rejects.csv").read_text("utf-8"))))

    assert done.exit_code == 0, done.stderr
    assert [tuple(row[:3]) for row in rows[1:]] == [
        ("subscriptions.csv", "5", "after-as-of"),
        ("deals.csv", "2", "duplicate-deal"),
        ("deals.csv", "4", "deal-not-won"),
        ("deals.csv", "5", "date-not-a-date"),
        ("deals.csv", "6", "no-deal"),
        ("deals.csv", "7", "amount-not-a-number"),
        ("deals.csv", "8", "commission-below-zero"),
        ("deals.csv", "9", "after-as-of"),
        ("nps.csv", "3", "customer-unknown"),
    ]
