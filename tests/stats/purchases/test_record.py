"""Laws for every model of repeat orders."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import betaln, gammaln

from ltvcli.stats.purchases import (
    beta_geometric_likelihood,
    bg_nbd,
    mbg_cnbd_k,
    mbg_nbd,
    nbd,
    optimum,
    pareto_nbd,
)
from ltvcli.stats.purchases.best_fit import Objective
from ltvcli.stats.purchases.beta_geometric import BetaGeometric
from ltvcli.stats.purchases.mbg_cnbd_k import RegularBuyers
from ltvcli.stats.purchases.nbd import Nbd
from ltvcli.stats.purchases.pareto_nbd import ParetoNbd
from ltvcli.stats.purchases.pareto_nbd_likelihood import objective as pareto_likelihood
from ltvcli.stats.purchases.record import Cells, ForecastTooLongError, NotFitted, Purchases
from tests import effort
from tests.effort import examples
from tests.purchase_records import (
    PUBLISHED,
    collapsed,
    customer,
    leave_after_orders,
    leave_at_any_time,
)

pytestmark = pytest.mark.sampled

MODULES = [bg_nbd, mbg_nbd, pareto_nbd, nbd]
logs = st.floats(-3, 3)
parameter = st.floats(-2.5, 4).map(lambda log: float(np.exp(log)))


def shop(kind: ModuleType, seed: int = 0, customers: int = 600) -> Cells:
    """Customers of a model, known for up to a year, in weeks."""
    random = np.random.default_rng(seed)
    age = random.uniform(4, 52, customers)
    rate = random.gamma(0.8, 1 / 6, customers)
    if kind is pareto_nbd:
        return collapsed(*leave_at_any_time(random, rate, random.gamma(0.8, 0.1, customers), age))
    chance = random.beta(0.8, 2.5, customers) if kind is not nbd else np.full(customers, 1e-12)
    return collapsed(*leave_after_orders(random, rate, chance, age, int(kind is mbg_nbd)))


def likelihoods(cells: Cells) -> dict[str, tuple[Objective, int]]:
    return {
        "BG/NBD": (beta_geometric_likelihood.objective(cells, 0), 4),
        "MBG/NBD": (beta_geometric_likelihood.objective(cells, 1), 4),
        "MBG/CNBD-3": (beta_geometric_likelihood.objective(cells, 1, 3), 4),
        "Pareto/NBD": (pareto_likelihood(cells), 4),
        "NBD": (nbd.objective(cells), 3),
    }


@pytest.mark.parametrize("name", list(likelihoods(customer(1, 1, 2))))
@given(at=st.lists(logs, min_size=4, max_size=4))
@examples(30)
def test_slope_and_curvature_are_those_of_the_height(name: str, at: list[float]) -> None:
    value, size = likelihoods(shop(bg_nbd, customers=60))[name]
    here = np.array(at[:size])
    ends = [(value(here + step), value(here - step)) for step in 1e-5 * np.eye(size)]
    rises = [(after[0] - before[0]) / 2e-5 for after, before in ends]
    bends = [((after[1] - before[1]) / 2e-5).tolist() for after, before in ends]
    _, slope, curvature = value(here)
    assert slope.tolist() == pytest.approx(rises, rel=1e-5, abs=1e-6)
    for row, differences in zip(curvature.tolist(), bends, strict=True):
        assert row == pytest.approx(differences, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        *itertools.product(
            ["BG/NBD", "MBG/NBD", "MBG/CNBD-3"],
            [{1: 18.0}, {2: -27.0, 3: 0.0}, {3: 18.0}, {3: -27.0}, {2: 27.0, 3: 0.0}],
        ),
        *(
            ("Pareto/NBD", limit)
            for limit in ({1: 18.0}, {2: -27.0, 3: 0.0}, {3: 18.0}, {3: -30.0})
        ),
        *(("NBD", limit) for limit in ({1: 18.0}, {2: -27.0})),
    ],
)
def test_curvature_is_exact_at_the_limits(name: str, limit: Mapping[int, float]) -> None:
    """Where parameters are huge or tiny, and large terms cancel each other."""
    value, size = likelihoods(shop(bg_nbd, customers=60))[name]
    here = np.array([0.5, -0.3, -0.6, 0.2])[:size]
    here[list(limit)] = list(limit.values())
    steps = 1e-4 * np.eye(size)
    bends = [(value(here + step)[1] - value(here - step)[1]) / 2e-4 for step in steps]
    assert np.abs(value(here)[2] - bends).max() < 1e-6


@given(
    st.tuples(parameter, parameter, parameter, parameter),
    st.integers(0, 30),
    st.floats(0, 1),
    st.floats(0.1, 60),
)
@examples(50)
def test_pareto_likelihood_is_the_integral(
    values: tuple[float, float, float, float], frequency: int, share: float, age: float
) -> None:
    """Over when the customer left, by an adaptive rule."""
    r, alpha, s, beta = values
    recency = share * age if frequency else 0.0
    at = np.log([r / alpha, r, s * np.log1p(1 / beta), beta])
    found, *_ = pareto_likelihood(customer(frequency, recency, age))(at)
    # Relative to the density of the last order, so that it is of the order of 1.
    scale = (r + frequency) * np.log(alpha + recency)

    def density(left: float) -> float:
        power = scale - (r + frequency) * np.log(alpha + left)
        return float(np.exp(power - (s + 1) * np.log1p(left / beta)) * s / beta)

    stayed = np.exp(scale - (r + frequency) * np.log(alpha + age) - s * np.log1p(age / beta))
    middle = recency + (age - recency) * np.array([0.003, 0.03, 0.3])
    left = quad(density, recency, age, points=middle, epsabs=1e-13, epsrel=1e-11, limit=200)[0]
    expected = np.log(stayed + left) - scale
    expected += gammaln(r + frequency) - gammaln(r) + r * np.log(alpha)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)


@given(
    st.tuples(parameter, parameter, parameter, parameter),
    st.integers(0, 30),
    st.floats(0, 1),
    st.floats(0.1, 60),
    st.sampled_from([0, 1]),
)
def test_beta_geometric_likelihood_is_that_of_the_papers(
    values: tuple[float, float, float, float],
    frequency: int,
    share: float,
    age: float,
    withstood: int,
) -> None:
    """Both terms as they are printed, without the care that keeps them finite."""
    r, alpha, a, b = values
    recency = share * age if frequency else 0.0
    at = np.log([r / alpha, r, a / b, a + b])
    found, *_ = beta_geometric_likelihood.objective(customer(frequency, recency, age), withstood)(
        at
    )
    c = frequency + withstood
    both = gammaln(r + frequency) - gammaln(r) + r * np.log(alpha) - betaln(a, b)
    there = np.exp(betaln(a, b + c) - (r + frequency) * np.log(alpha + age))
    left = np.exp(betaln(a + 1, b + c - 1) - (r + frequency) * np.log(alpha + recency)) if c else 0
    assert found == pytest.approx(both + np.log(there + left), rel=1e-8, abs=1e-8)


# Laws of forecasts, at any parameters


def made(values: tuple[float, float, float, float]) -> dict[str, Purchases]:
    first, second, third, fourth = values
    rates = {"optimum": PUBLISHED, "r": first, "alpha": second}
    share = third / (third + fourth)
    left = {"a": third, "b": fourth}
    return {
        "BG/NBD": BetaGeometric(name="BG/NBD", withstood=0, **rates, **left),
        "MBG/NBD": BetaGeometric(name="MBG/NBD", withstood=1, **rates, **left),
        "MBG/CNBD-3": RegularBuyers(name="MBG/CNBD-3", steps=3, **rates, **left),
        "Pareto/NBD": ParetoNbd(name="Pareto/NBD", **rates, s=third, beta=fourth),
        "NBD": Nbd(**rates, gone=share),
    }


MODELS = list(made((1, 1, 1, 1)))


@pytest.mark.parametrize("name", MODELS)
@given(
    values=st.tuples(parameter, parameter, parameter, parameter),
    frequency=st.integers(0, 250),
    share=st.floats(0, 1),
    age=st.integers(0, 300),
    horizon=st.integers(1, 300),
)
@examples(60)
def test_forecasts_are_possible(
    name: str,
    values: tuple[float, float, float, float],
    frequency: int,
    share: float,
    age: int,
    horizon: int,
) -> None:
    """Chances lie in 0 to 1, and mean, variance and the chance of none fit one another."""
    model = made(values)[name]
    if name == "MBG/CNBD-3":  # whose sums are over every step of every order
        frequency, age, horizon = min(frequency, 40), max(age, 10), min(horizon, 30)
    recency = np.ceil(share * age) if frequency else 0
    known = customer(frequency, min(recency, age), age)
    alive, none = model.alive(known)[0], model.none_within(known, horizon)[0]
    mean, variance = (each[0] for each in model.moments(known, horizon))
    assert mean == model.expected(known, horizon)[0]
    tiny = 1e-6
    assert 0 <= alive <= 1
    assert -tiny <= none <= 1 + tiny
    assert 1 - alive <= none + tiny
    # With p the chance of an order: p <= mean, and E[X^2] is at least mean^2 / p.
    assert 1 - none <= mean * (1 + tiny) + tiny
    assert (variance + mean**2) * (1 - none) >= mean**2 * (1 - 1e-4) - tiny
    assert variance >= -tiny * (1 + mean**2)


@pytest.mark.parametrize("name", MODELS)
@given(values=st.tuples(parameter, parameter, parameter, parameter), at=st.integers(1, 40))
@examples(30)
def test_what_is_expected_of_newcomers_is_expected_of_their_records(
    name: str, values: tuple[float, float, float, float], at: int
) -> None:
    """Orders expected within an hour at some age: chance to be there by then, times the rate."""
    model = made(values)[name]
    fresh = customer(0, 0, 0)
    try:
        both = model.expected_new(np.array([float(at), 2.0 * at]))
    except ForecastTooLongError:
        reject()
    assert both[0] == pytest.approx(model.expected(fresh, at)[0], rel=1e-9)
    assert both[1] >= both[0] - 1e-12


@pytest.mark.parametrize("name", ["BG/NBD", "MBG/NBD", "MBG/CNBD-3", "Pareto/NBD", "NBD"])
@given(values=st.tuples(parameter, parameter, parameter, parameter))
@examples(30)
def test_the_chance_of_none_is_what_records_without_an_order_show(
    name: str, values: tuple[float, float, float, float]
) -> None:
    """P(no order by t, then none in h) = P(no order by t + h), for a newcomer."""
    model = made(values)[name]
    fresh, silent = customer(0, 0, 0), customer(0, 0, 10)
    then = model.none_within(fresh, 10)[0] * model.none_within(silent, 7)[0]
    assert then == pytest.approx(model.none_within(fresh, 17)[0], rel=1e-7)


@given(
    st.tuples(parameter, parameter, parameter, parameter),
    st.integers(0, 40),
    st.floats(0, 1),
    st.floats(10, 60),
    st.floats(0.5, 30),
)
@examples(50)
def test_one_step_to_an_order_is_the_model_without_steps(
    values: tuple[float, float, float, float],
    frequency: int,
    share: float,
    age: float,
    horizon: float,
) -> None:
    """Two ways to the same forecasts: averages over the chance to leave, and sums over orders."""
    r, alpha, a, b = values
    shared = {"optimum": PUBLISHED, "r": r, "alpha": alpha, "a": a, "b": b}
    random = BetaGeometric(name="MBG/NBD", withstood=1, **shared)
    steps = RegularBuyers(name="MBG/CNBD-1", steps=1, **shared)
    known = customer(frequency, share * age if frequency else 0, age)
    assert steps.alive(known)[0] == pytest.approx(random.alive(known)[0], rel=1e-10)
    for forecast in ("expected", "none_within"):
        one, other = (getattr(model, forecast)(known, horizon)[0] for model in (steps, random))
        assert one == pytest.approx(other, rel=1e-5, abs=1e-6), forecast
    one, other = (model.moments(known, horizon)[1][0] for model in (steps, random))
    assert one == pytest.approx(other, rel=1e-5, abs=1e-6), "variance"


@pytest.mark.parametrize("name", MODELS[:3])
@given(st.tuples(parameter, parameter, parameter, parameter))
@examples(10)
def test_forecasts_of_many_customers_are_those_of_each_alone(
    name: str, values: tuple[float, float, float, float]
) -> None:
    """Many with the same number of orders are computed at a few ages, and interpolated."""
    model = made(values)[name]
    age = np.random.default_rng(3).uniform(1, 100, 600)
    many = Cells(frequency=np.arange(600.0) % 3, recency=age / 2, age=age, weight=np.ones(600))
    few = Cells(
        **{field: getattr(many, field)[:24] for field in ("frequency", "recency", "age", "weight")}
    )
    try:
        together = [model.expected(many, 26), model.none_within(many, 26), *model.moments(many, 26)]
        alone = [model.expected(few, 26), model.none_within(few, 26), *model.moments(few, 26)]
    except ForecastTooLongError:
        reject()
    for one, other, error in zip(together, alone, (1e-9, 1e-9, 1e-9, 1e-6), strict=True):
        assert one[:24].tolist() == pytest.approx(other.tolist(), rel=error, abs=error)


# Laws of fits


@pytest.fixture(params=MODULES, ids=lambda module: module.NAME)
def kind(request: pytest.FixtureRequest) -> ModuleType:
    found: ModuleType = request.param
    return found


def parameters(kind: ModuleType, cells: Cells) -> Mapping[str, float | None]:
    found = kind.fit(cells)
    assert not isinstance(found, NotFitted)
    got: Mapping[str, float | None] = found.optimum.parameters
    return got


def test_twice_the_weight_is_every_customer_twice(kind: ModuleType) -> None:
    cells = shop(kind)
    columns = (cells.frequency, cells.recency, cells.age)
    twice = Cells(
        **dict(zip(("frequency", "recency", "age"), (np.tile(c, 2) for c in columns), strict=True)),
        weight=np.tile(cells.weight, 2),
    )
    double = Cells(
        **dict(zip(("frequency", "recency", "age"), columns, strict=True)), weight=cells.weight * 2
    )
    one, other = kind.fit(twice), kind.fit(double)
    for name, value in one.optimum.parameters.items():
        expected = None if value is None else pytest.approx(value, rel=1e-5)
        assert other.optimum.parameters[name] == expected
    assert one.optimum.log_likelihood == pytest.approx(other.optimum.log_likelihood, rel=1e-10)
    once = kind.fit(cells)
    assert other.optimum.log_likelihood == pytest.approx(2 * once.optimum.log_likelihood)
    for name, error in once.optimum.standard_errors.items():
        if error is not None:
            assert other.optimum.standard_errors[name] == pytest.approx(error / 2**0.5, rel=1e-3)


def test_days_instead_of_weeks_change_the_scale_alone(kind: ModuleType) -> None:
    cells = shop(kind)
    days = Cells(
        frequency=cells.frequency,
        recency=cells.recency * 7,
        age=cells.age * 7,
        weight=cells.weight,
    )
    weekly, daily = kind.fit(cells), kind.fit(days)
    for name, value in weekly.optimum.parameters.items():
        scale = 7 if name in {"alpha", "beta"} else 1
        expected = None if value is None else pytest.approx(value * scale, rel=1e-5)
        assert daily.optimum.parameters[name] == expected
    orders = cells.frequency @ cells.weight
    assert daily.optimum.log_likelihood == pytest.approx(
        weekly.optimum.log_likelihood - orders * np.log(7)
    )
    assert daily.expected(days, 70) == pytest.approx(weekly.expected(cells, 10), rel=1e-5)


def test_the_fit_is_a_peak(kind: ModuleType) -> None:
    """No other parameters nearby are more likely, and its slope is level."""
    cells = shop(kind)
    found = kind.fit(cells)
    assert found.optimum.gradient < 1e-7
    assert found.optimum.limit is None or kind is nbd


def test_nobody_ordered_again(kind: ModuleType) -> None:
    none = np.zeros(3)
    cells = Cells(frequency=none, recency=none, age=np.array([1.0, 2.0, 3.0]), weight=none + 5)
    found = kind.fit(cells)
    assert found == NotFitted(model=kind.NAME, because=optimum.NOBODY_ORDERED_AGAIN)


def test_one_customer_has_ordered_again(kind: ModuleType) -> None:
    """Whatever is said, it is no parameter that nothing is known of."""
    cells = Cells(
        frequency=np.array([0.0, 1.0]),
        recency=np.array([0.0, 3.0]),
        age=np.array([10.0, 10.0]),
        weight=np.array([99.0, 1.0]),
    )
    found = kind.fit(cells)
    if not isinstance(found, NotFitted):
        assert found.optimum.limit is not None
        assert 0 < found.expected(cells, 10).max() < 10


# Simpler models that records come down to


def of_age(customers: int = 3000, seed: int = 1) -> tuple[np.random.Generator, Any]:
    random = np.random.default_rng(seed)
    return random, random.uniform(20, 52, customers)


@pytest.mark.parametrize("kind", [bg_nbd, mbg_nbd, pareto_nbd], ids=lambda module: module.NAME)
def test_a_base_that_nobody_leaves_is_fitted_without_churn(kind: ModuleType) -> None:
    """Customers who have all ordered in their last week."""
    random, age = of_age()
    frequency = random.poisson(random.gamma(2, 0.2, len(age)) * age) + 1.0
    found = kind.fit(collapsed(frequency, age - random.uniform(0, 1, len(age)), age))
    assert isinstance(found, Nbd)
    assert found.optimum.limit == optimum.NOBODY_LEAVES
    assert found.optimum.parameters["gone"] is None
    assert found.gone == 0


@pytest.mark.parametrize("kind", [mbg_nbd, pareto_nbd], ids=lambda module: module.NAME)
def test_where_some_leave_at_once_and_the_others_never(kind: ModuleType) -> None:
    random, age = of_age(seed=2)
    stays = random.random(len(age)) < 0.4
    frequency = np.where(stays, random.poisson(random.gamma(3, 0.1, len(age)) * age), 0.0)
    last = age * random.random(len(age)) ** (1 / np.maximum(frequency, 1))
    found = kind.fit(collapsed(frequency, last, age))
    assert isinstance(found, Nbd)
    assert found.optimum.limit == optimum.FIRST_OR_NEVER
    assert found.gone == pytest.approx(0.6, abs=0.04)


@pytest.mark.parametrize(
    "kind", effort.nth(2, [bg_nbd, mbg_nbd, pareto_nbd]), ids=lambda module: module.NAME
)
def test_all_customers_equal(kind: ModuleType) -> None:
    """One rate and one chance for all; of several seeds some show no difference at all."""
    limits = set()
    for seed in range(8):
        random, age = of_age(800, seed)
        same = np.ones(len(age))
        if kind is pareto_nbd:
            record = leave_at_any_time(random, same * 0.3, same * 0.05, age)
        else:
            withstood = int(kind is mbg_nbd)
            record = leave_after_orders(random, same * 0.3, same * 0.2, age, withstood)
        found = kind.fit(collapsed(*record))
        limits.add(found.optimum.limit)
        for limit, names in (
            (optimum.SAME_CHANCE, {"a", "b", "s", "beta"}),
            (optimum.SAME_RATE, {"r", "alpha"}),
        ):
            if found.optimum.limit == limit:
                got = found.optimum.parameters
                assert {got[name] for name in names & got.keys()} == {None}
        # Whatever the name, the forecast is that of the truth.
        ahead = found.expected_new(np.array([20.0]))[0]
        truth = 6 * (1 - np.exp(-1)) if kind is pareto_nbd else (1 - np.exp(-1.2)) / 0.2
        truth *= 0.8 if kind is mbg_nbd else 1
        assert ahead == pytest.approx(truth, rel=0.12)
    assert optimum.SAME_CHANCE in limits


def test_where_every_customer_leaves_after_the_second_order() -> None:
    random, age = of_age()
    record = leave_after_orders(random, np.full(len(age), 0.1), np.ones(len(age)), age, 0)
    found = bg_nbd.fit(collapsed(*record))
    assert not isinstance(found, NotFitted)
    assert found.optimum.limit == beta_geometric_likelihood.ALL_AFTER_SECOND
    assert found.expected(customer(1, 5, 20), 50)[0] == pytest.approx(0, abs=1e-9)


def test_regular_buyers_are_distinguished_from_random_ones() -> None:
    """Silence of two usual gaps says more of them, and what they do next is known better."""
    random, age = of_age(2000)
    record = leave_after_orders(
        random, random.gamma(4, 0.5, len(age)), random.beta(1, 9, len(age)), age, 1, steps=3
    )
    cells = collapsed(*record)
    regular, plain = mbg_cnbd_k.fit(cells, 3), mbg_nbd.fit(cells)
    assert not isinstance(regular, NotFitted)
    assert isinstance(plain, BetaGeometric)
    assert regular.r == pytest.approx(4, rel=0.25)
    assert regular.r / regular.alpha == pytest.approx(2, rel=0.1)
    assert regular.a / (regular.a + regular.b) == pytest.approx(0.1, rel=0.25)
    silent = customer(20, 30, 35)
    assert regular.alive(silent)[0] < plain.alive(silent)[0] - 0.1
