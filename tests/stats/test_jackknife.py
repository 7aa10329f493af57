from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats import jackknife


def test_of_a_mean_it_is_the_classic_standard_error() -> None:
    values = np.random.default_rng(1).normal(50, 7, 40)
    left_out = (values.sum() - values) / 39
    found = jackknife.spread(np.array([values.mean(), *left_out]))

    assert found is not None
    assert found.error == pytest.approx(values.std(ddof=1) / np.sqrt(40))


@pytest.mark.parametrize(
    "replicates",
    [
        pytest.param([2.0, 2.0], id="one group says nothing"),
        pytest.param([2.0, 1.0, float("inf")], id="undefined without one group"),
        pytest.param([2.0, 1.0, float("nan")], id="not a number without one group"),
    ],
)
def test_no_interval_where_there_is_none(replicates: list[float]) -> None:
    assert jackknife.spread(np.array(replicates)) is None


@pytest.mark.parametrize(("threshold", "below"), [(2.0, 0.0), (2.1, 1.0)])
def test_without_spread_there_is_no_doubt(threshold: float, below: float) -> None:
    found = jackknife.spread(np.array([2.0, 2.0, 2.0]))

    assert found is not None
    assert found.below(threshold) == below
    assert found.half_width == 0.0


def test_half_lies_below_the_figure() -> None:
    found = jackknife.spread(np.array([2.0, 2.5, 2.0, 1.5]))

    assert found is not None
    assert found.below(2.0) == 0.5
    assert found.below(2.0 - found.half_width) == pytest.approx(0.025)
