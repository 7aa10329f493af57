from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.retention.discounted_lifetime import endless
from ltvcli.stats.retention.profile_likelihood import interval
from ltvcli.stats.retention.renewals import Renewals, count
from ltvcli.stats.retention.shifted_beta_geometric import (
    fit,
    log_likelihood,
    posterior_after,
    survival,
)


def test_the_first_churn_of_two_renewals_has_the_interval_of_a_binomial_share() -> None:
    # Two parameters and two renewals: the second says nothing about the first.
    found = fit(Renewals(at_risk=np.array([100.0, 80.0]), left=np.array([20.0, 5.0])))

    ends = interval(found, lambda churn, spread: churn)

    top = 20 * np.log(0.2) + 80 * np.log(0.8)
    for end in ends:
        assert top - (20 * np.log(end) + 80 * np.log1p(-end)) == pytest.approx(1.920729, abs=1e-3)


def test_within_a_fine_grid_of_everything_allowed() -> None:
    found = fit(Renewals(at_risk=np.array([1000.0, 631, 468]), left=np.array([369.0, 163, 86])))
    odds, spreads = np.meshgrid(np.linspace(-1, 0, 400), np.linspace(-2, 1, 400))
    churn, spread = 1 / (1 + np.exp(-odds.ravel())), np.exp(spreads.ravel())
    allowed = log_likelihood(found.renewals, churn, spread) >= found.log_likelihood - 1.920729
    inside = survival(churn[allowed], spread[allowed], 12)[:, 12]

    low, high = interval(found, lambda churn, spread: survival(churn, spread, 12)[:, 12])

    assert (float(low), float(high)) == pytest.approx((inside.min(), inside.max()), abs=2e-3)
    assert low <= inside.min()
    assert high >= inside.max()


def test_constant_churn_has_an_interval_that_lets_customers_differ() -> None:
    found = fit(Renewals(at_risk=np.array([100.0, 80, 64]), left=np.array([20.0, 16, 13])))

    low, high = interval(found, lambda churn, spread: survival(churn, spread, 24)[:, 24])

    assert found.spread == 0
    assert low < 0.8**24 < 0.05 < high


@pytest.mark.parametrize("size", [1.0, 1e3, 1e6])
def test_more_data_narrows_and_always_holds_the_estimate(size: float) -> None:
    data = Renewals(at_risk=np.array([100.0, 80, 72]) * size, left=np.array([20.0, 8, 5]) * size)
    found = fit(data)

    low, high = interval(found, lambda churn, spread: churn)

    assert low < found.churn < high
    assert (high - low) * np.sqrt(size) == pytest.approx(0.155, rel=0.1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("alpha", "beta", "customers", "periods", "horizon"),
    [
        pytest.param(0.67, 3.8, 1000, 7, 12, id="customers differ much"),
        pytest.param(2.0, 30.0, 1000, 12, 36, id="customers differ some"),
        pytest.param(50.0, 1000.0, 1000, 12, 36, id="customers hardly differ"),
    ],
)
def test_covers_the_truth_in_90_to_99_of_100_simulations(
    alpha: float, beta: float, customers: int, periods: int, horizon: int
) -> None:
    random = np.random.default_rng(2007)
    churn, spread = alpha / (alpha + beta), 1 / (alpha + beta)

    def quantities(churn: np.ndarray, spread: np.ndarray) -> np.ndarray:
        later, _ = posterior_after(churn, spread, horizon)
        ahead = survival(churn, spread, horizon)[..., -1]
        return np.stack([ahead, churn, later, endless(churn, spread, 0.008)], axis=-1)

    truth = quantities(np.array([churn]), np.array([spread]))[0]
    covered, found = [], []
    for _ in range(200):
        life = random.geometric(random.beta(alpha, beta, customers))
        seen = random.integers(1, periods + 1, customers)
        data = count(np.minimum(life, seen), life <= seen, np.ones(customers))
        fitted = fit(data)
        low, high = interval(fitted, quantities)
        covered.append((low <= truth) & (truth <= high))
        found.append((fitted.churn, fitted.spread))

    rates = np.mean(covered, axis=0)
    assert ((rates >= 0.90) & (rates <= 0.99)).all(), rates
    middle = np.median(found, axis=0)
    assert middle == pytest.approx((churn, spread), rel=0.1, abs=0.01)


def test_a_projection_is_close_to_the_five_years_that_followed() -> None:
    """The high-end customers of Fader & Hardie (2007): seven renewals fitted, five projected."""
    alive = np.array([1000, 869, 743, 653, 593, 551, 517, 491.0])
    actual = np.array([491, 468, 445, 427, 409, 394]) / 491
    found = fit(Renewals(at_risk=alive[:-1], left=-np.diff(alive)))
    ahead = survival(*posterior_after(found.churn, found.spread, 7), 5)
    low, high = interval(
        found, lambda churn, spread: survival(*posterior_after(churn, spread, 7), 5)
    )

    assert (low[0], ahead[0], high[0]) == (1, 1, 1)
    assert (low[1:] < ahead[1:]).all()
    assert (ahead[1:] < high[1:]).all()
    assert np.abs(ahead - actual).max() < 0.04
    assert (np.diff(high - low) > 0).all()
