from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.errors import FitFailedError
from ltvcli.stats.retention import shifted_beta_geometric as sbg
from ltvcli.stats.retention.beta_discrete_weibull import duration_independence, fit, survival
from ltvcli.stats.retention.renewals import Renewals, count
from tests.effort import examples

HIGH_END = np.array([1000, 869, 743, 653, 593, 551, 517, 491.0])
REGULAR = np.array([1000, 631, 468, 382, 326, 289, 262, 241.0])

positive = st.floats(0.01, 1e3)


def renewals(alive: np.ndarray) -> Renewals:
    return Renewals(at_risk=alive[:-1], left=-np.diff(alive))


@given(positive, positive, st.floats(0.2, 3))
def test_survival_is_the_ratio_of_beta_functions(alpha: float, beta: float, shape: float) -> None:
    from scipy.special import betaln

    ages = np.arange(31)
    expected = np.exp(betaln(alpha, beta + ages**shape) - betaln(alpha, beta))

    computed = survival(alpha / (alpha + beta), 1 / (alpha + beta), shape, 30)

    np.testing.assert_allclose(computed, expected, rtol=1e-8, atol=1e-12)


@given(st.floats(0.001, 0.999), st.floats(0, 100))
def test_shape_1_is_the_shifted_beta_geometric(churn: float, spread: float) -> None:
    simple = sbg.survival(churn, spread, 30)

    np.testing.assert_allclose(survival(churn, spread, 1.0, 30), simple, rtol=1e-8, atol=1e-12)


@given(st.floats(0.001, 0.999), st.floats(0, 1e3), st.floats(0.14, 7))
def test_survival_falls_from_1_and_never_below_0(churn: float, spread: float, shape: float) -> None:
    shares = survival(churn, spread, shape, 60)

    assert shares[0] == 1
    assert shares[-1] >= 0
    assert (np.diff(shares) <= 0).all()


@pytest.mark.parametrize("alive", [HIGH_END[:5], REGULAR[:5], HIGH_END, REGULAR])
def test_best_fit_against_a_search_that_shares_no_code(alive: np.ndarray) -> None:
    from scipy.optimize import minimize
    from scipy.special import betaln

    def loss(logs: np.ndarray) -> float:
        a, b, c = np.exp(logs)
        s = np.exp(betaln(a, b + np.arange(len(alive)) ** c) - betaln(a, b))
        shares = np.append(-np.diff(s), s[-1])
        return float(-(np.append(-np.diff(alive), alive[-1]) * np.log(shares)).sum())

    options = {"xatol": 1e-9, "fatol": 1e-9, "maxiter": 9999, "maxfev": 9999}
    slow = minimize(loss, [-1.0, 0.3, 0.3], method="Nelder-Mead", options=options)
    found = fit(renewals(alive))

    assert found.log_likelihood == pytest.approx(-slow.fun, abs=1e-6)
    assert (found.alpha, found.beta, found.shape) == pytest.approx(np.exp(slow.x), rel=1e-4)


def test_five_years_of_the_high_end_foretell_twelve_better_than_without_shape() -> None:
    data = renewals(HIGH_END[:5])
    full, simple = fit(data), sbg.fit(data)

    twelfth = survival(full.churn, full.spread, full.shape, 12)[12]

    # .394 were there after 12 years; sBG says .307.
    assert twelfth == pytest.approx(0.389, abs=5e-4)
    assert duration_independence(simple, full) < 0.05
    assert duration_independence(sbg.fit(renewals(REGULAR)), fit(renewals(REGULAR))) > 0.05


def test_known_parameters_come_back() -> None:
    random = np.random.default_rng(1)
    chance = random.beta(1.0, 6.0, 100_000)
    for shape in (0.7, 1.5):
        # Leaves at the first t with (1 - chance)^(t^shape) below a random share.
        exact = np.log(random.random(len(chance))) / np.log1p(-chance)
        life = np.ceil(exact ** (1 / shape)).clip(1, 1e6)
        found = fit(count(np.minimum(life, 24), life <= 24, np.ones(len(life))))

        assert (found.alpha, found.beta) == pytest.approx((1.0, 6.0), rel=0.2)
        assert found.shape == pytest.approx(shape, rel=0.1)


@pytest.mark.slow
def test_customers_who_do_not_differ_are_the_limit_with_its_own_covariance() -> None:
    alive = 1e5 * 0.9 ** (np.arange(8) ** 1.5)

    found = fit(renewals(alive))

    assert (found.spread, found.alpha, found.beta) == (0.0, None, None)
    assert (found.churn, found.shape) == pytest.approx((0.1, 1.5), rel=1e-4)
    assert found.covariance.shape == (2, 2)


@examples(10)
@given(st.lists(st.tuples(st.integers(1, 8), st.booleans(), st.integers(1, 90)), max_size=12))
def test_any_data_is_fitted_at_least_as_well_as_without_shape_or_refused(
    rows: list[tuple[int, bool, int]],
) -> None:
    data = count(*(zip(*rows, strict=True) if rows else ([], [], [])))
    try:
        found = fit(data)
    except FitFailedError:
        return

    assert found.log_likelihood >= sbg.fit(data).log_likelihood - 1e-6
    assert np.isfinite(found.covariance).all()
    assert (np.diag(found.covariance) > 0).all()


def test_two_renewals_are_too_few_for_three_parameters() -> None:
    with pytest.raises(FitFailedError, match=r"beta-discrete-Weibull .* too few renewals"):
        fit(Renewals(at_risk=np.array([100.0, 80.0]), left=np.array([20.0, 8.0])))
