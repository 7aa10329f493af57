"""Roles of columns, what --map may say, and the questions that are asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ltvcli import errors
from ltvcli.read import recognise
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions.columns import understand
from ltvcli.read.subscriptions.intervals import Interval


def sheet(header: str) -> Sheet:
    names = tuple(header.split(","))
    return Sheet(name="s.csv", shape="csv", header=names, digest="", path=Path("s.csv"))


def columns(header: str, **chosen: str) -> dict[str, str]:
    return understand(sheet(header), chosen).columns.named()


@pytest.mark.parametrize(
    ("header", "shape"),
    [
        ("customer,start date,end date,amount,interval", "spans"),
        ("顧客ID,開始日,解約日,月額", "spans"),
        ("customer,created,canceled at,mrr", "spans"),
        ("customer,month,amount", "months"),
        ("顧客番号,対象月,月額", "months"),
        ("customerID,tenure,MonthlyCharges,Churn", "tenure"),
        ("顧客ID,継続月数,月額,解約フラグ", "tenure"),
        ("customer,payment date,amount,interval", "payments"),
        ("顧客番号,決済日,決済金額,課金間隔", "payments"),
        ("customer,date,amount,period end", "payments"),
    ],
)
def test_the_shape_is_recognised_by_the_columns(header: str, shape: str) -> None:
    assert understand(sheet(header), {}).shape == shape


def test_the_end_wins_over_the_day_of_cancelling() -> None:
    both = columns("customer,start,ended at,canceled at,mrr")
    meaning = understand(sheet("customer,start,canceled at,mrr"), {})

    assert (both["end"], both["asked"]) == ("ended at", "canceled at")
    assert meaning.columns.named()["end"] == "canceled at"
    assert meaning.ends_when_asked
    assert "asked" not in meaning.columns.position


def test_an_amount_per_month_needs_no_interval() -> None:
    named = columns("customer,start,mrr,amount,interval")

    assert named.keys() == {"customer", "start", "mrr"}


def test_tenure_counts_back_from_the_as_of_date_whatever_else_is_there() -> None:
    named = columns("customer,tenure,churned,mrr,end date,status")

    assert named.keys() == {"customer", "tenure", "churned", "mrr"}


def test_a_price_is_multiplied_and_an_amount_is_not() -> None:
    assert "quantity" in columns("customer,start,unit price,seats,interval")
    assert "quantity" not in columns("customer,start,unit price,amount,seats,interval")
    assert "amount" in columns("customer,start,price,seats,interval", amount="price")


def test_an_interval_can_be_set_for_all_rows() -> None:
    meaning = understand(sheet("customer,start,amount"), {"interval": "every 3 months"})

    assert meaning.interval == Interval(months=3)
    assert columns("customer,start,amount,every", interval="every")["interval"] == "every"
    assert "interval" not in columns("customer,start,amount,interval", interval="month")
    assert "mrr" not in columns("customer,start,amount,mrr", interval="year")


@pytest.mark.parametrize(
    ("header", "chosen", "error", "says"),
    [
        pytest.param(
            "customer,start,amount",
            {},
            errors.MissingIntervalError,
            "the billing interval of “amount” is unknown",
            id="no interval",
        ),
        pytest.param(
            "customer,payment date,amount",
            {},
            errors.MissingIntervalError,
            "the billing interval of “amount” is unknown",
            id="payments without interval or period",
        ),
        pytest.param(
            "customer,start,amount",
            {"interval": "now and then"},
            errors.NoColumnError,
            "now and then",
            id="neither a column nor an interval",
        ),
        pytest.param(
            "customer,start,amount",
            {"interval": "once"},
            errors.NoColumnError,
            "once",
            id="an interval that is none",
        ),
        pytest.param(
            "customer,amount,interval",
            {},
            errors.MissingColumnError,
            "start",
            id="no start",
        ),
        pytest.param(
            "start,mrr",
            {},
            errors.MissingColumnError,
            "customer",
            id="no customer",
        ),
        pytest.param(
            "id,Customer ID,Start (UTC),Current Period End (UTC),Amount,Interval,Status",
            {},
            errors.MissingColumnError,
            "Ended At",
            id="Stripe without Ended At would never lose anybody",
        ),
        pytest.param(
            "customer,start,amount,total,interval",
            {},
            errors.AmbiguousColumnError,
            "amount, total",
            id="two amounts",
        ),
        pytest.param(
            "customer,start,mrr", {"ends": "x"}, errors.UnknownRoleError, "ends", id="no such role"
        ),
        pytest.param(
            "customer,start,mrr", {"unit": "sen"}, errors.NotAUnitError, "sen", id="no such unit"
        ),
    ],
)
def test_a_question_or_a_reason(
    header: str, chosen: dict[str, str], error: type[errors.LtvError], says: str
) -> None:
    with pytest.raises(error) as caught:
        columns(header, **chosen)

    assert says in str(caught.value)
    assert caught.value.hint.format(**caught.value.facts)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Name,Email,Financial Status,Created at,Total", "orders"),
        ("id,Customer ID,Amount,Status,Start (UTC),Ended At (UTC)", "subscriptions"),
        ("受注ID,受注番号,顧客番号,定期受注番号,支払い合計,受注日,定期回数", "orders"),
        ("customer,date,amount", "orders"),
        ("order id,customer,order date,total,status", "orders"),
        ("customer,month,order date,amount", "orders"),
        ("customer,amount", "orders"),
        ("customer,start date,end date,amount", "subscriptions"),
        ("customer,date,amount,interval", "subscriptions"),
        ("id,Customer ID,Amount,Status,Start (UTC),Current Period End (UTC)", "subscriptions"),
        ("member,start date,fee,auto renewal", "subscriptions"),
        ("顧客番号,受注日,金額,定期回数", "subscriptions"),
        ("customer,month,amount", "subscriptions"),
        ("customerID,tenure,MonthlyCharges,Churn", "subscriptions"),
    ],
)
def test_the_kind_is_recognised_by_the_headers(header: str, expected: str) -> None:
    assert recognise.of(sheet(header)) == expected


@pytest.mark.parametrize("header", ["Month,Channel,Spend", "day,cost", "対象月,媒体,広告費"])
def test_spend_is_distinguished_from_purchases(header: str) -> None:
    with pytest.raises(errors.NotOrdersError, match="--spend"):
        recognise.of(sheet(header))


def test_a_role_that_only_subscriptions_have_decides() -> None:
    assert recognise.of(sheet("customer,date,amount"), {"interval": "month"}) == "subscriptions"
    assert recognise.of(sheet("customer,date,amount"), {"amount": "amount"}) == "orders"


def test_each_kind_of_file_has_its_own_roles() -> None:
    chosen = {"customer": "c", "interval": "month", "order": "o", "date": "d", "typo": "t"}
    sheets: Any = {"orders": [sheet("c,o,d")], "subscriptions": [sheet("c,start")]}
    both = {"customer", "typo"}

    assert recognise.chosen_for("orders", chosen, sheets).keys() == {*both, "order", "date"}
    assert recognise.chosen_for("subscriptions", chosen, sheets).keys() == {*both, "interval"}


@pytest.mark.parametrize(
    ("role", "column", "kinds"),
    [
        ("start", "begun", ["orders", "subscriptions"]),
        ("interval", "month", ["subscriptions"]),
        ("amount", "amount", ["orders"]),
    ],
)
def test_a_role_decides_for_the_sheets_that_have_its_column(
    role: str, column: str, kinds: list[str]
) -> None:
    sheets = [sheet("customer,date,amount"), sheet("customer,begun,amount")]

    assert list(recognise.split(sheets, {role: column})) == kinds


@pytest.mark.parametrize("role", ["order", "cost", "refund"])
def test_roles_of_orders_are_none_of_subscriptions(role: str) -> None:
    chosen: dict[str, Any] = {role: "mrr"}

    with pytest.raises(errors.UnknownRoleError):
        understand(sheet("customer,start,mrr"), chosen)
