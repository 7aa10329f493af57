"""No fit and no forecast takes more than a stated number of evaluations or steps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from ltvcli.analyses.predict import forecasts
from ltvcli.errors import FitFailedError
from ltvcli.stats.inference import negative_binomial
from ltvcli.stats.numerics.newton import maximise
from ltvcli.stats.purchases import best_fit, mbg_cnbd_k
from ltvcli.stats.purchases.best_fit import Levels, Objective, Peak
from ltvcli.stats.purchases.mbg_cnbd_k import RegularBuyers
from ltvcli.stats.purchases.record import TOO_LONG, Cells, ForecastTooLongError, NotFitted, Optimum
from ltvcli.stats.retention import beta_discrete_weibull, profile_likelihood
from ltvcli.stats.retention import shifted_beta_geometric as sbg
from ltvcli.stats.retention.renewals import Renewals

Floats = NDArray[np.float64]
NO_OPTIMUM = Optimum(
    parameters={}, standard_errors={}, log_likelihood=0.0, gradient=0.0, limit=None
)


class Counted:
    """An objective of the same curvature in every direction that counts its evaluations."""

    def __init__(
        self, objective: Callable[[int, Floats], tuple[float, Floats]], curvature: float = -1.0
    ) -> None:
        self.objective = objective
        self.curvature = curvature
        self.evaluations = 0

    def __call__(self, at: Floats) -> tuple[float, Floats, Floats]:
        self.evaluations += 1
        height, slope = self.objective(self.evaluations, at)
        return height, slope, np.diag([self.curvature] * len(at))


def search(*levels: Objective, starts: int = 1) -> Peak | None:
    points = [np.full(2, 0.1 * number) for number in range(starts)]
    rough, fine, exact = (levels * 3)[:3] if len(levels) == 1 else levels
    return best_fit.search(Levels(rough, fine, fine, exact), 100.0, points, ())


def test_a_likelihood_that_always_rises_ends_after_the_allowed_evaluations() -> None:
    rising = Counted(lambda number, at: (float(number), np.ones(len(at))))

    assert search(rising, starts=200) is None
    assert rising.evaluations <= best_fit.MOST_EVALUATIONS


def peak(_: int, at: Floats) -> tuple[float, Floats]:
    return -float(at @ at) / 2, -at


def test_a_fit_within_the_allowed_evaluations_is_found() -> None:
    found = search(Counted(peak))

    assert found is not None
    assert found.at.tolist() == pytest.approx([0, 0], abs=1e-9)


@pytest.mark.parametrize("height", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("curvature", [-1.0, np.nan, np.inf])
def test_a_likelihood_that_is_no_number_has_no_fit(height: float, curvature: float) -> None:
    broken = Counted(lambda _, at: (height, np.full(len(at), np.nan)), curvature)

    assert search(broken) is None
    assert search(Counted(peak), Counted(peak), broken) is None
    assert broken.evaluations < 200


def test_a_climb_over_a_surface_without_curvature_ends() -> None:
    evaluations = Counted(lambda _, at: (np.nan, at))

    def curvature(at: Floats) -> tuple[Floats, Floats]:
        return at, np.full((2, 2), np.nan)

    _, none = maximise(lambda at: float(evaluations(at)[0]), curvature, np.zeros(2))
    assert none is None
    assert evaluations.evaluations < 100


def buyers(alpha: float) -> RegularBuyers:
    return RegularBuyers(
        name="MBG/CNBD-2", optimum=NO_OPTIMUM, steps=2, r=0.2, alpha=alpha, a=0.5, b=2.0
    )


NEW = Cells(frequency=np.zeros(1), recency=np.zeros(1), age=np.zeros(1), weight=np.ones(1))


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    counted = [0]
    chances = mbg_cnbd_k._chances

    def counting(power: Floats, reach: Floats):  # type: ignore[no-untyped-def]
        for chance in chances(power, reach):
            counted[0] += 1
            yield chance

    monkeypatch.setattr(mbg_cnbd_k, "_chances", counting)
    return counted


def test_a_forecast_of_too_many_steps_is_refused(steps: list[int]) -> None:
    with pytest.raises(ForecastTooLongError):
        buyers(alpha=1e-9).expected(NEW, 50.0)
    assert steps[0] <= mbg_cnbd_k.MOST_STEPS


def test_a_usual_forecast_takes_few_steps(steps: list[int]) -> None:
    assert buyers(alpha=3.0).expected(NEW, 50.0)[0] > 0
    assert steps[0] < 2000


@pytest.mark.parametrize("alpha", [1e-9, 3.0])
def test_the_chance_of_no_order_needs_two_steps(alpha: float, steps: list[int]) -> None:
    """Fewer than two steps are none, (1 + reach)^-r, or one, r reach / (1 + reach) times that."""
    reach = 50.0 / alpha
    none = (1 + reach) ** -0.2 * (1 + 0.2 * reach / (1 + reach))
    model = buyers(alpha)
    alive = model.alive(NEW)[0]

    assert model.none_within(NEW, 50.0)[0] == pytest.approx(1 - alive * (1 - none))
    assert steps[0] <= 5


@pytest.mark.slow
def test_a_model_whose_forecast_takes_too_long_is_named_as_not_fitted() -> None:
    slow, quick = buyers(alpha=1e-9), buyers(alpha=3.0)
    fits, failed, *found = forecasts._forecasts({"slow": slow, "quick": quick}, NEW, 50.0)

    assert [list(each) for each in (fits, *found)] == [["quick"]] * 3
    assert failed == {"slow": NotFitted(model="MBG/CNBD-2", because=TOO_LONG)}


def test_large_counts_are_added_up_in_larger_units(monkeypatch: pytest.MonkeyPatch) -> None:
    means: list[float] = []
    counted = negative_binomial._counted

    def noted(probability: float, mean: Floats, spread: Floats) -> Floats:
        means.extend(mean.tolist())
        return counted(probability, mean, spread)

    monkeypatch.setattr(negative_binomial, "_counted", noted)
    high = negative_binomial.quantile(0.9, np.array([1e4, 1e12]), np.array([1.0, 1.0]))

    assert max(means) <= negative_binomial.MOST_ORDERS
    # Spread 1 is an exponential law, of which 90% lie below ln 10 times the mean.
    assert (high / [1e4, 1e12]).tolist() == pytest.approx([np.log(10)] * 2, rel=1e-3)


def test_larger_units_keep_the_variance() -> None:
    """Of a Poisson count of a million 90% lie below 1,000,000 + 1.2816 x 1,000, or farther out."""
    high = negative_binomial.quantile(0.9, np.array([1e6]), np.array([0.0]))[0]

    assert 1e6 + 1281 <= high <= 1e6 + 15_000


RENEWALS = Renewals(at_risk=np.linspace(1000, 100, 30), left=np.linspace(90, 3, 30))


def test_a_weibull_fit_of_too_much_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluations = Counted(lambda _, at: (0.0, at))
    likelihood = beta_discrete_weibull._log_likelihood

    def noted(data: Renewals, x: Floats) -> tuple[float, Floats]:
        evaluations(x)
        return likelihood(data, x)

    fit = beta_discrete_weibull.fit.__wrapped__  # type: ignore[attr-defined]  # results are kept
    monkeypatch.setattr(beta_discrete_weibull, "_log_likelihood", noted)
    fit(RENEWALS)
    assert 100 < evaluations.evaluations < 200_000 / 30

    evaluations.evaluations = 0
    monkeypatch.setattr(beta_discrete_weibull, "MOST_WORK", 30 * 50)
    with pytest.raises(FitFailedError):
        fit(RENEWALS)
    assert evaluations.evaluations == 50


def test_the_region_of_a_model_is_searched_once_for_all_its_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fitted = sbg.fit(RENEWALS)
    searches: list[int] = []
    last_true = profile_likelihood.last_true

    def noted(*arguments):  # type: ignore[no-untyped-def]
        searches.append(1)
        return last_true(*arguments)

    monkeypatch.setattr(profile_likelihood, "last_true", noted)
    first = profile_likelihood.interval(fitted, lambda churn, _: churn)
    count = len(searches)
    again = profile_likelihood.interval(fitted, lambda churn, _: churn)

    assert count > 0
    assert len(searches) == count
    assert [float(end) for end in again] == [float(end) for end in first]
