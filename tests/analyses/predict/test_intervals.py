"""How far a forecast may be off: the record says more, never less than chance."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from ltvcli.analyses.predict.intervals import Uncertainty, measured_uncertainty, stated_doubt

NOTHING = np.zeros(0)


def cutoffs(dispersion: float) -> list[Any]:
    """Return what `uncertainty` reads of earlier cut-offs whose totals came out as forecast."""
    return [
        SimpleNamespace(
            ago=float(number),
            dispersion=dispersion,
            chance_of_total=0.0,
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
    [(1.2, 0.5, 0.142), (1.9, 1, 0.142), (2, 1, 0.071), (5, 1, 0.071), (5, 4, 0.142)],
)
def test_doubt_is_halved_once_and_grows_with_the_root_of_the_horizon(
    known: float, ahead: float, doubt: float
) -> None:
    found = stated_doubt(math.ceil(known * 365.2425), round(ahead * 365.2425))

    assert found == pytest.approx(doubt, abs=5e-4)


def test_while_no_season_has_come_round_the_doubt_covers_one() -> None:
    """A season of 30% up and down moves half a year by up to 20%, in logs as much again."""
    doubts = [stated_doubt(days, 365) for days in (60, 182, 240, 396, 419)]

    assert doubts[0] == pytest.approx(doubts[1], abs=1e-9)
    assert doubts[1:] == sorted(doubts[1:], reverse=True)
    assert doubts[-1] == pytest.approx(0.24, abs=1e-3)
    assert stated_doubt(420, 365) == pytest.approx(0.142, abs=5e-4)


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


@pytest.mark.parametrize(("history", "share"), [(400, 1.0), (500, 0.26), (1_000, 0.625)])
def test_what_was_missed_before_a_season_was_known_counts_less_once_it_is(
    history: int, share: float
) -> None:
    """In proportion to the variance stated then: of both cut-offs, 140 and 280 days earlier."""

    def shared(error: float) -> float:
        return measured_uncertainty(
            cast(Any, cutoffs(1.0)), np.full(2, error), history, horizon_days=365, repeats=50.0
        ).shared

    now = stated_doubt(history, 140)
    then = [max(stated_doubt(history - 140 * back, 140), now) for back in (1, 2)]
    left = float(np.mean([(now / doubt) ** 2 for doubt in then])) if history > 420 else 1.0
    weight = 2 / (2 + 2)  # two cut-offs, and a stated doubt that counts as two

    assert shared(0.4) - shared(0.0) == pytest.approx(weight * 0.4**2 * left)
    assert left == pytest.approx(share, abs=0.01)
