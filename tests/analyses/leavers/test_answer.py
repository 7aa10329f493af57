"""Who left in two periods, by reason and by money, counted by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ltvcli.analyses.leavers import answer, masking
from ltvcli.analyses.leavers.sentences import TOO_EXPENSIVE
from ltvcli.facts.leavers import Leaver, LeaverFacts, Span, Stayer
from ltvcli.results.leavers import INVOLUNTARY, NOT_SAID

SPAN = Span(begin=date(2026, 5, 1), middle=date(2026, 8, 1), end=date(2026, 10, 31))
LEAVERS = (
    (True, 60, TOO_EXPENSIVE, "Too much for us."),
    (True, 40, TOO_EXPENSIVE, ""),
    (True, 30, INVOLUNTARY, ""),
    (True, 200, NOT_SAID, ""),
    (False, 500, TOO_EXPENSIVE, "An old comment."),
    (False, 70, INVOLUNTARY, ""),
    (False, 80, INVOLUNTARY, ""),
)


def answered(
    at_start: int = 40, *, margin: float | None = None, quotes: bool = False
) -> answer.Answer:
    facts = LeaverFacts(
        leavers=tuple(
            Leaver(now=now, monthly=Decimal(monthly), stated=stated, comment=comment)
            for now, monthly, stated, comment in LEAVERS
        ),
        stayers=(
            Stayer(score=6, monthly=Decimal(90), comment="Slow support."),
            Stayer(score=7, monthly=Decimal(95), comment="Fine."),
        ),
        at_start=at_start,
        at_start_before=50,
    )
    names = masking.names_of([])
    return answer.answer(facts, SPAN, answer.Terms(margin=margin, quotes=quotes, names=names))


def test_groups_count_the_customers_of_both_periods_and_the_money_of_the_later_one() -> None:
    rows = {row["group"]: row for row in answered().tables["lost"]}

    figures = ("customers", "customers_before", "rate", "monthly")
    assert {name: tuple(row[key] for key in figures) for name, row in rows.items()} == {
        "all": (4, 3, 4 / 40, 330),
        "voluntary": (3, 1, 3 / 40, 300),
        "involuntary": (1, 2, 1 / 40, 30),
    }


def test_reasons_are_in_order_of_money_and_the_unstated_come_last() -> None:
    rows = answered().tables["reasons"]

    assert [(row["reason"], row["customers"], row["customers_before"]) for row in rows] == [
        (TOO_EXPENSIVE, 2, 1),
        (INVOLUNTARY, 1, 2),
        (NOT_SAID, 1, 0),
    ]
    assert [row["share"] for row in rows] == [100 / 330, 30 / 330, 200 / 330]


def test_the_loss_of_a_year_is_what_leavers_would_have_paid_at_the_churn_of_others() -> None:
    rows = {row["group"]: row for row in answered(at_start=4, margin=0.5).tables["lost"]}

    # All 4 of 4 left within 3 months, a third each month: 1 + 2/3 + ... of the payments of a year.
    months = (1 - (2 / 3) ** 12) / (1 / 3)
    assert rows["all"]["contribution"] == pytest.approx(330 * months * 0.5)


def test_nobody_at_the_start_gives_no_rate_and_whole_years() -> None:
    rows = {row["group"]: row for row in answered(at_start=0).tables["lost"]}

    assert rows["all"]["rate"] is None
    assert rows["all"]["contribution"] == 330 * 12


def test_quotes_are_of_leavers_of_the_later_period_and_of_detractors() -> None:
    assert "quotes" not in answered().tables

    quotes = answered(quotes=True).tables["quotes"]
    assert [(row["reason"], row["monthly"], row["quote"]) for row in quotes] == [
        (TOO_EXPENSIVE, 60, "Too much for us."),
        (answer.DETRACTORS, 90, "Slow support."),
    ]


def test_answers_count_customers_and_those_who_stated_a_reason() -> None:
    found = answered()

    assert (found.left, found.stated) == (4, 3)
