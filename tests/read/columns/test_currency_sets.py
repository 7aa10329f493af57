"""Amount, refund and currency come from columns that belong together."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ltvcli import errors
from ltvcli.read.columns.currency_sets import split

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]

CHARGES = (
    "charge no,member id,order date,total,refund amount,currency code,{}\n"
    "1,m1,2026-03-01,100,10,EUR,110,11,USD\n"
    "2,m2,2026-03-02,9000,3000,JPY,60,20,USD\n"
    "3,m1,2026-03-20,50,0,USD,50,0,USD\n"
)
SETS = [
    "Settlement Total,Settlement Refund Amount,Settlement Currency",
    "total (shop currency),refund amount (shop currency),shop currency",
    "total_presentment,refund_amount_presentment,presentment_currency",
    "合計（決済通貨）,返金額（決済通貨）,決済通貨",
    "換算後金額,換算後返金額,換算後通貨",
    "total (shop),refund amount (shop),Shop Currency",
    "Ledger total,Ledger refund amount,Currency of ledger",
    "total [HQ],refund amount [HQ],HQ currency code",
    "合計（本国通貨）,返金額（本国通貨）,本国通貨",
]


@pytest.mark.parametrize(
    ("header", "name", "base"),
    [
        ("Settled Amount", "settlement", "amount"),
        ("Umgerechneter Betrag", "umgerechneter", "betrag"),
        ("Importe convertido", "convertido", "importe"),
        ("Original currency", "original", "currency"),
        ("Customer ID", "", "customer id"),
        ("Base price", "", "base price"),
        ("通貨", "", "通貨"),
    ],
)
def test_a_header_names_its_set(header: str, name: str, base: str) -> None:
    assert split(header) == (name, base)


@pytest.mark.parametrize("names", SETS)
def test_mapping_the_amount_also_maps_refund_and_currency(load: Load, names: str) -> None:
    amount = names.split(",", maxsplit=1)[0]
    loaded = load(CHARGES.format(names), map={"amount": amount})

    assert loaded.revenue == Decimal(189)
    assert loaded.reading.currency == "USD"
    assert list(loaded.reading.inputs[0].columns.values())[-3:] == names.split(",")


@pytest.mark.parametrize("role", ["refund", "currency"])
def test_mapping_refund_or_currency_also_maps_the_amount(load: Load, role: str) -> None:
    column = SETS[0].split(",")[1 if role == "refund" else 2]
    loaded = load(CHARGES.format(SETS[0]), map={role: column})

    assert loaded.revenue == Decimal(189)


@pytest.mark.parametrize("names", SETS)
def test_the_question_about_currencies_offers_flags_that_answer_it(load: Load, names: str) -> None:
    with pytest.raises(errors.ConvertedCurrencyError) as raised:
        load(CHARGES.format(names))

    assert all(f"“{name}”" in raised.value.facts["columns"] for name in names.split(","))
    flags = dict(re.findall(r'--map (\w+)="([^"]+)"', str(raised.value.facts["flags"])))
    assert load(CHARGES.format(names), map=flags).revenue == Decimal(189)


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        (
            "set.guest_money.amount,set.guest_money.currency",
            "set.till_money.amount,set.till_money.currency",
        ),
        ("Gast amount,Gast Währung", "Haus amount,Haus Währung"),
        ("guest total,guest currency", "total,currency"),
        ("合計,通貨", "親会社建て合計,親会社通貨コード"),
    ],
)
def test_sets_differ_in_the_same_words(load: Load, name: str, usual: str) -> None:
    text = (
        f"customer id,order id,order date,{name},{usual}\n"
        "a,1,2026-01-01,10,EUR,1100,JPY\nb,2,2026-01-02,20,USD,2000,JPY\n"
    )
    amount, currency = name.split(",")

    with pytest.raises(errors.ConvertedCurrencyError) as raised:
        load(text, map={"amount": amount, "currency": currency})

    flags = dict(re.findall(r'--map (\w+)="([^"]+)"', str(raised.value.facts["flags"])))
    assert load(text, map=flags).revenue == Decimal(3100)


def test_amounts_of_something_else_in_one_currency_are_not_offered(load: Load) -> None:
    text = (
        "customer id,order id,order date,total,currency,shipping fee,fee currency\n"
        "a,1,2026-01-01,10,EUR,1,JPY\nb,2,2026-01-02,20,USD,2,JPY\n"
    )

    with pytest.raises(errors.MixedCurrencyError) as raised:
        load(text)

    assert type(raised.value) is errors.MixedCurrencyError


def test_a_set_in_several_currencies_is_not_offered(load: Load) -> None:
    text = CHARGES.format(SETS[0]).replace("50,0,USD\n", "50,0,GBP\n")

    with pytest.raises(errors.MixedCurrencyError) as raised:
        load(text)

    assert type(raised.value) is errors.MixedCurrencyError


def test_a_refund_of_another_set_is_a_question_with_the_flag_to_type(load: Load) -> None:
    text = (
        "customer,date,amount,refund,currency,amount converted\n"
        "a,2026-01-01,10,2,EUR,11\nb,2026-01-02,10,0,EUR,11\n"
    )
    with pytest.raises(errors.OtherSetError) as raised:
        load(text, map={"amount": "amount converted"})

    assert raised.value.facts["flag"] == '--map refund="refund"'
    loaded = load(text, map={"amount": "amount converted", "refund": "refund"})
    assert loaded.revenue == Decimal(20)
    assert loaded.reading.currency is None  # EUR is that of the other amount


def test_a_bracket_alone_makes_no_set(load: Load) -> None:
    text = "customer,date,Grand Total (Base),Total Refunded\na,2026-01-01,10,2\n"

    assert load(text).revenue == Decimal(8)


def test_one_currency_needs_no_other_set(load: Load) -> None:
    text = CHARGES.format(SETS[0]).replace("EUR", "USD").replace("JPY", "USD")

    assert load(text).revenue == Decimal(9150 - 3010)
