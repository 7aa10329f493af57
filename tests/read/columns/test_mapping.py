"""Headers to roles: by what was typed, by the profile, by usual words, and a question otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from ltvcli import errors
from ltvcli.read import profiles
from ltvcli.read.columns.header_lookup import key, recognise
from ltvcli.read.columns.mapping import Columns, understand
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.profiles import ROLES
from ltvcli.read.reasons import REASONS


def columns(header: str, **chosen: str) -> Columns:
    sheet = Sheet(
        name="orders.csv",
        shape="csv",
        header=tuple(header.split(",")),
        digest="",
        path=Path("orders.csv"),
    )
    return understand(sheet, chosen)


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("order_id,customer,date,total,channel", "order customer date amount"),
        (
            "Order ID,Customer ID,Order Date,Sales,Quantity,Discount,Profit",
            "order customer date amount",
        ),
        (
            "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID",
            "order quantity date price customer",
        ),
        (
            "order_id,created_at,user_id,items_purchased,price_usd,cogs_usd",
            "order date customer price cost",
        ),
        ("customer_id,date,number_of_cds,dollar_value", "customer date amount"),
        ("email,paid at,amount,refunded amount,currency", "customer date amount refund currency"),
        ("顧客番号,注文日,注文番号,合計金額（税込）", "customer date order amount"),
        ("会員ＩＤ,受注日時,受注番号,支払合計,原価", "customer date order order_total cost"),
        ("メールアドレス,購入日,数量,単価,原価単価", "customer date quantity price unit_cost"),
    ],
)
def test_usual_words(header: str, roles: str) -> None:
    named = columns(header)

    assert named.profile.name == "generic"
    assert set(named.position) == set(roles.split())


def test_an_exact_header_beats_one_with_a_remark() -> None:
    named = columns("id,Amount (metadata),Amount,Created (UTC),Captured,Customer ID")

    assert named.position["order_total"] == 2


@pytest.mark.parametrize(
    ("header", "chosen", "error", "says"),
    [
        pytest.param(
            "customer,date,total,amount",
            {},
            errors.AmbiguousColumnError,
            "total, amount",
            id="two amounts",
        ),
        pytest.param(
            "customer,date,total,total",
            {},
            errors.AmbiguousColumnError,
            "total#1, total#2",
            id="the same header twice",
        ),
        pytest.param(
            "client id,order id,purchase date,item total,sales amount",
            {},
            errors.AmbiguousColumnError,
            "item total, sales amount",
            id="a line total and another amount",
        ),
        pytest.param("customer,total", {}, errors.MissingColumnError, "date", id="no date"),
        pytest.param(
            "customer,date,total",
            {"amout": "total"},
            errors.UnknownRoleError,
            "amout",
            id="no such role",
        ),
        pytest.param(
            "customer,date,total",
            {"amount": "totl"},
            errors.NoColumnError,
            "totl",
            id="no such header",
        ),
        pytest.param(
            "amazon-order-id,purchase-date,order-status,asin",
            {},
            errors.NotOrdersError,
            "neither a buyer ID",
            id="a report without buyers",
        ),
        pytest.param(
            "id,Customer ID,Interval,Amount,Status,Start (UTC),Current Period End (UTC)",
            {},
            errors.NotOrdersError,
            "lists subscriptions",
            id="subscriptions are no orders",
        ),
    ],
)
def test_ambiguous_or_missing_columns_are_errors(
    header: str, chosen: dict[str, str], error: type[errors.LtvError], says: str
) -> None:
    with pytest.raises(error) as caught:
        columns(header, **chosen)

    assert says in str(caught.value)
    assert caught.value.hint.format(**caught.value.facts)


def test_a_missing_column_names_all_that_is_missing() -> None:
    with pytest.raises(errors.MissingColumnError) as caught:
        columns("OrderId,OrderTime,ShipName,QuantityDetail")

    assert "customer, amount" in str(caught.value)
    assert "BillMailAddress" in str(caught.value)
    assert "TotalPrice" in str(caught.value)


def test_a_near_header_is_offered() -> None:
    with pytest.raises(errors.NoColumnError) as caught:
        columns("customer,date,total", amount="totl")

    assert caught.value.facts["near"] == "total"


@pytest.mark.parametrize(
    ("typed", "position"), [("送料#2", 4), ("送料#1", 2), ("合計", 3), ("合計 ", 3), ("Ｎｏ", 5)]
)
def test_map_finds_headers_in_any_width_and_by_number(typed: str, position: int) -> None:
    named = columns("customer,date,送料,合計,送料,no", amount=typed)

    assert named.position["amount"] == position


def test_map_of_an_amount_replaces_the_profile_s() -> None:
    named = columns("受注ID,受注番号,顧客番号,小計,支払い合計,受注日", amount="小計")

    assert named.named()["amount"] == "小計"
    assert "order_total" not in named.position


def test_map_opens_a_report_that_is_refused() -> None:
    named = columns(
        "amazon-order-id,purchase-date,order-status,asin,mail,paid",
        customer="mail",
        date="purchase-date",
        amount="paid",
    )

    assert named.profile.name == "amazon"


@pytest.mark.parametrize(
    ("header", "second"),
    [
        ("Order ID", "order_id"),
        ("OrderID", "order id"),
        ("Ｃｕｓｔｏｍｅｒ", "customer"),
        ("合計 (税込)", "合計"),
        ("合計（税込）", "合計"),
        ("Created (UTC)", "created"),
        ("購入者 顧客ID", "購入者　顧客ＩＤ"),
    ],
)
def test_headers_that_are_the_same(header: str, second: str) -> None:
    assert key(header) == key(second)


@pytest.mark.parametrize(
    ("header", "second"),
    [("合計(税込)", "合計(税抜)"), ("対応状況(ID)", "対応状況(名称)"), ("usd", "")],
)
def test_different_headers_stay_different(header: str, second: str) -> None:
    assert key(header) != key(second)


USED = {
    "customer",
    "event_customer",
    "spend",
    "deal",
    "survey_day",
    "cancellation_day",
    "event_name",
}
"""Roles of which every profile needs one."""


@pytest.mark.parametrize("name", profiles.names())
def test_a_profile_is_sound(name: str) -> None:
    profile = profiles.load(name)

    assert profile.kind != "orders" or profile.columns.keys() <= ROLES.keys()
    assert {rule.reason for rule in profile.leave_out} <= REASONS.keys()
    assert all(rule.filled or rule.values for rule in profile.leave_out)
    assert profile.label
    assert profile.source
    assert profile.refuse or profile.columns.keys() & USED
    assert profile.pitfalls or profile.refuse
    if profile.recognise:
        assert recognise([tier[0] for tier in profile.recognise], profile.kind) == name


def test_every_text_of_the_profiles_is_listed_once_for_the_catalogue() -> None:
    texts = list(profiles.texts())

    assert "Shopify, orders export" in texts
    assert len(texts) == len(set(texts))


def test_there_is_no_profile_of_that_name() -> None:
    with pytest.raises(errors.UnknownNameError):
        profiles.load("../generic")
