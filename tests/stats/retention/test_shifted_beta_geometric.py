from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ltvcli.errors import FitFailedError
from ltvcli.stats.retention.renewals import Renewals, count
from ltvcli.stats.retention.shifted_beta_geometric import (
    fit,
    log_likelihood,
    posterior_after,
    survival,
)

COHORTS = Path(__file__).parents[4] / "shared/data/sbg_fader_hardie/sbg_cohorts.csv"

HIGH_END = (100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4)
REGULAR = (100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3)

positive = st.floats(0.01, 1e4)
lives = st.lists(
    st.tuples(st.integers(1, 10), st.booleans(), st.integers(1, 100), st.integers(0, 3)),
    min_size=2,
    max_size=20,
).map(lambda rows: [(age, ended, n, min(known, age - 1)) for age, ended, n, known in rows])


def years(segment: tuple[float, ...], last: int) -> Renewals:
    """Count the first `last` renewals of 1,000 customers."""
    alive = np.array(segment[: last + 1]) * 10
    return Renewals(at_risk=alive[:-1], left=-np.diff(alive))


def simulated(
    random: np.random.Generator, alpha: float, beta: float, customers: int, periods: int
) -> Renewals:
    """Customers who joined in any of the last `periods` periods."""
    life = random.geometric(random.beta(alpha, beta, customers))
    seen = random.integers(1, periods + 1, customers)
    return count(np.minimum(life, seen), life <= seen, np.ones(customers))


@pytest.mark.parametrize(
    ("segment", "last", "alpha", "beta", "likelihood", "twelfth"),
    [
        pytest.param(HIGH_END, 7, 0.6681, 3.8061, -1611.1581, 0.3780, id="high end, 7 years"),
        pytest.param(REGULAR, 7, 0.7041, 1.1820, -1680.2652, 0.1700, id="regular, 7 years"),
        pytest.param(HIGH_END, 4, 1.2810, 7.7904, -1225.1349, 0.3070, id="high end, 4 years"),
        pytest.param(REGULAR, 4, 0.7637, 1.2958, -1401.5594, 0.1595, id="regular, 4 years"),
        pytest.param(HIGH_END, 12, 0.5961, 3.3270, -2010.8584, None, id="high end, 12 years"),
        pytest.param(REGULAR, 12, 0.6974, 1.1689, -1931.4917, None, id="regular, 12 years"),
    ],
)
def test_published_fits_of_fader_and_hardie_2007(
    segment: tuple[float, ...],
    last: int,
    alpha: float,
    beta: float,
    likelihood: float,
    twelfth: float | None,
) -> None:
    found = fit(years(segment, last))

    assert found.alpha == pytest.approx(alpha, abs=5.1e-5)
    assert found.beta == pytest.approx(beta, abs=5.1e-5)
    assert found.log_likelihood == pytest.approx(likelihood, abs=5.1e-5)
    if twelfth is not None:
        ahead = survival(found.churn, found.spread, 12)[12]
        assert ahead == pytest.approx(twelfth, abs=5.1e-5)


def test_four_years_of_the_regular_segment_to_seven_digits() -> None:
    found = fit(years(REGULAR, 4))

    assert (found.alpha, found.beta) == pytest.approx((0.7636651, 1.2958303), abs=5.1e-7)


@pytest.mark.skipif(not COHORTS.exists(), reason="no shared data")
@pytest.mark.parametrize(
    ("cohort", "alpha", "beta"), [("highend", 0.6681, 3.8061), ("regular", 0.7041, 1.1820)]
)
def test_published_fits_from_the_customers_themselves(
    cohort: str, alpha: float, beta: float
) -> None:
    with COHORTS.open() as lines:
        rows = [row for row in csv.DictReader(lines) if row["cohort"] == cohort]
    age = np.array([int(row["recency"]) for row in rows])

    found = fit(count(np.minimum(age, 7), age < 8, np.ones(len(age))))

    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), abs=5.1e-5)


def test_several_cohorts_against_a_search_that_shares_no_code() -> None:
    from scipy.optimize import minimize
    from scipy.special import betaln

    cohorts = [[733, 379, 282, 225], [519, 286, 194], [557, 292]]
    cells = [(t, True, c[t - 1] - c[t]) for c in cohorts for t in range(1, len(c))]
    cells += [(len(c) - 1, False, c[-1]) for c in cohorts]

    def loss(logs: np.ndarray) -> float:
        a, b = np.exp(logs)
        left = [n * (betaln(a + 1, b + t - 1) - betaln(a, b)) for t, gone, n in cells if gone]
        there = [n * (betaln(a, b + t) - betaln(a, b)) for t, gone, n in cells if not gone]
        return float(-sum(left) - sum(there))

    slow = minimize(loss, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-9})
    found = fit(count(*zip(*cells, strict=True)))

    assert [math.log(found.alpha or 0), math.log(found.beta or 0)] == pytest.approx(
        slow.x, abs=1e-5
    )
    assert found.log_likelihood == pytest.approx(-slow.fun, abs=1e-6)


def test_standard_errors_against_differences_of_the_likelihood() -> None:
    data = years(REGULAR, 7)
    found = fit(data)
    here, step = np.log([found.alpha, found.beta]), 1e-4

    def at(logs: np.ndarray) -> float:
        a, b = np.exp(logs)
        return float(log_likelihood(data, a / (a + b), 1 / (a + b)))

    around = np.eye(2) * step
    bends = [
        [
            (at(here + d + e) - at(here + d - e) - at(here - d + e) + at(here - d - e))
            for e in around
        ]
        for d in around
    ]

    expected = np.linalg.inv(-np.array(bends) / (4 * step**2))
    np.testing.assert_allclose(found.covariance, expected, rtol=1e-3)


def test_of_four_percent_shares_the_likelihood_is_higher_than_at_a_published_wrong_answer() -> None:
    # Delminho's README prints 3.7907, 15.1608; the best is 1.7456, 6.7697 at 1.40596 a customer.
    data = Renewals(at_risk=np.array([1, 0.8, 0.65, 0.53]), left=np.array([0.2, 0.15, 0.12, 0.07]))

    found = fit(data)

    assert (found.alpha, found.beta) == pytest.approx((1.7456, 6.7697), abs=5.1e-5)
    assert found.log_likelihood == pytest.approx(-1.40596, abs=5.1e-6)


@given(positive, positive)
def test_survival_is_the_ratio_of_beta_functions(alpha: float, beta: float) -> None:
    from scipy.special import betaln

    ages = np.arange(41)
    expected = np.exp(betaln(alpha, beta + ages) - betaln(alpha, beta))

    computed = survival(alpha / (alpha + beta), 1 / (alpha + beta), 40)
    np.testing.assert_allclose(computed, expected, rtol=1e-7)


@given(positive, positive)
def test_retention_rises_with_age_and_survival_falls(alpha: float, beta: float) -> None:
    shares = survival(alpha / (alpha + beta), 1 / (alpha + beta), 30)
    kept = shares[1:] / shares[:-1]
    ages = np.arange(1, 31)

    assert (np.diff(shares) < 0).all()
    assert (np.diff(kept) >= -1e-12).all()
    np.testing.assert_allclose(kept, (beta + ages - 1) / (alpha + beta + ages - 1), rtol=1e-9)


@given(positive, positive, st.integers(0, 20))
def test_survivors_follow_the_model_again(alpha: float, beta: float, made: int) -> None:
    churn, spread = alpha / (alpha + beta), 1 / (alpha + beta)
    shares = survival(churn, spread, made + 10)

    later = survival(*posterior_after(churn, spread, made), 10)

    np.testing.assert_allclose(later * shares[made], shares[made:], rtol=1e-9)


@given(lives, st.sampled_from([1e-3, 7.0, 1e9]))
def test_any_data_gives_the_best_fit_or_a_reason(
    rows: list[tuple[int, bool, int, int]], weight: float
) -> None:
    data = count(*zip(*rows, strict=True))
    try:
        found = fit(data)
    except FitFailedError:
        assume(False)

    assert 0 < found.churn < 1
    assert found.spread >= 0
    assert math.isfinite(found.log_likelihood)
    logs = np.linspace(-12, 12, 25)
    odds, spread = (grid.ravel() for grid in np.meshgrid(logs, np.exp(logs)))
    others = log_likelihood(data, 1 / (1 + np.exp(-odds)), spread)
    assert others.max() <= found.log_likelihood + 1e-7

    heavier = fit(Renewals(at_risk=data.at_risk * weight, left=data.left * weight))
    assert heavier.churn == pytest.approx(found.churn, rel=1e-4)
    assert heavier.spread == pytest.approx(found.spread, rel=1e-3, abs=1e-5)
    assert heavier.log_likelihood == pytest.approx(found.log_likelihood * weight)


def test_customers_known_late_do_not_bias_the_fit() -> None:
    random = np.random.default_rng(3)
    life = random.geometric(random.beta(1.0, 6.0, 200_000))
    known = random.integers(0, 6, len(life))
    seen = known + random.integers(1, 12, len(life))
    there = life > known
    age, ended = np.minimum(life, seen)[there], (life <= seen)[there]

    told = fit(count(age, ended, np.ones(len(age)), known[there]))
    untold = fit(count(age, ended, np.ones(len(age))))

    assert (told.alpha, told.beta) == pytest.approx((1.0, 6.0), rel=0.1)
    assert untold.churn < 0.8 / 7


@pytest.mark.parametrize("seed", range(60))
def test_a_small_sample_is_fitted_or_is_a_limit(seed: int) -> None:
    random = np.random.default_rng(seed)
    alpha, beta = np.exp(random.uniform(-1, 3, 2))
    data = simulated(random, alpha, beta, int(random.integers(30, 3000)), 8)
    truth = float(log_likelihood(data, alpha / (alpha + beta), 1 / (alpha + beta)))

    found = fit(data)

    # Half the 99.99% quantile of chi-squared with 2 degrees of freedom.
    assert truth <= found.log_likelihood + 1e-9
    assert found.log_likelihood - truth < 9.21
    assert (found.alpha is None) == (found.spread == 0)


@pytest.mark.parametrize(
    ("at_risk", "left", "because"),
    [
        pytest.param([], [], "no customer churned", id="no renewal"),
        pytest.param([10, 10], [0, 0], "no customer churned", id="nobody leaves"),
        pytest.param([10], [10], "all customers churned", id="all leave at the first renewal"),
        pytest.param([10], [3], "too few renewals", id="one renewal only"),
        pytest.param([0, 10], [0, 3], "too few renewals", id="one renewal seen, late entry"),
        pytest.param([10, 7, 7], [3, 0, 0], "no customer churned after", id="a hard core stays"),
    ],
)
def test_a_missing_fit_has_a_reason(at_risk: list[float], left: list[float], because: str) -> None:
    with pytest.raises(FitFailedError, match=because):
        fit(Renewals(at_risk=np.array(at_risk, float), left=np.array(left, float)))


@pytest.mark.parametrize(
    ("at_risk", "left"),
    [
        pytest.param([100, 80, 60], [20, 20, 20], id="retention falls"),
        pytest.param([100, 80, 64], [20, 16, 12.8], id="retention is constant"),
        pytest.param([2, 1], [1, 1], id="two customers"),
        pytest.param([3e9, 2e9, 1e9], [1e9, 1e9, 1e9], id="three billion customers"),
    ],
)
def test_no_difference_between_customers_is_constant_churn(
    at_risk: list[float], left: list[float]
) -> None:
    found = fit(Renewals(at_risk=np.array(at_risk, float), left=np.array(left, float)))

    assert (found.spread, found.alpha, found.beta, found.covariance) == (0.0, None, None, None)
    assert found.churn == pytest.approx(sum(left) / sum(at_risk))


def test_hazards_steeper_than_any_beta_allows_are_not_fitted() -> None:
    # Seen from the second renewal on; 50% then 10% would need a beta below 0.
    data = Renewals(at_risk=np.array([0.0, 100, 50]), left=np.array([0.0, 50, 5]))

    with pytest.raises(FitFailedError, match="did not converge"):
        fit(data)
