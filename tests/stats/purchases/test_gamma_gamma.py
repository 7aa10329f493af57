from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.stats.purchases.gamma_gamma import (
    NO_SPEND,
    SAME_SPEND,
    STEADY_SPEND,
    GammaGamma,
    Values,
    fit,
    objective,
)
from ltvcli.stats.purchases.record import NotFitted
from tests.purchase_records import PUBLISHED


def shop(customers: int, p: float, q: float, gamma: float, seed: int = 0, most: int = 6) -> Values:
    random = np.random.default_rng(seed)
    orders = random.integers(1, most, customers).astype(np.float64)
    scale = random.gamma(q, 1 / gamma, customers)
    return Values(
        orders=orders, value=random.gamma(p * orders) / scale / orders, weight=np.ones(customers)
    )


def made(p: float, q: float, gamma: float) -> GammaGamma:
    return GammaGamma(name="Gamma-Gamma", optimum=PUBLISHED, p=p, q=q, gamma=gamma)


@given(st.lists(st.floats(-3, 4), min_size=3, max_size=3))
def test_slope_and_curvature_are_those_of_the_height(at: list[float]) -> None:
    value = objective(shop(40, 3.0, 4.0, 20.0))
    _, slope, curvature = value(np.array(at))
    ends = [(value(at + step), value(at - step)) for step in 1e-5 * np.eye(3)]
    rises = [(after[0] - before[0]) / 2e-5 for after, before in ends]
    bends = [((after[1] - before[1]) / 2e-5).tolist() for after, before in ends]
    assert slope.tolist() == pytest.approx(rises, rel=1e-5, abs=1e-6)
    for row, differences in zip(curvature.tolist(), bends, strict=True):
        assert row == pytest.approx(differences, rel=1e-5, abs=1e-6)


def test_parameters_of_a_simulated_shop_are_found() -> None:
    found = fit(shop(20_000, 3.0, 4.0, 20.0))
    assert not isinstance(found, NotFitted)
    assert found.optimum.limit is None
    for name, truth in {"p": 3.0, "q": 4.0, "gamma": 20.0}.items():
        error = found.optimum.standard_errors[name]
        assert error is not None
        assert abs(getattr(found, name) - truth) < 4 * error < truth


def test_twice_the_weight_is_every_customer_twice() -> None:
    values = shop(300, 3.0, 4.0, 20.0)
    double = fit(Values(orders=values.orders, value=values.value, weight=values.weight * 2))
    twice = fit(
        Values(
            orders=np.tile(values.orders, 2),
            value=np.tile(values.value, 2),
            weight=np.ones(600),
        )
    )
    assert not isinstance(double, NotFitted)
    assert not isinstance(twice, NotFitted)
    assert double.optimum.parameters == pytest.approx(twice.optimum.parameters, rel=1e-6)
    assert double.optimum.log_likelihood == pytest.approx(twice.optimum.log_likelihood)


def test_money_in_cents_changes_the_scale_alone() -> None:
    values = shop(300, 3.0, 4.0, 20.0)
    cents = fit(Values(orders=values.orders, value=values.value * 100, weight=values.weight))
    whole = fit(values)
    assert not isinstance(cents, NotFitted)
    assert not isinstance(whole, NotFitted)
    assert (cents.p, cents.q, cents.gamma / 100) == pytest.approx(
        (whole.p, whole.q, whole.gamma), rel=1e-6
    )


def test_customers_who_do_not_differ_are_the_limit() -> None:
    """Every order is drawn from one distribution, with a mean of 6."""
    random = np.random.default_rng(1)
    orders = random.integers(1, 6, 2000).astype(np.float64)
    values = Values(orders=orders, value=random.gamma(3 * orders, 2.0) / orders, weight=orders**0)
    found = fit(values)
    assert not isinstance(found, NotFitted)
    assert found.optimum.limit == SAME_SPEND
    assert found.optimum.parameters == {"p": pytest.approx(3, rel=0.1), "q": None, "gamma": None}
    assert found.mean == pytest.approx(6, rel=0.02)


def test_orders_that_never_vary_are_the_limit() -> None:
    """Each customer always spends the same, and customers differ."""
    random = np.random.default_rng(1)
    orders = random.integers(1, 6, 2000).astype(np.float64)
    values = Values(orders=orders, value=1 / random.gamma(4.0, 0.05, 2000), weight=orders**0)
    found = fit(values)
    assert not isinstance(found, NotFitted)
    assert found.optimum.limit == STEADY_SPEND
    known = found.expected(np.array([1.0]), np.array([30.0]))
    assert known is not None
    assert known[0] == pytest.approx(30, rel=1e-5)


def test_there_is_no_mean_where_it_has_no_bound() -> None:
    model = made(2.0, 0.9, 10.0)
    assert model.mean is None
    assert model.expected(np.array([3.0]), np.array([20.0])) is None
    assert model.spread(np.array([3.0]), np.array([20.0])) is None


def test_there_is_no_spread_where_it_has_no_bound() -> None:
    model = made(2.0, 1.5, 10.0)
    assert model.spread(np.zeros(1), np.zeros(1)) is None
    assert model.spread(np.array([1.0]), np.array([20.0])) is not None


def test_nothing_spent_is_not_fitted() -> None:
    found = fit(Values(orders=np.ones(3), value=np.zeros(3), weight=np.ones(3)))
    assert found == NotFitted(model="Gamma-Gamma", because=NO_SPEND)


def test_spread_is_that_of_simulated_customers() -> None:
    """Customers whose scale is drawn from what is known after three orders worth 25 on average."""
    random = np.random.default_rng(2)
    model = made(6.0, 4.0, 15.0)
    scale = random.gamma(6.0 * 3 + 4, 1 / (15 + 3 * 25), 200_000)
    means = 6.0 / scale
    mean = model.expected(np.array([3.0]), np.array([25.0]))
    spread = model.spread(np.array([3.0]), np.array([25.0]))
    assert mean is not None
    assert spread is not None
    assert means.mean() == pytest.approx(mean[0], rel=5e-3)
    assert means.var() == pytest.approx(spread.customer[0], rel=2e-2)
    orders = random.gamma(6.0, 1 / scale)
    assert orders.var() == pytest.approx(spread.customer[0] + spread.order[0], rel=2e-2)
