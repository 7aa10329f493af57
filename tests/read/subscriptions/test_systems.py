"""Every system's export in a small file of our own, its periods worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ltvcli.read import profiles

pytestmark = pytest.mark.sampled

DATA = Path(__file__).parents[2] / "data"

SYSTEMS: list[Any] = [
    pytest.param(
        "stripe/subscriptions.csv",
        *("stripe_subscriptions", "USD", "2025-06-20"),
        [
            "cus_1 2025-01-15 … 10",
            "cus_2 2024-03-01 2025-03-01 20",
            "cus_3 2025-06-20 … 10 trial",
            "cus_3 2025-02-03 2025-02-17 30 trial",
            "cus_3 2025-02-17 2025-06-03 30",
            "cus_3 2025-06-03 … 30 past-due",
            "cus_5 2025-02-03 2025-05-03 30",
            "cus_5 2025-05-03 … 30 unpaid",
            "cus_6 2025-01-01 2025-03-05 30.4369",
            "cus_6 2025-03-05 … 30.4369 paused",
            "cus_7 2025-04-01 2025-04-15 10 trial",
        ],
        {6: "never-paid"},
        {},
        id="Stripe: yearly x2 by Ended At, trials, past due, unpaid, weekly, paused, never paid",
    ),
    pytest.param(
        "chargebee/subscriptions.csv",
        *("chargebee_subscriptions", "EUR", "2025-06-25"),
        [
            "c1 2025-01-10 … 50",
            "c2 2025-02-01 2025-07-01 50",
            "c3 2025-06-25 … 50 trial",
            "c4 2024-01-01 2025-01-01 200",
            "c5 2025-01-01 2025-05-20 50",
            "c5 2025-05-20 … 50 paused",
        ],
        {7: "not-started"},
        {},
        id="Chargebee: MRR, non renewing with a planned end, paused on a day, future",
    ),
    pytest.param(
        "recurly/subscriptions.csv",
        *("recurly_subscriptions", "USD", "2025-05-27"),
        [
            "acct-1 2025-01-27 … 24",
            "acct-2 2025-02-10 2025-06-10 8",
            "acct-3 2024-05-01 2024-11-01 10",
        ],
        {5: "never-paid"},
        {},
        id="Recurly: canceled still runs until it expires, six months, quantity",
    ),
    pytest.param(
        "paddle/subscriptions.csv",
        *("paddle_subscriptions", "USD", "2025-05-24"),
        [
            "ctm_01 2025-01-10 2025-01-24 10 trial",
            "ctm_01 2025-01-24 … 10",
            "ctm_02 2024-10-01 2025-04-01 60",
            "ctm_03 2025-02-01 2025-05-01 10",
            "ctm_03 2025-05-01 … 10 paused",
        ],
        {},
        {},
        id="Paddle: cents, three months x2, trial until first billed",
    ),
    pytest.param(
        "baremetrics/subscriptions.csv",
        *("baremetrics_subscriptions", "USD", "2025-04-20"),
        [
            "c1 2025-01-15 … 10",
            "c2 2025-01-20 2025-04-20 30",
            "c3 2025-02-01 … 10",
            "c4 2025-02-01 … 15.2184",
        ],
        {6: "free"},
        {},
        id="Baremetrics: cents, quantity, yearly, every two weeks, free",
    ),
    pytest.param(
        "chartmogul/line_items.csv",
        *("chartmogul_line_items", "USD", "2025-03-01"),
        [
            "s1 2025-01-01 2025-02-01 45",
            "s1 2025-02-01 2025-03-01 50",
            "s1 2025-03-01 … 100",
            "s2 2025-01-15 … 50",
            "s3 2025-01-10 2025-02-10 50",
        ],
        {4: "not-recurring", 5: "proration"},
        {"currency": "USD"},
        id="ChartMogul: cents less tax, discount, a year, a setup fee, a proration, one who left",
    ),
    pytest.param(
        "ecforce/subscriptions.csv",
        *("ecforce_subscriptions", "JPY", "2025-03-10"),
        [
            "k1 2025-01-10 2025-02-12 4400",
            "k1 2025-02-12 2025-03-10 4400",
            "k1 2025-03-10 … 4400",
            "k2 2025-01-05 2025-02-20 4400",
            "k2 2025-02-20 2025-03-20 4400",
            "k4 2025-03-01 2025-04-01 4400",
        ],
        {7: "not-recurring"},
        {"map": {"interval": "month"}},
        id="ecforce: 定期 orders as payments, late and early ones, 無効, a single order",
    ),
    pytest.param(
        "generic/subscriptions_ja.csv",
        *("generic_subscriptions", "JPY", "2025-04-01"),
        [
            "佐藤 2024-04-01 2025-04-01 1000",
            "山田 2025-01-10 … 1000",
            "鈴木 2025-03-01 … 3000",
            "鈴木 2025-02-01 2025-03-01 1000",
            "高橋 2025-01-01 2025-12-31 333.3333",
        ],
        {},
        {},
        id="Japanese: yen in words, yearly, a changed plan, a planned end",
    ),
    pytest.param(
        "generic/months.csv",
        *("generic_subscriptions", None, "2025-04-30"),
        [
            "a 2025-01-01 2025-02-01 10",
            "a 2025-02-01 2025-03-01 10",
            "a 2025-04-01 … 15",
            "b 2025-01-01 2025-02-01 10",
            "c 2025-04-01 … 10",
        ],
        {6: "free"},
        {},
        id="Months: the newest still runs, a missing one is a break",
    ),
    pytest.param(
        "generic/tenure.csv",
        *("generic_subscriptions", None, "2025-06-30"),
        [
            "3668 2025-04-30 2025-06-30 53.85",
            "5575 2022-08-31 … 56.95",
            "7590 2025-05-31 … 29.85",
        ],
        {},
        {"as_of": date(2025, 6, 30)},
        id="Tenure: 34 months are 1035 days back from the as-of date",
    ),
    pytest.param(
        "generic/payments.csv",
        *("generic_subscriptions", None, "2025-06-05"),
        [
            "a 2025-01-05 2025-02-05 10",
            "a 2025-02-05 2025-03-15 10",
            "a 2025-03-15 2025-04-15 12",
            "a 2025-06-05 … 12",
            "b 2025-01-31 … 10",
            "c 2025-01-05 2025-02-01 10",
            "c 2025-02-01 2025-03-01 10",
            "e 2025-05-20 2025-05-27 30.4369",
        ],
        {9: "interval-unknown"},
        {},
        id="Payments: ten days late runs on, two months late came back, a year is covered",
    ),
    pytest.param(
        "woocommerce_subscriptions/subscriptions.csv",
        *("woocommerce_subscriptions", "EUR", "2025-06-10"),
        [
            "10 2025-02-15 2025-05-15 8",
            "10 2025-05-15 … 8 paused",
            "11 2025-03-20 2025-06-20 9",
            "13 2025-06-05 … 15.2184",
            "7 2025-01-10 … 12",
            "8 2025-04-01 … 10",
            "9 2025-01-05 2025-04-05 20",
        ],
        {7: "never-paid"},
        {},
        id="WooCommerce Subscriptions: 6 x month, 2 x week, 0 for no date, on hold, pending cancel",
    ),
    pytest.param(
        "revenuecat/transactions.csv",
        *("revenuecat", "USD", "2025-04-10"),
        [
            "ada 2025-03-08 2025-04-08 6",
            "ada 2025-04-08 … 6",
            "bo 2025-03-20 … 4",
            "fi 2025-04-10 … 2",
        ],
        {2: "trial", 6: "returned", 7: "test", 8: "not-recurring"},
        {},
        id="RevenueCat: trial, refund in full and in part, sandbox, single purchase",
    ),
    pytest.param(
        "patreon/members.csv",
        *("patreon", "USD", "2025-06-03"),
        [
            "901 2025-01-03 … 5",
            "902 2025-03-01 2025-05-01 10",
            "902 2025-05-01 … 10 past-due",
            "903 2025-01-01 2025-04-01 5",
            "905 2025-02-10 … 8",
        ],
        {5: "end-missing", 7: "unknown-status"},
        {},
        id="Patreon: active, declined, former with and without an end, free member",
    ),
]


@pytest.mark.parametrize(
    ("file", "profile", "currency", "as_of", "periods", "aside", "settings"), SYSTEMS
)
def test_an_export_is_read_as_counted_by_hand(
    load: Callable[..., Any],
    file: str,
    profile: str,
    currency: str | None,
    as_of: str,
    periods: list[str],
    aside: dict[int, str],
    settings: dict[str, Any],
) -> None:
    loaded = load(DATA / file, **settings)

    assert loaded.reading.inputs[0].profile == profile
    assert loaded.reading.currency == currency
    assert loaded.reading.as_of == date.fromisoformat(as_of)
    assert loaded.short == periods
    assert loaded.aside == aside


def test_every_profile_of_subscriptions_has_a_file_here() -> None:
    known = {name for name in profiles.names() if profiles.load(name).kind == "subscriptions"}

    assert {param.values[1] for param in SYSTEMS} == known


def test_stripe_gives_the_cancellation_day_and_the_amount(load: Callable[..., Any]) -> None:
    loaded = {row[1]: row for row in load(DATA / "stripe/subscriptions.csv").periods}

    assert loaded["sub_2"][5:7] == (date(2024, 9, 9), date(2025, 3, 1))
    assert loaded["sub_1"][2] == "basic"


def test_discounts_show_in_the_amount_and_not_in_the_list_amount(load: Callable[..., Any]) -> None:
    first = load(DATA / "chartmogul/line_items.csv", currency="USD").periods[0]

    assert first[7:9] == (Decimal(45), Decimal(50))


def test_yen_have_no_cents(load: Callable[..., Any]) -> None:
    text = (DATA / "baremetrics/subscriptions.csv").read_text().replace("usd", "jpy")

    assert load(text).short[0] == "c1 2025-01-15 … 1000"
    assert load(DATA / "chartmogul/line_items.csv", currency="JPY").short[1].endswith(" 5000")


def test_cents_of_an_unknown_currency_are_reported(load: Callable[..., Any]) -> None:
    loaded = load(DATA / "chartmogul/line_items.csv")

    assert any("smallest unit" in note for note in loaded.notes)
    assert any("no customer column" in note for note in loaded.notes)


def test_columns_of_stripe_may_come_in_any_order_and_fewer(load: Callable[..., Any]) -> None:
    lines = (DATA / "stripe/subscriptions.csv").read_text().splitlines()
    cells = [line.split(",") for line in lines]
    kept = [15, 16, 1, 0, 6, 7, 8, 10, 14]
    text = "\n".join(",".join(row[column] for column in kept if column < len(row)) for row in cells)

    loaded = load(text)

    assert loaded.reading.inputs[0].profile == "stripe_subscriptions"
    assert "cus_2 2024-03-01 2025-03-01 10" in loaded.short  # without its quantity of 2
    assert "cus_3 2025-02-17 2025-06-17 30" in loaded.short  # billed on the day its trial ended
