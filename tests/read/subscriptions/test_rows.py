"""What a row says per month, what is not believed of it, and the line it stands on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ltvcli import errors
from ltvcli.read.reasons import REASONS

pytestmark = pytest.mark.sampled


def rows(*lines: str, header: str = "customer,start,end,mrr") -> str:
    return "\n".join((header, *lines)) + "\n"


@pytest.mark.parametrize(
    ("header", "line", "reason"),
    [
        ("customer,start,end,mrr", "b,2025-03-01,2025-02-01,10", "end-before-start"),
        ("customer,start,end,mrr", "b,2025-03-01,2025-03-01,10", "ended-same-day"),
        ("customer,start,end,mrr", "b,2025-03-01,,-10", "negative-amount"),
        ("customer,start,end,mrr", "b,2025-03-01,,0", "free"),
        ("customer,start,end,mrr", "b,2025-03-01,,ten", "amount-not-a-number"),
        ("customer,start,end,mrr", "b,2025-03-01,,", "amount-not-a-number"),
        ("customer,start,end,mrr", "b,2025-02-30,,10", "date-not-a-date"),
        ("customer,start,end,mrr", "b,,,10", "date-not-a-date"),
        ("customer,start,end,mrr", "b,2025-03-01,soon,10", "date-not-a-date"),
        ("customer,start,end,mrr", ",2025-03-01,,10", "no-customer"),
        ("customer,start,end,mrr", "b,2025-09-01,,10", "not-started"),
        ("customer,start,end,mrr,status", "b,2025-03-01,,10,wat", "unknown-status"),
        ("customer,start,end,mrr,status", "b,2025-03-01,,10,", "unknown-status"),
        ("customer,start,end,mrr,status", "b,2025-01-03,2025-01-09,10,active", "ended-but-active"),
        ("customer,start,end,mrr,status", "b,2025-01-03,2025-02-01,10,active", "ended-but-active"),
        ("customer,start,end,mrr,status", "b,2025-03-01,,10,canceled", "end-missing"),
        ("customer,start,end,mrr,status", "b,2025-03-01,,10,incomplete_expired", "never-paid"),
        ("customer,start,end,mrr,status", "b,2025-03-01,,10,future", "not-started"),
        ("customer,start,end,amount,interval", "b,2025-03-01,,10,often", "interval-unknown"),
        ("customer,start,end,amount,interval", "b,2025-03-01,,10,", "interval-unknown"),
        ("customer,start,end,amount,interval", "b,2025-03-01,,10,lifetime", "not-recurring"),
        ("customer,start,end,mrr,test", "b,2025-03-01,,10,true", "test"),
        ("customer,start,end,mrr,discount", "b,2025-03-01,,10,some", "amount-not-a-number"),
    ],
)
def test_a_bad_row_is_named_by_line_and_reason(
    load: Callable[..., Any], header: str, line: str, reason: str
) -> None:
    more = {"status": ",active", "interval": ",month", "test": ",false", "discount": ","}
    good = "a,2025-01-01,,10" + more.get(header.rpartition(",")[2], "")

    loaded = load(rows(good, good.replace("a,2025-01", "c,2025-02"), line, header=header))

    assert loaded.aside == {4: reason}
    assert loaded.reading.inputs[0].rows_used == 2
    assert reason in REASONS


def test_a_later_row_of_a_subscription_replaces_the_earlier_one(load: Callable[..., Any]) -> None:
    loaded = load(
        rows(
            "s1,a,2025-01-01,2025-03-01,10",
            "s1,a,2025-02-01,2025-04-01,20",
            "s1,a,2025-03-01,,30",
            "s2,a,2025-01-01,,5",
            "s3,b,2025-01-01,,10",
            "s3,b,2025-02-15,,25",
            header="subscription id,customer,start,end,mrr",
        )
    )

    assert loaded.aside == {}
    assert sorted(loaded.short) == [
        "a 2025-01-01 2025-02-01 10",
        "a 2025-01-01 … 5",
        "a 2025-02-01 2025-03-01 20",
        "a 2025-03-01 … 30",
        "b 2025-01-01 2025-02-15 10",
        "b 2025-02-15 … 25",
    ]


def test_a_row_within_another_of_its_subscription_is_excluded(load: Callable[..., Any]) -> None:
    loaded = load(
        rows(
            "s1,a,2025-01-01,,10",
            "s1,a,2025-02-01,2025-03-01,20",
            "s2,b,2025-01-01,,7",
            "s2,b,2025-01-01,,9",
            header="subscription id,customer,start,end,mrr",
        )
    )

    assert loaded.aside == {3: "overlap", 4: "overlap"}
    assert sorted(loaded.short) == ["a 2025-01-01 … 10", "b 2025-01-01 … 9"]


def test_a_row_that_is_there_twice_counts_once(load: Callable[..., Any]) -> None:
    header = "subscription id,customer,start,end,mrr"
    loaded = load(rows("s1,a,2025-01-01,,10", "s1,a,2025-01-01,,10", header=header))

    assert loaded.aside == {3: "overlap"}


def test_a_plan_change_and_a_stop_and_start_on_one_day_do_not_overlap(
    load: Callable[..., Any],
) -> None:
    loaded = load(
        rows(
            "s1,a,basic,2025-01-01,2025-02-01,10",
            "s1,a,pro,2025-02-01,,20",
            "s2,b,basic,2025-01-01,2025-03-05,10",
            "s3,b,basic,2025-03-05,,10",
            "s4,c,basic,2025-01-01,2025-02-01,10",
            "s4,c,basic,2025-05-01,,10",
            header="subscription id,customer,plan,start,end,mrr",
        )
    )

    assert not loaded.aside
    assert len(loaded.periods) == 6


def test_several_subscriptions_of_a_customer_without_ids(load: Callable[..., Any]) -> None:
    loaded = load(rows("a,2025-01-01,,10", "a,2025-01-15,,10"))

    assert not loaded.aside
    assert len({row[1] for row in loaded.periods}) == 2


def test_last_days_are_distinguished_from_first_days_without(load: Callable[..., Any]) -> None:
    lines = [
        "a,2025-01-01,2025-01-31,10",
        "a,2025-02-01,2025-02-28,10",
        "b,2025-01-01,2025-01-31,9",
    ]

    loaded = load(rows(*lines))

    assert loaded.short == [
        "a 2025-01-01 2025-02-01 10",
        "a 2025-02-01 2025-03-01 10",
        "b 2025-01-01 2025-02-01 9",
    ]
    assert any("last active day" in note for note in loaded.notes)
    assert loaded.reading.as_of == date(2025, 2, 28)


def test_one_day_off_between_two_does_not_make_ends_last_days(load: Callable[..., Any]) -> None:
    lines = ["a,2025-01-01,2025-02-01,10", "a,2025-02-01,2025-03-01,10", "a,2025-03-02,,10"]

    loaded = load(rows(*lines))

    assert loaded.short[1] == "a 2025-02-01 2025-03-01 10"
    assert not any("last active day" in note for note in loaded.notes)


@pytest.mark.parametrize("never", ["9999-12-31", "2099-12-31", "2999-01-01"])
def test_an_end_that_never_comes_is_no_end(load: Callable[..., Any], never: str) -> None:
    assert load(rows(f"a,2025-01-01,{never},10")).short == ["a 2025-01-01 … 10"]


@pytest.mark.parametrize(
    ("amount", "interval", "monthly"),
    [
        ("120", "year", "10"),
        ("30", "quarterly", "10"),
        ("60", "半年", "10"),
        ("7", "week", "30.4369"),  # 7 x 365.2425 / 7 / 12
        ("1", "day", "30.4369"),
        ("24", "2 years", "1"),
        ("100", "yearly", "8.3333"),
        ("¥1,200", "年額", "100"),
    ],
)
def test_every_interval_is_made_a_month(
    load: Callable[..., Any], amount: str, interval: str, monthly: str
) -> None:
    header = "customer,start,amount,interval"

    loaded = load(rows(f'a,2025-01-01,"{amount}",{interval}', header=header))

    assert loaded.short == [f"a 2025-01-01 … {monthly}"]


def test_the_interval_count_is_counted(load: Callable[..., Any]) -> None:
    header = "customer,start,amount,interval,interval_count"

    loaded = load(rows("a,2025-01-01,30,month,3", "b,2025-01-01,30,month,0", header=header))

    assert loaded.short == ["a 2025-01-01 … 10"]
    assert loaded.aside == {3: "interval-unknown"}


@pytest.mark.parametrize(
    ("header", "cells", "amount"),
    [
        ("discount", "2.50", "7.5"),
        ("discount", "-2.50", "7.5"),
        ("discount", "20%", "8"),
        ("discount", "", "10"),
        ("discount", "15", "0"),
        ("discount percent", "20", "8"),
        ("discount percent", "20%", "8"),
        ("discount percent", "0.2", "8"),
        ("割引率", "100", "0"),
    ],
)
def test_discounts_are_subtracted(
    load: Callable[..., Any], header: str, cells: str, amount: str
) -> None:
    loaded = load(
        rows(f"a,2025-01-01,10,month,{cells}", header=f"customer,start,amount,interval,{header}")
    )

    ((*_, net, gross, _),) = loaded.periods
    assert (net, gross) == (Decimal(amount), Decimal(10))


def test_fractions_of_a_discount_are_reported(load: Callable[..., Any]) -> None:
    header = "customer,start,mrr,discount percent"

    loaded = load(rows("a,2025-01-01,10,0.2", "b,2025-01-01,10,1", header=header))

    assert [row[7] for row in loaded.periods] == [Decimal(8), Decimal(0)]
    assert any("fractions" in note for note in loaded.notes)


def test_cents_and_whole_units_can_be_set(load: Callable[..., Any]) -> None:
    text = rows("a,2025-01-01,1000,USD", header="customer,start,mrr,currency")

    assert load(text, map={"unit": "cents"}).short == ["a 2025-01-01 … 10"]
    assert load(text, map={"unit": "whole"}).short == ["a 2025-01-01 … 1000"]


def test_currencies_are_not_added(load: Callable[..., Any]) -> None:
    text = rows("a,2025-01-01,10,usd", "b,2025-01-01,10,EUR", header="customer,start,mrr,currency")

    with pytest.raises(errors.MixedSubscriptionCurrencyError, match="EUR 1, USD 1"):
        load(text)
    assert load(text, currency="usd").aside == {3: "other-currency"}


def test_the_question_about_currencies_names_converted_prices(load: Callable[..., Any]) -> None:
    header = "customer,start,end,mrr,currency,mrr (till),till currency"
    text = rows("a,2025-01-01,,10,USD,9,CHF", "b,2025-01-01,,20,EUR,19,CHF", header=header)

    with pytest.raises(errors.ConvertedSubscriptionCurrencyError) as raised:
        load(text)

    flags = dict(re.findall(r'--map (\w+)="([^"]+)"', str(raised.value.facts["flags"])))
    loaded = load(text, map=flags)
    assert loaded.reading.currency == "CHF"
    assert loaded.short == ["a 2025-01-01 … 9", "b 2025-01-01 … 19"]


def test_symbols_are_currencies_too(load: Callable[..., Any]) -> None:
    with pytest.raises(errors.MixedSubscriptionCurrencyError):
        load(rows("a,2025-01-01,,$10", "b,2025-01-01,,€10"))
    assert load(rows("a,2025-01-01,,¥1000")).reading.currency == "JPY"


def test_a_planned_end_is_no_churn_yet(load: Callable[..., Any]) -> None:
    header = "customer,start,end,mrr,status"
    lines = ["a,2025-01-01,2025-12-31,10,active", "b,2025-06-01,,10,active"]

    loaded = load(rows(*lines, header=header))

    assert loaded.reading.as_of == date(2025, 6, 1)
    assert loaded.short[0] == "a 2025-01-01 2025-12-31 10"


def test_as_of_is_the_newest_day_that_is_past(load: Callable[..., Any]) -> None:
    text = rows("a,2025-01-01,2025-05-20,10", "b,2025-04-01,2025-08-01,10")

    assert load(text).reading.as_of == date(2025, 5, 20)
    assert load(text, as_of=date(2025, 3, 1)).aside == {3: "after-as-of"}


def test_the_data_goes_on_until_a_pause(load: Callable[..., Any]) -> None:
    header = "customer,start,end,mrr,status,paused at"

    loaded = load(rows("a,2025-01-01,,10,paused,2025-04-09", header=header))

    assert loaded.reading.as_of == date(2025, 4, 9)


def test_new_since_excludes_those_acquired_earlier(load: Callable[..., Any]) -> None:
    text = rows("a,2025-01-01,2025-02-01,10", "a,2025-04-01,,10", "b,2025-03-01,,10")

    loaded = load(text, new_since=date(2025, 3, 1))

    assert loaded.aside == {
        2: "customer-before-new-since",
        3: "customer-before-new-since",
    }


def test_the_amount_without_a_customer_is_known(load: Callable[..., Any]) -> None:
    loaded = load(rows("a,2025-01-01,,10", ",2025-01-01,,7", "guest,2025-01-01,,1"))

    assert loaded.reading.no_customer_revenue == Decimal(8)


def test_the_order_of_day_and_month_is_decided_from_all_columns(load: Callable[..., Any]) -> None:
    loaded = load(rows("a,01/02/2025,,10", "b,01/03/2025,13/04/2025,10"))

    assert loaded.short == ["a 2025-02-01 … 10", "b 2025-03-01 2025-04-13 10"]
    with pytest.raises(errors.AmbiguousDateError, match="start, end"):
        load(rows("a,01/02/2025,,10", "b,01/03/2025,03/04/2025,10"))
    given = load(rows("a,01/02/2025,,10"), date_format="%m/%d/%Y")
    assert given.short == ["a 2025-01-02 … 10"]


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        (
            rows("a,2025-01-01,10,now", header="customer,start,amount,interval"),
            errors.UnknownIntervalError,
            "now",
        ),
        (
            rows("a,2025-01-01,,10,CA", header="customer,start,end,mrr,status"),
            errors.UnknownStatusError,
            "CA",
        ),
        (
            rows("a,5,10,no", header="customer,tenure,mrr,churned"),
            errors.NoDayError,
            "tenure",
        ),
        (rows(",2025-01-01,,10"), errors.NoSubscribersError, "customer"),
        (
            rows("a,2025-01-01,,0", "b,x,,0", "c,2025-01-01,,0"),
            errors.NoSubscriptionsError,
            "free 2",
        ),
        (rows("a,x,,1", "b,2025-09-01,,1"), errors.NoSubscriptionsError, "not-started 1"),
    ],
)
def test_a_file_of_which_nothing_can_be_used(
    load: Callable[..., Any], text: str, error: type[errors.LtvError], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        load(text)

    assert caught.value.hint.format(**caught.value.facts)


def test_ragged_rows_are_accounted_for(load: Callable[..., Any]) -> None:
    loaded = load(rows("a,2025-01-01,,10", "b,2025-01-01,10"))

    assert loaded.reading.inputs[0].set_aside == {"ragged": 1}


def test_a_file_given_twice_counts_once(load: Callable[..., Any]) -> None:
    text = rows("a,2025-01-01,,10")

    assert [file.set_aside for file in load(text, text).reading.inputs] == [
        {},
        {"duplicate-file": 1},
    ]


def test_an_amount_that_no_money_reaches_is_set_aside(load: Callable[..., Any]) -> None:
    header = "customer,start,price,quantity,interval"
    lines = ["a,2025-01-01,10,2,month", "b,2025-01-01,99999999999999,99999999999999,month"]

    loaded = load(rows(*lines, header=header))

    assert loaded.short == ["a 2025-01-01 … 20"]
    assert loaded.aside == {3: "amount-not-a-number"}


def test_amounts_that_may_be_ones_or_thousands_are_a_question(load: Callable[..., Any]) -> None:
    text = rows("a;2025-01-01;;1.234", "b;2025-01-01;;2.500", header="customer;start;end;mrr")

    with pytest.raises(errors.AmbiguousDecimalError):
        load(text)


def test_amounts_with_commas_only_are_found(load: Callable[..., Any]) -> None:
    (file,) = load(rows('a,2025-01-01,,"1,234"', 'b,2025-01-01,,"2,500"')).reading.inputs

    assert file.alerts["thousands-assumed"]["role"] == "decimal"
