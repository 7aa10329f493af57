"""Words of states, flags and periods in files of subscriptions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ltvcli.errors import ExcludedValueError, UnusedWordError

pytestmark = pytest.mark.sampled

HEADER = "customer id,start date,end date,amount,billing interval"
Load = Callable[..., Any]


def spans(header: str, *cells: str) -> str:
    lines = [f"{HEADER},{header}"]
    lines += [f"c{n},2025-01-{n + 1:02},,10.00,month,{cell}" for n, cell in enumerate(cells)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("WC-Active", "paying"),
        ("non_renewing", "paying"),
        ("Pending-Cancel", "paying"),
        ("IN_TRIAL", "trial"),
        ("on hold", "paused"),
        ("billing_issue", "past-due"),
        ("Zahlung fehlgeschlagen", "past-due"),
        ("suspendu", "paused"),
        ("en période d'essai", "trial"),
    ],
)
def test_states_are_read_in_the_words_of_vendors(load: Load, word: str, state: str) -> None:
    loaded = load(spans("status", "active", word))

    assert [row[-1] for row in loaded.periods if row[0] == "c1"][-1] == state


def test_a_number_beside_a_period_is_how_many_periods_an_amount_is_for(load: Load) -> None:
    text = (
        "customer id,start date,end date,amount,billing interval,billing cycle\n"
        "a,2025-01-01,,30.00,3,month\nb,2025-01-01,,120.00,1,year\n"
    )

    assert [line.split()[-1] for line in load(text).short] == ["10", "10"]


def test_durations_are_read_as_intervals(load: Load) -> None:
    text = (
        "customer id,start date,end date,amount,product duration\n"
        "a,2025-01-01,,10.00,P1M\nb,2025-01-01,,30.00,P3M\nc,2025-01-01,,120.00,P1Y\n"
    )

    assert [line.split()[-1] for line in load(text).short] == ["10", "10", "10"]


def test_zero_is_no_date(load: Load) -> None:
    text = (
        f"{HEADER},canceled at\n"
        "a,2025-01-01,0,10.00,month,0\nb,2025-01-02,0000-00-00 00:00:00,10.00,month,-\n"
        "c,2025-01-03,2025-02-03,10.00,month,0000-00-00\n"
    )

    assert load(text).short == [
        "a 2025-01-01 … 10",
        "b 2025-01-02 … 10",
        "c 2025-01-03 2025-02-03 10",
    ]


@pytest.mark.parametrize(
    ("header", "cells", "excluded"),
    [
        ("store_is_sandbox", ["false", "TRUE"], "test"),
        ("live_mode", ["1", "0"], "test"),
        ("Environment", ["Production", "Sandbox"], "test"),
        ("refunded at", ["0", "2025-02-02"], "returned"),
        ("返金済", ["×", "○"], "returned"),
        ("Payment State", ["paid", "declined"], "failed"),
    ],
)
def test_rows_that_are_no_sale_are_excluded(
    load: Load, header: str, cells: list[str], excluded: str
) -> None:
    assert load(spans(header, *cells)).aside == {3: excluded}


def test_payments_that_failed_are_excluded(load: Load) -> None:
    text = (
        "customer id,payment date,amount,billing interval,status\n"
        "a,2025-01-01,10.00,month,succeeded\na,2025-02-01,10.00,month,refunded\n"
        "b,2025-01-05,10.00,month,failed\n"
    )

    assert load(text).aside == {3: "returned", 4: "failed"}


def test_the_state_of_a_subscription_excludes_no_payment(load: Load) -> None:
    text = (
        "customer id,payment date,amount,billing interval,status\n"
        "a,2025-01-01,10.00,month,active\nb,2025-01-05,10.00,month,cancelled\n"
    )

    assert load(text).aside == {}


def test_unknown_states_are_excluded_and_listed(load: Load) -> None:
    loaded = load(spans("status", "active", "Dormant member", "Dormant member"))

    assert loaded.aside == {3: "unknown-status", 4: "unknown-status"}
    words = {word.word: word for word in loaded.reading.inputs[0].statuses}
    assert words["Dormant member"].meaning == "unknown-status"
    assert words["Dormant member"].rows == 2


def test_words_that_the_user_explains_decide(load: Load) -> None:
    text = spans("status", "active", "Dormant member", "Beta", "Guest pass")

    loaded = load(
        text, words={"dormant MEMBER": "paused", "beta": "test"}, status_paid=("guest pass",)
    )

    assert loaded.aside == {4: "test"}
    assert [line.split()[0] for line in loaded.short if line.endswith(" 10")][-1] == "c3"


def test_excluded_values_of_any_column_are_left_out(load: Load) -> None:
    text = spans("status,Plan Name", "active,Staff", "active,Gold")

    assert load(text, exclude=("plan name=STAFF",)).aside == {2: "excluded-by-user"}
    assert load(spans("status", "active", "Beta"), exclude=("Status=beta",)).aside == {
        3: "excluded-by-user"
    }


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"exclude": ("status=Bta",)}, ExcludedValueError),
        ({"status_paid": ("Bta",), "origin": {"status_paid": "flag"}}, UnusedWordError),
    ],
)
def test_what_no_row_has_is_an_error(load: Load, settings: Any, error: type[Any]) -> None:
    with pytest.raises(error) as caught:
        load(spans("status", "active", "Beta"), **settings)

    assert "Beta" in str(caught.value.facts)


def test_a_yearly_plan_is_paused_since_its_last_payment(load: Load) -> None:
    text = (
        "customer id,start date,end date,amount,billing interval,status\n"
        "a,2023-06-11,,120.00,year,on-hold\nb,2024-01-01,2024-09-30,10.00,month,cancelled\n"
    )

    assert load(text).short[:2] == ["a 2023-06-11 2024-06-11 10", "a 2024-06-11 … 10 paused"]


def test_refund_rows_of_payments_are_excluded(load: Load) -> None:
    text = (
        "customer id,amount,date,billing period,row type\n"
        "a,20.00,2025-01-05,monthly,charge\na,20.00,2025-02-05,monthly,charge\n"
        "b,20.00,2025-01-07,monthly,charge\nb,20.00,2025-01-09,monthly,refund\n"
    )

    assert load(text).aside == {5: "returned"}
