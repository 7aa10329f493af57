"""MRR, the total per interval and the price per unit are different things."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ltvcli import errors
from ltvcli.results import Quantity
from ltvcli.units import Unit

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]
TODAY = date(2026, 11, 28)

SEATS = """contract id,account code,start date,end date,licenses,{},frequency
C1,acme,2025-03-01,,40,{},yearly
C2,bolt,2025-03-15,,5,{},monthly
"""


def seats(header: str, *cells: str) -> str:
    return SEATS.format(header, *cells)


def mrr(loaded: Any) -> Decimal:
    return sum((row[7] for row in loaded.periods), Decimal(0))


def alerts(loaded: Any) -> dict[str, Any]:
    (file,) = loaded.reading.inputs
    return dict(file.alerts)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("MRR amount", ("800", "100")),
        ("current_mrr", ("800", "100")),
        ("ARR Amount", ("9600", "1200")),
        ("annual recurring revenue", ("9600", "1200")),
        ("年額", ("9600", "1200")),
    ],
)
def test_a_recurring_total_is_never_multiplied(
    load: Load, header: str, cells: tuple[str, str]
) -> None:
    assert mrr(load(seats(header, *cells))) == 900


def test_a_yearly_total_is_used_only_without_a_better_column(load: Load) -> None:
    loaded = load(seats("ARR,fee", "9600,240", "1200,20"))

    assert mrr(loaded) == 900  # 240 x 40 a year, 20 x 5 a month
    assert alerts(loaded) == {}


@pytest.mark.slow
def test_the_question_what_is_paid_explains_three_meanings(load: Load) -> None:
    text = seats("yearly contract", "9600", "1200")
    with pytest.raises(errors.MissingRecurringAmountError) as raised:
        load(text)

    assert re.findall(r"--map (\w+)=COLUMN", raised.value.hint) == ["mrr", "amount", "price"]
    report = {
        role: mrr(load(text, map={role: "yearly contract"}))
        for role in ("mrr", "arr", "amount", "price")
    }
    assert report == {"mrr": 10800, "arr": 900, "amount": 2000, "price": 38000}


@pytest.mark.parametrize(
    ("header", "role"),
    [("monthly MRR", "mrr"), ("ARR usd", "arr"), ("contract_total", "amount"), ("総額", "amount")],
)
def test_a_total_is_refused_as_the_price_of_a_unit(load: Load, header: str, role: str) -> None:
    text = seats(header, "800", "100")
    with pytest.raises(errors.TotalTimesCountError) as raised:
        load(text, map={"price": header})

    assert raised.value.facts["flag"] == f'--map {role}="{header}"'
    assert mrr(load(text, map={role: header})) < 1000


@pytest.mark.parametrize(
    ("column", "cells", "right"),
    [
        ("mrr amount", ("300,800", "300,100"), 900),
        ("arr", ("300,9600", "300,1200"), 900),
    ],
)
def test_a_product_out_of_line_with_a_total_is_reported(
    load: Load, column: str, cells: tuple[str, str], right: int
) -> None:
    text = seats(f"fee per licence,{column}", *cells)
    loaded = load(text, map={"price": "fee per licence"})

    facts = alerts(loaded)["recurring-totals-differ"]
    assert facts["used"] == "fee per licence × licenses"
    assert facts["own"] == Quantity(float(mrr(loaded)), Unit.MONEY)
    assert facts["other"] == Quantity(float(right), Unit.MONEY)
    role, header = re.fullmatch(r'--map (\w+)="(.+)"', str(facts["option"])).groups()  # type: ignore[union-attr]
    assert mrr(load(text, map={role: header})) == right


def test_a_product_that_fits_its_total_is_not_reported(load: Load) -> None:
    text = seats("fee per licence,mrr", "240,800", "20,100")

    assert alerts(load(text, map={"price": "fee per licence"})) == {}


PERIODS = """member id,start date,{}current period end,status,cancel at period end,mrr
ann,2025-01-01,{}2025-07-01,active,{},10
ben,2025-01-01,{}2025-10-01,active,false,10
cem,2025-09-01,{}2025-10-01,active,false,10
"""


@pytest.mark.parametrize("yes", ["true", "TRUE", "1", "Yes", "はい"])
def test_a_cancelled_subscription_is_gone_after_its_paid_period(load: Load, yes: str) -> None:
    text = PERIODS.format("", "", yes, "", "")

    assert load(text, as_of=date(2025, 9, 30), today=TODAY).short == [
        "ann 2025-01-01 2025-07-01 10", "ben 2025-01-01 … 10", "cem 2025-09-01 … 10",
    ]  # fmt: skip
    assert load(text, as_of=date(2025, 6, 15), today=TODAY).aside == {4: "after-as-of"}


def test_a_cancelled_subscription_ends_with_its_period_and_not_when_it_was_cancelled(
    load: Load,
) -> None:
    text = PERIODS.format("cancelled at,", "2025-05-20,", "true", ",", ",")

    assert (
        load(text, as_of=date(2025, 9, 30), today=TODAY).short[0] == "ann 2025-01-01 2025-07-01 10"
    )
