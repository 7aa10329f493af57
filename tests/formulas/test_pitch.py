"""What one claim implies about another, compared with a count month by month."""

from __future__ import annotations

import math

import pytest

from ltvcli.formulas import pitch


@pytest.mark.parametrize("churn", [0.01, 0.05, 0.3])
@pytest.mark.parametrize("discount", [0.0, 0.01])
@pytest.mark.parametrize("within", [1, 7, 24])
def test_months_paid_are_counted_one_by_one(churn: float, discount: float, within: int) -> None:
    there = [((1 - churn) / (1 + discount)) ** month for month in range(within)]

    assert pitch.months_paid(churn, within, discount) == pytest.approx(sum(there))


def test_months_paid_without_end_are_the_limit() -> None:
    assert pitch.months_paid(0.05, 2_000) == pytest.approx(pitch.months_paid(0.05))
    assert pitch.months_paid(0.05, 2_000, 0.01) == pytest.approx(
        pitch.months_paid(0.05, 99e9, 0.01)
    )


@pytest.mark.parametrize(("churn", "within", "months"), [(0.0, 14, 14), (1.0, 14, 1)])
def test_nobody_and_everybody_leaves(churn: float, within: float, months: float) -> None:
    assert pitch.months_paid(churn, within) == months


@pytest.mark.parametrize(("cac", "margin", "churn"), [(100, 30, 0.05), (500, 40, 0.02)])
def test_payback_of_leavers_lies_in_the_month_that_returns_the_cac(
    cac: float, margin: float, churn: float
) -> None:
    returned, month = 0.0, 0
    while returned < cac:
        returned += margin * (1 - churn) ** month
        month += 1

    assert month - 1 < pitch.payback_of_leavers(cac, margin, churn) <= month


@pytest.mark.parametrize(
    ("cac", "margin", "churn"), [(1000, 10, 0.05), (10, 0, 0.05), (10, -1, 0.0), (20, 10, 1.0)]
)
def test_a_cac_that_never_comes_back(cac: float, margin: float, churn: float) -> None:
    assert math.isinf(pitch.payback_of_leavers(cac, margin, churn))


@pytest.mark.parametrize(("growth", "churn"), [(0.05, 0.03), (0.2, 0.05), (0.0, 0.1)])
def test_who_is_young_is_counted_month_by_month(growth: float, churn: float) -> None:
    """A base of a thousand that grows steadily: who was there six months ago and has stayed."""
    customers, old = 1000.0, 1000.0
    for _ in range(6):
        customers *= 1 + growth
        old *= 1 - churn

    assert pitch.younger_than(6, growth, churn) == pytest.approx(1 - old / customers)


@pytest.mark.parametrize("churn", [0.0, 0.02, 0.5, 1.0])
def test_a_year_of_months_and_back(churn: float) -> None:
    assert pitch.monthly(pitch.yearly(churn)) == pytest.approx(churn)


def test_what_stayers_pay_and_leavers_paid() -> None:
    """Of a hundred at 10, forty leave and the rest pay 20: 1,200 of 1,000."""
    assert pitch.stayers_pay(nrr=1.2, churn_yearly=0.4) == pytest.approx(2)
    # Of a hundred at 10, the twenty who leave paid 5 each: 900 of 1,000 are left.
    assert pitch.leavers_paid(grr=0.9, churn_yearly=0.2) == pytest.approx(0.5)
    assert math.isinf(pitch.stayers_pay(1.0, 1.0))
    assert math.isinf(pitch.leavers_paid(0.9, 0.0))
