"""Orders and subscriptions of one business: matched customers, and their total value."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import ltvcli
from ltvcli.errors import TwoCurrenciesError
from ltvcli.text.layout import width_of

ORDERS = """order_id,customer_id,email,date,total
1,a,a@x.example,2025-01-05,10.10
2,a,a@x.example,2025-02-05,20.20
3,b7,B@x.example,2025-01-10,5.05
4,c,c@x.example,2025-03-01,7
"""
SUBSCRIPTIONS = """customer_id,email,amount,interval,start date,end date
a,a@x.example,30.00,month,2025-01-01,2025-03-03
s2,b@X.example,30.00,month,2025-01-01,2025-03-03
s3,,30.00,month,2025-01-01,
"""


def together(folder: Path, orders: str, subscriptions: str, **options: Any) -> Any:
    (folder / "orders.csv").write_text(orders, "utf-8")
    (folder / "subscriptions.csv").write_text(subscriptions, "utf-8")
    return ltvcli.calc(folder / "orders.csv", folder / "subscriptions.csv", **options)


def by(report: Any, figure: str) -> dict[str, Any]:
    return {row["bought"]: row[figure] for row in report.tables["together"]}


@pytest.mark.slow
def test_customers_are_matched_by_id_or_else_by_email_in_any_case(tmp_path: Path) -> None:
    found = together(tmp_path, ORDERS, SUBSCRIPTIONS)

    assert by(found, "customers") == {
        "orders-only": 1,
        "subscriptions-only": 1,
        "both": 2,
        "all": 4,
    }
    assert (found.matched.by_id, found.matched.by_email) == (1, 1)
    assert (found.matched.order_customers, found.matched.subscription_customers) == (3, 3)
    assert by(found, "order_revenue") == {
        "orders-only": 7,
        "subscriptions-only": 0,
        "both": 35.35,
        "all": 42.35,
    }
    # Two age months (31 + 30 days from 1 January on) for each of the two who left.
    paid = by(found, "subscription_revenue")
    assert paid["both"] == pytest.approx(2 * 60)
    assert by(found, "revenue")["both"] == pytest.approx(155.35)
    assert by(found, "revenue_per_customer")["both"] == pytest.approx(155.35 / 2)


def test_sums_are_those_of_each_report(tmp_path: Path) -> None:
    found = together(tmp_path, ORDERS, SUBSCRIPTIONS)

    revenue = found.orders.figures.net_revenue
    assert revenue
    assert by(found, "order_revenue")["all"] == revenue.value
    evidence = found.subscriptions.evidence
    assert by(found, "subscription_revenue")["all"] == pytest.approx(evidence.net_revenue)
    assert found.inputs == found.orders.inputs + found.subscriptions.inputs


def test_each_report_is_that_of_its_own_run(tmp_path: Path) -> None:
    found = together(tmp_path, ORDERS, SUBSCRIPTIONS, margin=0.5, cac=3)

    for name, report in (("orders", found.orders), ("subscriptions", found.subscriptions)):
        alone = ltvcli.calc(tmp_path / f"{name}.csv", margin=0.5, cac=3)
        assert (report.figures, report.methods) == (alone.figures, alone.methods)
        assert (report.findings, report.tables) == (alone.findings, alone.tables)


def test_the_order_of_the_files_changes_nothing(tmp_path: Path) -> None:
    found = together(tmp_path, ORDERS, SUBSCRIPTIONS)
    swapped = ltvcli.calc(tmp_path / "subscriptions.csv", tmp_path / "orders.csv")

    assert swapped.to_dict() == found.to_dict()


def test_no_common_customers_are_reported(tmp_path: Path) -> None:
    strangers = SUBSCRIPTIONS.replace("\na,a@x.example", "\ns1,").replace("b@X.example", "")
    found = together(tmp_path, ORDERS, strangers)

    assert by(found, "customers") == {
        "orders-only": 3,
        "subscriptions-only": 3,
        "both": 0,
        "all": 6,
    }
    assert by(found, "revenue_per_customer")["both"] is None
    assert [one.check for one in found.findings] == ["few-matched"]


def test_an_email_of_several_customers_matches_nobody(tmp_path: Path) -> None:
    shared = ORDERS + "5,b8,b@x.example,2025-01-11,5\n"
    found = together(tmp_path, shared, SUBSCRIPTIONS)

    assert (found.matched.by_id, found.matched.by_email, found.matched.unclear) == (1, 0, 3)
    assert by(found, "customers")["both"] == 1
    assert [one.check for one in found.findings] == ["match-doubtful"]


def test_one_id_with_two_emails_is_doubted(tmp_path: Path) -> None:
    other = SUBSCRIPTIONS.replace("a@x.example", "someone@else.example")
    found = together(tmp_path, ORDERS, other)

    assert (found.matched.by_id, found.matched.contradicting) == (1, 1)
    assert [one.check for one in found.findings] == ["match-doubtful"]


def test_an_id_that_is_an_email_meets_the_email_beside_an_id(tmp_path: Path) -> None:
    orders = "order_id,email,date,total\n1,A@x.example,2025-01-05,10\n2,q@x.example,2025-02-05,20\n"
    found = together(tmp_path, orders, SUBSCRIPTIONS)

    assert (found.matched.by_id, found.matched.by_email) == (0, 1)


@pytest.mark.slow
def test_currencies_are_not_added(tmp_path: Path) -> None:
    orders = ORDERS.replace("total", "total,currency").replace("\n", ",EUR\n")
    orders = orders.replace("currency,EUR", "currency")
    subscriptions = SUBSCRIPTIONS.replace("end date\n", "end date,currency\n")
    subscriptions = subscriptions.replace("-03\n", "-03,USD\n").replace("01,\n", "01,,USD\n")

    with pytest.raises(TwoCurrenciesError):
        together(tmp_path, orders, subscriptions)


@pytest.mark.slow
def test_every_kind_gets_the_roles_that_are_its_own(tmp_path: Path) -> None:
    orders = ORDERS.replace("total", "worth").replace("date", "on")
    subscriptions = SUBSCRIPTIONS.replace("start date", "from then")
    roles = {"order_total": "worth", "date": "on", "start": "from then", "customer": "email"}
    found = together(tmp_path, orders, subscriptions, map=roles, lapse_after="90d")

    assert (found.matched.by_id, found.matched.by_email) == (2, 0)
    assert found.orders.given["lapse_after"] == pytest.approx(90 / 30.436875)
    assert "lapse_after" not in found.subscriptions.given
    assert found.given["map.start"] == "from then"


def test_every_format_gives_both(tmp_path: Path) -> None:
    found = together(tmp_path, ORDERS, SUBSCRIPTIONS)
    document = json.loads(found.to_text("json"))
    rows = list(csv.DictReader(found.to_text("csv").splitlines()))

    assert [one["provenance"]["inputs"][0]["kind"] for one in document["reports"]] == [
        "orders",
        "subscriptions",
    ]
    assert document["tables"]["together"] == list(found.tables["together"])
    assert {row["report"] for row in rows} == {"orders", "subscriptions", "together"}
    assert found.to_text("md").count("\n# ") == 2
    for lang in ("en", "ja"):
        assert all(
            width_of(line) <= 80
            for line in found.to_text("table", lang).splitlines()
            if " ltv " not in line
        )


@pytest.mark.slow
def test_rejects_of_both_go_into_one_file(tmp_path: Path) -> None:
    from ltvcli.pipeline import calc
    from ltvcli.settings.settings import Settings

    orders, subscriptions = tmp_path / "o.csv", tmp_path / "s.csv"
    orders.write_text(ORDERS + "9,,,2025-01-01,5\n", "utf-8")
    subscriptions.write_text(SUBSCRIPTIONS + ",,30,month,2025-01-01,\n", "utf-8")
    calc.run([str(subscriptions), str(orders)], Settings(), tmp_path / "rejects.csv")

    rows = list(csv.reader((tmp_path / "rejects.csv").read_text("utf-8").splitlines()))
    assert [row[:3] for row in rows[1:]] == [
        [str(orders), "6", "no-customer"],
        [str(subscriptions), "5", "no-customer"],
    ]
    assert rows[0][3:] == SUBSCRIPTIONS.splitlines()[0].split(",")
