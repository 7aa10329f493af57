from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ltvcli.analyses.acquisition.estimates import with_count_noise
from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.results import Source
from ltvcli.stats.inference import jackknife


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


@pytest.mark.parametrize("replicates", [[2.0] * 4, [0.0] * 4, [0.3, 0.1 + 0.2, 0.3]])
@pytest.mark.parametrize("estimate", [jackknife.spread, jackknife.skew_corrected])
def test_an_error_that_no_group_shows_is_unknown(estimate: Any, replicates: list[float]) -> None:
    assert estimate(np.array(replicates)) is None


def test_half_lies_below_the_figure() -> None:
    found = jackknife.spread(np.array([2.0, 2.5, 2.0, 1.5]))

    assert found is not None
    assert found.below(2.0) == 0.5
    assert found.below(2.0 - found.half_width) == pytest.approx(0.025)


def replicates(values: Any, groups: Any) -> Any:
    """Return the mean of all values, then that of all but one group."""
    sums, counts = np.bincount(groups, values), np.bincount(groups)
    used = counts > 0
    left_out = (values.sum() - sums[used]) / (len(values) - counts[used])
    return np.array([values.mean(), *left_out])


def test_the_skewness_is_that_of_the_mean() -> None:
    """The skewness of a mean is that of its values over the square root of their number."""
    values = np.random.default_rng(2).lognormal(0, 1.5, 80)
    found = jackknife.skew_corrected(replicates(values, np.arange(80)))

    assert found is not None
    away = values - values.mean()
    of_values = (away**3).mean() / (away**2).mean() ** 1.5
    assert found.skewness == pytest.approx(of_values / np.sqrt(80))
    assert found.high - found.value > 1.5 * (found.value - found.low)


def test_an_interval_of_hall_by_hand() -> None:
    """With s = 0.6 and t = 12.7062 of one degree of freedom.

    Up: 3 / 0.6 x ((1 - 0.6 x 12.8062)^(1/3) - 1) = 5 x (-1.88368 - 1) = -14.4184; down:
    5 x ((1 + 0.6 x 12.6062)^(1/3) - 1) = 5 x (2.04591 - 1) = 5.2296.
    """
    found = jackknife.Spread(value=100.0, error=2.0, degrees=1, skewness=0.6)

    assert found.low == pytest.approx(100 - 2 * 5.2296, abs=1e-3)
    assert found.high == pytest.approx(100 + 2 * 14.4184, abs=1e-3)


@pytest.mark.parametrize("skewness", [-0.9, -0.3, 0.0, 0.2, 1.0])
@pytest.mark.parametrize("degrees", [1, 20, 99])
def test_the_probability_of_lying_below_the_ends_is_that_of_the_interval(
    skewness: float, degrees: int
) -> None:
    found = jackknife.Spread(value=5.0, error=2.0, degrees=degrees, skewness=skewness)

    assert found.low < found.value < found.high
    assert found.below(found.low) == pytest.approx(0.025)
    assert found.below(found.high) == pytest.approx(0.975)


def test_the_noise_of_a_count_makes_a_ratio_less_skewed() -> None:
    """0.3 and 4 / 10 make 0.5: the third moment is that of before, over a larger cube."""
    found = with_count_noise(jackknife.Spread(value=4.0, error=0.3, degrees=99, skewness=0.5), 100)

    assert (found.error, found.skewness) == pytest.approx((0.5, 0.5 * 0.6**3))


def test_without_skewness_the_interval_is_symmetric() -> None:
    found = jackknife.skew_corrected(np.array([2.0, 2.5, 2.0, 1.5]))

    assert found is not None
    assert found.high - found.value == pytest.approx(found.half_width)
    assert found.value - found.low == pytest.approx(found.half_width)


@pytest.mark.slow
@pytest.mark.parametrize(("customers", "held"), [(60, 0.90), (300, 0.92)])
def test_intervals_of_heavy_tailed_spend_hold(customers: int, held: float) -> None:
    """Lognormal spend with sigma 1.5; without the correction 0.83 and 0.90 hold."""
    chance = np.random.default_rng(11)
    truth, count, corrected, plain = np.exp(1.5**2 / 2), 6000, 0, 0
    for _ in range(count):
        values = chance.lognormal(0, 1.5, customers)
        groups = np.arange(60) if customers == 60 else chance.integers(0, 100, customers)
        samples = replicates(values, groups)
        interval = estimate(samples, Source.MEASURED)
        spread = jackknife.spread(samples)
        assert interval is not None
        assert spread is not None
        corrected += interval.low <= truth <= interval.high
        plain += abs(spread.value - truth) <= spread.half_width

    assert corrected / count >= held
    assert plain / count < held
