"""The net promoter score: published oracles to the printed digit, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.stats.inference import net_promoter

COUNTS = st.integers(min_value=0, max_value=10_000)


@pytest.mark.parametrize(
    ("counts", "value", "low", "high"),
    [
        ((50, 30, 20), 30.0, 14.05, 44.20),
        ((5, 3, 2), 30.0, -19.05, 65.20),
        ((10, 0, 0), 100.0, 47.50, 100.0),
        ((250, 150, 100), 30.0, 23.00, 36.65),
    ],
)
def test_the_interval_is_the_adjusted_wald_one(
    counts: tuple[int, int, int], value: float, low: float, high: float
) -> None:
    nps = net_promoter.score(*counts)

    assert nps is not None
    assert (round(nps.value, 1), round(nps.low, 2), round(nps.high, 2)) == (value, low, high)


def test_without_answers_there_is_no_score() -> None:
    assert net_promoter.score(0, 0, 0) is None


@given(COUNTS, COUNTS, COUNTS)
def test_promoters_and_detractors_swapped_turn_the_score(
    promoters: int, passives: int, detractors: int
) -> None:
    nps = net_promoter.score(promoters, passives, detractors)
    turned = net_promoter.score(detractors, passives, promoters)

    if nps is None or turned is None:
        assert nps is turned
        return
    assert nps.value == pytest.approx(-turned.value)
    assert (nps.low, nps.high) == pytest.approx((-turned.high, -turned.low))
    assert -100 <= nps.low <= nps.value <= nps.high <= 100
