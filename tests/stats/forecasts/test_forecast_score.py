"""Counting customers together changes no score, and scores are what other people's code says."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ltvcli.stats.forecasts.forecast_score import ranks, score, tenths

ROWS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(1, 5)), min_size=2, max_size=40
)


def spread_out(rows: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """One entry per customer."""
    weight = [row[2] for row in rows]
    return (
        np.repeat([row[0] / 3 for row in rows], weight),
        np.repeat([float(row[1]) for row in rows], weight),
    )


def together(rows: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    predicted, actual, weight = (
        np.array(column, dtype=float) for column in zip(*rows, strict=True)
    )
    return predicted / 3, actual, weight


@given(ROWS)
def test_scores_of_customers_together_are_those_of_each(rows: list[tuple[int, int, int]]) -> None:
    predicted, actual = spread_out(rows)

    found = score(*together(rows))

    assert found.predicted == pytest.approx(predicted.sum())
    assert found.actual == pytest.approx(actual.sum())
    assert found.rmse == pytest.approx(np.sqrt(((predicted - actual) ** 2).mean()))
    assert found.mae == pytest.approx(np.abs(predicted - actual).mean())
    if len(set(predicted)) > 1 and len(set(actual)) > 1:
        rho = stats.spearmanr(predicted, actual).statistic
        assert found.spearman == pytest.approx(rho, abs=1e-9)
    else:
        assert found.spearman is None


@given(ROWS)
def test_ranks_are_those_of_scipy(rows: list[tuple[int, int, int]]) -> None:
    predicted, _, weight = together(rows)
    each = stats.rankdata(spread_out(rows)[0])

    assert np.repeat(ranks(predicted, weight), weight.astype(int)).tolist() == pytest.approx(each)


def area(actual: np.ndarray) -> float:
    """Area between even shares and the shares of customers so ordered, each a step."""
    shares = np.concatenate([[0.0], actual.cumsum() / actual.sum()])
    return float(np.trapezoid(shares, dx=1 / len(actual))) - 0.5


def test_gini_is_the_area_under_the_ordered_curve_as_a_share_of_the_best() -> None:
    chance = np.random.default_rng(7)
    predicted, actual = chance.permutation(200) / 10, chance.poisson(1.5, 200).astype(float)
    by_forecast, at_best = actual[np.argsort(-predicted)], np.sort(actual)[::-1]

    found = score(predicted, actual, np.ones(200))

    assert found.gini == pytest.approx(area(by_forecast) / area(at_best))


def test_nothing_ordered_has_no_bias_and_no_order() -> None:
    found = score(np.array([1.0, 2.0]), np.zeros(2), np.ones(2))

    assert (found.bias, found.spearman, found.gini) == (None, None, None)


@given(ROWS)
def test_tenths_lose_nobody_and_no_order(rows: list[tuple[int, int, int]]) -> None:
    predicted, actual, weight = together(rows)

    found = tenths(predicted, actual, weight, predicted)

    assert sum(one.customers for one in found) == pytest.approx(weight.sum())
    assert sum(one.predicted for one in found) == pytest.approx(weight @ predicted)
    assert sum(one.actual for one in found) == pytest.approx(weight @ actual)
    best = [one.predicted for one in found]
    assert all(one >= other - 1e-9 for one, other in pairwise(best))


def test_tenths_of_different_customers_are_exactly_those_of_a_sorted_list() -> None:
    chance = np.random.default_rng(3)
    predicted, actual = chance.random(50), chance.poisson(2, 50).astype(float)
    sorted_actual = actual[np.argsort(-predicted)].reshape(10, 5).sum(axis=1)

    found = tenths(predicted, actual, np.ones(50), predicted)

    assert [one.actual for one in found] == pytest.approx(sorted_actual.tolist())
