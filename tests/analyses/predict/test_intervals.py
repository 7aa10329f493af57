"""The uncertainty of a forecast: measured by the backtest, never below chance."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from ltvcli.analyses.predict.backtest import Holdout
from ltvcli.analyses.predict.intervals import Uncertainty, measured_uncertainty, stated_doubt

NOTHING = np.zeros(0)


def cutoffs(dispersion: float) -> list[Any]:
    """Return what `uncertainty` reads of earlier cut-offs whose totals came out as forecast."""
    return [
        SimpleNamespace(
            ago=float(number),
            dispersion=dispersion,
            chance_of_total=0.0,
            chance_of_fit=0.0,
            paid_error=0.0,
            paid_chance=0.0,
            squares=0.0,
            spend=0.0,
            known=SimpleNamespace(days=140),
        )
        for number in range(2)
    ]


def found(dispersion: float) -> Uncertainty:
    return measured_uncertainty(
        cast(Any, cutoffs(dispersion)),
        np.zeros(2),
        history_days=800,
        horizon_days=365,
        repeats=50.0,
    )


@pytest.mark.parametrize(
    ("tested_dispersion", "dispersion"), [(0.2, 1.0), (0.99, 1.0), (1.0, 1.0), (3.5, 3.5)]
)
def test_orders_vary_no_less_than_by_chance(tested_dispersion: float, dispersion: float) -> None:
    """Counts of independent orders vary as much as their mean (Poisson)."""
    one = found(tested_dispersion)

    assert one.dispersion == dispersion
    assert one.of_orders(25.0) == pytest.approx(math.sqrt(one.shared + dispersion / 25))
    assert one.shared == pytest.approx(found(1.0).shared + (dispersion - 1) / 50)


def test_without_a_test_the_variance_is_twice_the_mean() -> None:
    untested = measured_uncertainty([], NOTHING, history_days=800, horizon_days=365, repeats=50.0)

    assert untested.dispersion == 2.0


@pytest.mark.parametrize(
    ("known", "ahead", "doubt"),
    [(1.2, 0.5, 0.282), (2, 1, 0.138), (3, 1, 0.078), (5, 1, 0.05), (5, 4, 0.2)],
)
def test_doubt_falls_to_5_percent_and_grows_with_the_horizon(
    known: float, ahead: float, doubt: float
) -> None:
    found = stated_doubt(math.ceil(known * 365.2425), round(ahead * 365.2425))

    assert found == pytest.approx(doubt, abs=5e-4)


def test_while_no_season_has_come_round_the_doubt_covers_one() -> None:
    """Models take half a season of 30% up and down for a lasting change, so it is larger."""
    doubts = [stated_doubt(days, 365) for days in (60, 182, 240, 396, 419, 420)]

    assert doubts[0] == pytest.approx(doubts[1], abs=1e-9)
    assert doubts[1:] == sorted(doubts[1:], reverse=True)
    assert doubts[-2:] == pytest.approx([0.3, 0.3], abs=1e-3)


def test_only_what_few_cutoffs_estimate_has_few_degrees_of_freedom() -> None:
    """Student's t for a small part of the variance is close to normal (Satterthwaite)."""
    one = found(1.0)

    assert one.degrees == 8 + 2
    assert one.degrees_of(math.sqrt(one.period)) == 10
    assert one.degrees_of(math.sqrt(2 * one.period)) == 40
    assert one.degrees_of(0.01) == 10
    assert one.degrees_of(9.0) == 60


def test_new_customers_share_half_of_the_error_of_the_period() -> None:
    one = found(1.0)

    assert one.shared_by_new == pytest.approx(one.period / 2 + 1 / 50)


def period(history: int, error: float, chance: float = 0.0, fit: float = 0.0) -> float:
    """Return the variance of the error of a period after two cut-offs with the same error."""
    past = cutoffs(1.0)
    for holdout in past:
        holdout.chance_of_total, holdout.chance_of_fit = chance, fit
    return measured_uncertainty(
        cast(Any, past), np.full(2, error), history, horizon_days=365, repeats=50.0
    ).period


def test_a_shop_whose_cutoffs_were_hit_has_a_narrower_interval() -> None:
    """Prior and two cut-offs weigh the same: half of the stated variance is left; 5% at least."""
    stated = stated_doubt(800, 365) ** 2

    assert period(800, 0.0) == pytest.approx(stated / 2)
    assert period(800, 0.3, chance=0.06, fit=0.03) == pytest.approx(stated / 2)
    assert period(800, 0.5) > period(800, 0.3, chance=0.06) > stated / 2
    assert period(3_000, 0.0) == pytest.approx(0.05**2)


def test_errors_of_money_by_chance_do_not_widen_its_interval() -> None:
    past = cutoffs(1.0)
    for holdout in past:
        holdout.paid_error, holdout.paid_chance = 0.3, 0.09

    def money(holdouts: list[Any]) -> float:
        return measured_uncertainty(
            cast(Any, holdouts), np.zeros(2), history_days=800, horizon_days=365, repeats=50.0
        ).money

    by_chance = money(past)
    past[0].paid_chance = 0.0
    assert money(past) > 5 * by_chance > 0


def test_chance_of_a_mean_order_value_is_that_of_a_ratio() -> None:
    """Customers who all pay 10 an order leave none, however unlike their numbers of orders are."""
    rows = SimpleNamespace(
        later=np.array([0, 1, 5]),
        customers=np.array([30, 20, 2]),
        later_spend=np.array([0.0, 200.0, 100.0]),
        later_squares=np.array([0.0, 2_000.0, 5_000.0]),
    )
    holdout = Holdout(
        outlook=cast(Any, None),
        known=cast(Any, rows),
        ago=0.0,
        by_group=np.array([0.0, 20.0, 10.0]),
        spend=300.0,
        squares=7_000.0,
        dispersion=1.0,
        tested={},
    )
    assert holdout.paid_chance == pytest.approx(0.0)

    rows.later_squares[1] += 20 * 4.0**2  # those who order once pay 6 or 14
    assert holdout.paid_chance == pytest.approx(20 * 4.0**2 / 300**2)


@pytest.mark.parametrize("history", [500, 800, 1_000])
def test_what_was_missed_when_less_was_known_counts_less_once_more_is(history: int) -> None:
    """In proportion to the variance stated then: of both cut-offs, 140 and 280 days earlier."""
    now = stated_doubt(history, 365) ** 2
    then = [stated_doubt(history - 140 * back, 140) ** 2 for back in (1, 2)]

    # Two cut-offs, and a stated doubt that counts as two.
    assert period(history, 0.4) - period(history, 0.0) == pytest.approx(
        now * 0.4**2 * np.mean([1 / doubt for doubt in then]) / 2
    )


def test_while_no_season_is_known_errors_of_cutoffs_count_as_they_are() -> None:
    assert period(400, 0.4) - period(400, 0.0) == pytest.approx(0.4**2 * 2 / (4 + 2))
