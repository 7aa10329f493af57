"""What papers and other packages print for the models of repeat orders."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ltvcli.stats.purchases import bg_nbd, gamma_gamma, mbg_nbd, nbd, pareto_nbd
from ltvcli.stats.purchases.beta_geometric import BetaGeometric
from ltvcli.stats.purchases.beta_geometric_likelihood import objective as beta_geometric
from ltvcli.stats.purchases.gamma_gamma import GammaGamma, Values
from ltvcli.stats.purchases.pareto_nbd import ParetoNbd
from ltvcli.stats.purchases.record import NotFitted
from tests.purchase_records import CDNOW, PUBLISHED, cdnow, customer

needs_data = pytest.mark.skipif(not CDNOW.exists(), reason="no shared data")
PAPER = (0.243, 4.414, 0.793, 2.426)
PRECISE = (0.2425945, 4.4136019, 0.7929199, 2.4258881)
VIGNETTE = (0.2425967, 4.413659, 0.7929869, 2.426164)


def bg(r: float, alpha: float, a: float, b: float) -> BetaGeometric:
    return BetaGeometric(name="BG/NBD", optimum=PUBLISHED, withstood=0, r=r, alpha=alpha, a=a, b=b)


def pareto(r: float, alpha: float, s: float, beta: float) -> ParetoNbd:
    return ParetoNbd(name="Pareto/NBD", optimum=PUBLISHED, r=r, alpha=alpha, s=s, beta=beta)


# Numbers that need no data


@pytest.mark.parametrize(
    ("time", "orders"),
    [(0.1429, 0.0078), (1, 0.0532), (3, 0.1506), (31.8571, 1.0405), (32, 1.0437), (78, 1.8576)],
)
def test_orders_of_a_new_customer_by_hardies_sheet(time: float, orders: float) -> None:
    """Hardie's spreadsheet of BG/NBD on CDNOW, to the three decimals that lifetimes tests."""
    assert bg(*PRECISE).expected_new(np.array([time]))[0] == pytest.approx(orders, abs=5e-4)


def test_orders_of_one_customer_by_hardies_sheet() -> None:
    found = bg(*PAPER).expected(customer(2, 30.43, 38.86), 39)[0]
    assert found == pytest.approx(1.226, abs=5e-4)


def test_chance_of_no_order_by_a_new_customer() -> None:
    """P(X(39) = 0) in BTYD, as the tests of lifetimes quote it."""
    assert bg(*PAPER).none_within(customer(0, 0, 0), 39)[0] == pytest.approx(0.5737864, abs=5e-8)


@pytest.mark.parametrize(
    ("frequency", "orders"),
    [(10, 0.3474606), (15, 0.04283391), (20, 0.004158973), (25, 0.0003583685)],
)
def test_the_increasing_frequency_paradox(frequency: int, orders: float) -> None:
    """BTYD vignette, BG/NBD: the more orders, the more telling the silence since."""
    found = bg(*VIGNETTE).expected(customer(frequency, 20, 39), 52)[0]
    assert found == pytest.approx(orders, rel=2e-6)


def test_customer_1516_and_a_new_one() -> None:
    """BTYD vignette, BG/NBD, the next 52 weeks."""
    model, known = bg(*VIGNETTE), customer(26, 216 / 7, 31)
    assert model.expected(known, 52)[0] == pytest.approx(25.75659, abs=2e-4)
    assert model.alive(known)[0] == pytest.approx(0.9688523, abs=2e-6)
    assert model.expected_new(np.array([52.0]))[0] == pytest.approx(1.444004, abs=1e-6)


@pytest.mark.parametrize(
    ("frequency", "recency", "log_likelihood"),
    [
        pytest.param(0, 0, -0.41792826, id="no repeat order"),
        pytest.param(200, 38, 100.7869, id="200 repeat orders"),
    ],
)
def test_log_likelihood_of_mbg_by_pymc_marketing(
    frequency: int, recency: float, log_likelihood: float
) -> None:
    at = np.log([0.25 / 4.0, 0.25, 0.8 / 2.5, 0.8 + 2.5])
    found, *_ = beta_geometric(customer(frequency, recency, 40), 1)(at)
    assert found == pytest.approx(log_likelihood, rel=1e-6)


def test_pareto_chance_to_be_alive_without_a_repeat_order() -> None:
    """BTYD's manual: 0.2941633 at the parameters of its vignette, known to 4 digits here."""
    found = pareto(0.5533, 10.578, 0.6061, 11.666).alive(customer(0, 0, 39))[0]
    assert found == pytest.approx(0.2941633, abs=2e-4)


@pytest.mark.parametrize(
    ("frequency", "orders"), [(132, 6.2060517889632418), (133, 6.2528722475748113)]
)
def test_pareto_orders_do_not_jump(frequency: int, orders: float) -> None:
    """The tests of lifetimes, where another formula used to take over at 133 orders."""
    found = pareto(0.55, 10.58, 0.61, 11.67).expected(customer(frequency, 200, 200), 10)[0]
    assert found == pytest.approx(orders, rel=1e-8)


@pytest.mark.parametrize(
    ("frequency", "recency", "age"),
    [
        (221, 103.42857, 103.57143),
        (254, 97.14286, 97.28571),
        (161, 94.71429, 98),
        (204, 98.57143, 99.42857),
    ],
)
def test_pareto_stays_finite_for_the_most_loyal(frequency: int, recency: float, age: float) -> None:
    """Customers for whom other programs overflowed, from the tests of CLVTools."""
    model, known = pareto(0.5143, 2.8845, 0.2856, 14.1087), customer(frequency, recency, age)
    assert 0 < model.alive(known)[0] <= 1
    assert 0 < model.expected(known, 52)[0] < 300
    assert 0 < model.moments(known, 52)[1][0] < math.inf
    assert 0 <= model.none_within(known, 13)[0] < 1


def test_spend_of_the_first_ten_customers() -> None:
    """Fader & Hardie (2013), as the tests of lifetimes quote it."""
    # Printed as 6.25, 3.74 and 15.44, which is not enough for the cents of these.
    model = GammaGamma(name="Gamma-Gamma", optimum=PUBLISHED, p=6.2496, q=3.7442, gamma=15.4435)
    orders = np.array([2, 1, 0, 0, 0, 7, 1, 0, 2, 0], dtype=np.float64)
    value = np.array([22.345, 11.77, 0, 0, 0, 73.7414, 11.77, 0, 25.55, 0])
    found = model.expected(orders, value)
    assert found is not None
    printed = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    assert found.tolist() == pytest.approx(printed, abs=6e-3)
    assert model.mean == pytest.approx(35.17, abs=5e-3)


# Fits to the published data


@needs_data
@pytest.mark.parametrize(
    ("model", "parameters", "log_likelihood"),
    [
        pytest.param(
            bg_nbd,
            {"r": 0.2425945, "alpha": 4.4136019, "a": 0.7929199, "b": 2.4258881},
            -9582.429,
            id="BG/NBD as in CLVTools",
        ),
        pytest.param(
            pareto_nbd,
            {"r": 0.55315, "alpha": 10.57633, "s": 0.60625, "beta": 11.67150},
            -9594.976,
            id="Pareto/NBD as in CLVTools",
        ),
        pytest.param(
            mbg_nbd,
            {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614},
            -9582.136,
            id="MBG/NBD as in BTYDplus",
        ),
        pytest.param(nbd, {"r": 0.38477, "alpha": 12.07202}, -9763.658, id="NBD"),
    ],
)
def test_fits_to_cdnow(model: object, parameters: dict[str, float], log_likelihood: float) -> None:
    found = model.fit(cdnow().cells)  # type: ignore[attr-defined]
    # What the others print is as good as their searches: the Pareto/NBD of CLVTools to 3 digits.
    close = 5e-4 if model in {pareto_nbd, mbg_nbd} else 3e-5
    got = {name: found.optimum.parameters[name] for name in parameters}
    assert got == pytest.approx(parameters, rel=close)
    assert found.optimum.log_likelihood == pytest.approx(log_likelihood, abs=6e-4)
    assert found.optimum.gradient < 1e-7


@needs_data
def test_standard_errors_of_pareto_are_those_of_clvtools() -> None:
    errors = pareto_nbd.fit(cdnow().cells)
    assert not isinstance(errors, NotFitted)
    assert errors.optimum.standard_errors == pytest.approx(
        {"r": 0.0476264, "alpha": 0.8427222, "s": 0.1872594, "beta": 6.2105448}, rel=1e-3
    )


@needs_data
@pytest.mark.parametrize(
    ("frequency", "orders"),
    [(10, 0.7062289), (15, 0.1442396), (20, 0.02250658), (25, 0.00309267)],
)
def test_the_increasing_frequency_paradox_in_pareto(frequency: int, orders: float) -> None:
    """BTYD vignette; its parameters are those of its own search, so the last digits differ."""
    found = pareto_nbd.fit(cdnow().cells)
    assert not isinstance(found, NotFitted)
    got = found.expected(customer(frequency, 20, 39), 52)[0]
    assert got == pytest.approx(orders, rel=2e-3)


@needs_data
def test_customer_1516_and_a_new_one_in_pareto() -> None:
    """BTYD vignette, Pareto/NBD, the next 52 weeks."""
    found = pareto_nbd.fit(cdnow().cells)
    assert not isinstance(found, NotFitted)
    known = customer(26, 216 / 7, 31)
    assert found.expected(known, 52)[0] == pytest.approx(25.45647, rel=2e-4)
    assert found.alive(known)[0] == pytest.approx(0.997874, abs=1e-5)
    assert found.expected_new(np.array([52.0]))[0] == pytest.approx(1.473434, rel=1e-4)


@needs_data
@pytest.mark.parametrize(
    ("model", "expected"),
    [
        pytest.param(pareto_nbd, (0.138, 0.600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403)),
        pytest.param(
            bg_nbd,
            (0.2250893, 0.5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036),
        ),
    ],
    ids=["Pareto/NBD", "BG/NBD"],
)
def test_holdout_by_orders_before(model: object, expected: tuple[float, ...]) -> None:
    """BTYD vignette: expected and actual orders in the 39 weeks after, by 0, 1, ... 7+ before."""
    sample = cdnow()
    found = model.fit(sample.cells).expected(sample.cells, 39)  # type: ignore[attr-defined]
    bins = np.minimum(sample.cells.frequency, 7).astype(int)
    customers = np.bincount(bins)
    assert customers.tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]
    actual = np.bincount(bins, sample.later) / customers
    assert actual.round(3).tolist() == [0.237, 0.697, 1.393, 1.56, 2.532, 2.947, 3.862, 6.359]
    mean = np.bincount(bins, found) / customers
    assert mean.tolist() == pytest.approx(expected, rel=1e-3, abs=6e-4)


@needs_data
def test_orders_of_one_customer_under_the_other_models() -> None:
    cells, known = cdnow().cells, customer(2, 30.43, 38.86)
    for model, orders in ((mbg_nbd, 1.26267), (pareto_nbd, 1.45510)):
        found = model.fit(cells)
        assert not isinstance(found, NotFitted)
        assert found.expected(known, 39)[0] == pytest.approx(orders, rel=2e-5)


@needs_data
def test_spend_per_order() -> None:
    """Fader & Hardie (2013) and CLVTools: 946 customers with repeat orders."""
    sample = cdnow()
    repeats = sample.cells.frequency > 0
    found = gamma_gamma.fit(
        Values(
            orders=sample.cells.frequency[repeats],
            value=sample.spent[repeats],
            weight=np.ones(repeats.sum()),
        )
    )
    assert not isinstance(found, NotFitted)
    parameters = {"p": 6.25, "q": 3.74, "gamma": 15.44}
    assert found.optimum.parameters == pytest.approx(parameters, abs=5e-3)
    assert found.optimum.log_likelihood == pytest.approx(-4055.9177, abs=6e-5)
    assert found.mean == pytest.approx(35.17, abs=5e-3)
