"""Trials and late payers cut a row; months, payments and tenure become periods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests import effort

pytestmark = pytest.mark.sampled

SPANS = "customer,start,end,trial start,trial end,period start,mrr,status"


def read(load: Callable[..., Any], line: str, **settings: Any) -> list[str]:
    loaded = load(f"{SPANS}\n{line}\n", as_of=date(2025, 6, 30), **settings)
    return [span.removeprefix("a ") for span in loaded.short]


@pytest.mark.parametrize(
    ("line", "periods"),
    effort.nth(
        2,
        [
            pytest.param(
                "a,2025-01-01,,2025-01-01,2025-01-15,2025-06-15,10,active",
                ["2025-01-01 2025-01-15 10 trial", "2025-01-15 … 10"],
                id="a trial, then paid",
            ),
            pytest.param(
                "a,2025-01-15,,2025-01-01,2025-01-15,2025-06-15,10,active",
                ["2025-01-01 2025-01-15 10 trial", "2025-01-15 … 10"],
                id="a trial before the start",
            ),
            pytest.param(
                "a,2025-01-01,,2025-03-01,2025-03-15,2025-06-15,10,active",
                ["2025-01-01 2025-03-01 10", "2025-03-01 2025-03-15 10 trial", "2025-03-15 … 10"],
                id="a trial in the middle",
            ),
            pytest.param(
                "a,2025-01-01,2025-01-10,2025-01-01,2025-01-15,,10,canceled",
                ["2025-01-01 2025-01-10 10 trial"],
                id="left during the trial",
            ),
            pytest.param(
                "a,2025-06-20,,,2025-07-20,,10,trialing",
                ["2025-06-20 … 10 trial"],
                id="still in trial, whatever its end",
            ),
            pytest.param(
                "a,2025-01-10,,,,,10,past_due",
                ["2025-01-10 2025-06-10 10", "2025-06-10 … 10 past-due"],
                id="past due since it was billed last, on the tenth",
            ),
            pytest.param(
                "a,2025-01-31,,,,,10,past_due",
                ["2025-01-31 2025-06-30 10", "2025-06-30 … 10 past-due"],
                id="billed on the last day of short months",
            ),
            pytest.param(
                "a,2025-06-20,,,,2025-06-20,10,unpaid",
                ["2025-06-20 … 10 unpaid"],
                id="never anything but unpaid",
            ),
        ],
    ),
)
def test_a_row_is_cut_where_its_state_changes(
    load: Callable[..., Any], line: str, periods: list[str]
) -> None:
    assert read(load, line) == periods


@pytest.mark.parametrize(
    "month",
    effort.nth(
        3,
        [
            *(
                "2025-03",
                "2025/3",
                "202503",
                "2025.03",
                "03/2025",
                "2025-03-31",
                "2025-03-01 00:00:00",
            ),
            *("2025年3月", "2025年03月度", "２０２５年３月", "Mar 2025", "March 2025"),
        ],
    ),
)
def test_a_month_is_read(load: Callable[..., Any], month: str) -> None:
    loaded = load(f"customer,month,mrr\na,{month},10\nb,2025-01,5\n")

    assert loaded.short == ["a 2025-03-01 … 10", "b 2025-01-01 2025-02-01 5"]
    assert loaded.reading.as_of == date(2025, 3, 31)


def test_the_running_month_ends_today(load: Callable[..., Any]) -> None:
    loaded = load("customer,month,mrr\na,2025-07,10\n", today=date(2025, 7, 9))

    assert loaded.reading.as_of == date(2025, 7, 9)
    assert loaded.short == ["a 2025-07-01 … 10"]


def test_states_of_a_month(load: Callable[..., Any]) -> None:
    lines = ["a,2025-03,10,active", "b,2025-02,10,past due", "c,2025-03,10,canceled"]

    loaded = load("customer,month,mrr,status\n" + "\n".join(lines) + "\nd,2025-03,10,trial\n")

    assert loaded.aside == {4: "already-ended"}
    assert loaded.short == [
        "a 2025-03-01 … 10",
        "b 2025-02-01 2025-03-01 10 past-due",
        "d 2025-03-01 … 10 trial",
    ]


def test_a_month_that_is_there_twice_counts_once(load: Callable[..., Any]) -> None:
    loaded = load("customer,month,mrr\na,2025-03,10\na,2025-03,20\n")

    assert len(loaded.periods) == 1
    assert set(loaded.aside.values()) == {"overlap"}


PAYMENTS = "customer,payment date,amount,interval"


@pytest.mark.parametrize(
    ("interval", "following", "runs_on"),
    [
        ("month", "2025-02-17", True),  # 31 days are covered; 16 is half of it, rounded up
        ("month", "2025-02-18", False),
        ("week", "2025-01-15", True),  # 7 days are covered, and 7 is the least grace
        ("week", "2025-01-16", False),
        ("3 months", "2025-05-01", True),  # 90 days are covered; 30 is the most grace
        ("3 months", "2025-05-02", False),
    ],
)
def test_a_subscription_runs_on_until_the_grace_is_over(
    load: Callable[..., Any], interval: str, following: str, runs_on: bool
) -> None:
    covered = {"month": "2025-02-01", "week": "2025-01-08", "3 months": "2025-04-01"}[interval]

    loaded = load(f"{PAYMENTS}\na,2025-01-01,10,{interval}\na,{following},10,{interval}\n")

    assert loaded.periods[0][4] == date.fromisoformat(following if runs_on else covered)
    assert any("half a period" in note for note in loaded.notes)


def test_the_last_payment_ends_it_when_the_grace_is_over(load: Callable[..., Any]) -> None:
    lines = ["a,2025-01-01,10,month", "b,2025-02-17,10,month"]
    running = load("\n".join((PAYMENTS, *lines)))
    over = load("\n".join((PAYMENTS, lines[0], "b,2025-02-18,10,month")))

    assert running.short[0] == "a 2025-01-01 … 10"
    assert over.short[0] == "a 2025-01-01 2025-02-01 10"


def test_payments_of_one_day_are_added(load: Callable[..., Any]) -> None:
    loaded = load(f"{PAYMENTS}\na,2025-01-01,10,month\na,2025-01-01,5,month\n")

    assert loaded.short == ["a 2025-01-01 … 15"]
    assert loaded.reading.inputs[0].rows_used == 2


def test_plans_of_one_customer_are_paid_apart(load: Callable[..., Any]) -> None:
    lines = [
        f"a,2025-0{month}-{day},10,month,{plan}"
        for month in (1, 2, 3)
        for day, plan in (("01", "x"), ("15", "y"))
    ]

    loaded = load("\n".join((f"{PAYMENTS},plan", *lines)))

    assert loaded.short[:3] == [
        "a 2025-01-01 2025-02-01 10",
        "a 2025-02-01 2025-03-01 10",
        "a 2025-03-01 … 10",
    ]


@pytest.mark.parametrize(
    ("end", "monthly"),
    [
        ("2025-02-01", "100"),
        ("2025-01-31", "100"),  # an inclusive end
        ("2025-04-01", "33.3333"),
        ("2026-01-01", "8.3333"),
        ("2025-01-15", "217.4063"),  # 14 days: 100 x 30.436875 / 14
    ],
)
def test_a_period_gives_the_time_a_payment_covers(
    load: Callable[..., Any], end: str, monthly: str
) -> None:
    loaded = load(f"customer,payment date,period end,amount\na,2025-01-01,{end},100\n")

    assert loaded.short == [f"a 2025-01-01 … {monthly}"]


@pytest.mark.parametrize("word", ["Yes", "1", "TRUE", "解約", "はい"])
def test_a_flag_marks_who_left(load: Callable[..., Any], word: str) -> None:
    text = f"customer,tenure,mrr,churn\na,3,10,{word}\nb,3,10,No\nc,3,10,perhaps\n"

    loaded = load(text, as_of=date(2025, 6, 30))

    assert loaded.short == ["a 2025-03-30 2025-06-30 10", "b 2025-03-31 … 10"]
    assert loaded.aside == {4: "unknown-status"}
