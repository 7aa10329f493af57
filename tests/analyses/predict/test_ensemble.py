"""Corrections of models by earlier cut-offs, in the first year and later."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ltvcli.analyses.predict import ensemble
from ltvcli.analyses.predict.ensemble import Combination
from ltvcli.stats.purchases.record import Cells

MODEL = "bg-nbd"
EXPECTED = 100.0
TIME = np.full(3, 9.0)
CELLS = Cells(frequency=np.array([0.0, 1.0, 5.0]), recency=TIME, age=TIME, weight=np.ones(3))


def holdout(ago: float, actual_over_expected: float) -> Any:
    """Return a cut-off at which so many of 100 expected orders came in each group."""
    by_group = np.full(3, EXPECTED * actual_over_expected)
    looked_at = SimpleNamespace(
        cells=CELLS, orders={MODEL: np.full(3, EXPECTED)}, calendar=None, ladder=3 * EXPECTED
    )
    return SimpleNamespace(
        ago=ago,
        outlook=looked_at,
        by_group=by_group,
        total=by_group.sum(),
        chance=np.full(3, 0.01),
        chance_of_total=0.003,
        sums=lambda orders: orders,
    )


def combined(*ratios: float, calendar_known: bool) -> Combination:
    holdouts = [holdout(ago / 2, ratio) for ago, ratio in enumerate(ratios)]
    return ensemble.combine(holdouts, [MODEL], calendar_known=calendar_known)


def test_in_the_first_year_cut_offs_that_disagree_count_half_and_without_the_ladder() -> None:
    later, first_year = (combined(1.6, 1.2, 0.9, calendar_known=known) for known in (True, False))

    assert first_year.ladder == 0
    assert later.ladder > 0
    assert first_year.factors[MODEL] == pytest.approx(later.factors[MODEL] / 2)
    assert (later.factors[MODEL] != 0).all()


@pytest.mark.parametrize("ratios", [(1.3, 1.2, 1.1), (0.7, 0.8, 0.9)], ids=["more", "fewer"])
def test_cut_offs_that_agree_count_in_full(ratios: tuple[float, ...]) -> None:
    later, first_year = (combined(*ratios, calendar_known=known) for known in (True, False))

    assert first_year.ladder == later.ladder > 0
    assert first_year.factors[MODEL] == pytest.approx(later.factors[MODEL])


def test_without_cut_offs_nothing_is_corrected() -> None:
    first_year = ensemble.combine([], [MODEL], calendar_known=False)

    assert first_year.factors[MODEL] == pytest.approx(np.zeros(3))
