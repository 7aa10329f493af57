from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.retention import beta_discrete_weibull as bdw
from ltvcli.stats.retention import shifted_beta_geometric as sbg
from ltvcli.stats.retention.renewals import Renewals
from ltvcli.stats.retention.retention_projection import project

ALIVE = np.array([1000, 869, 743, 653, 593, 551, 517, 491.0])
ACTUAL = np.array([491, 468, 445, 427, 409, 394]) / 491
DATA = Renewals(at_risk=ALIVE[:-1], left=-np.diff(ALIVE))


@pytest.mark.parametrize("model", [sbg, bdw])
def test_the_five_years_that_followed_lie_within(model: type) -> None:
    ahead = project(model.fit(DATA), survived=7, horizon=12)  # type: ignore[attr-defined]

    assert ahead.renewals.tolist() == [7, 8, 9, 10, 11, 12]
    assert (ahead.survival[0], ahead.low[0], ahead.high[0]) == (1, 1, 1)
    assert (ahead.low[1:] < ahead.survival[1:]).all()
    assert (ahead.survival[1:] < ahead.high[1:]).all()
    assert np.abs(ahead.survival - ACTUAL).max() < 0.04
    assert (np.diff(ahead.high - ahead.low) > 0).all()


@pytest.mark.parametrize("model", [sbg, bdw])
def test_those_who_stayed_go_on_where_new_customers_would_be(model: type) -> None:
    fitted = model.fit(DATA)  # type: ignore[attr-defined]
    new, old = project(fitted, 0, 12), project(fitted, 7, 12)

    np.testing.assert_allclose(new.survival[7:] / new.survival[7], old.survival, rtol=1e-9)


@pytest.mark.parametrize("model", [sbg, bdw])
def test_constant_churn_projects_too(model: type) -> None:
    alive = 1000 * 0.9 ** np.arange(6)
    constant = Renewals(at_risk=alive[:-1], left=-np.diff(alive))

    ahead = project(model.fit(constant), 0, 24)  # type: ignore[attr-defined]

    assert ahead.survival[24] == pytest.approx(0.9**24, rel=1e-4)
    assert np.isfinite([ahead.low, ahead.high]).all()
    assert ahead.low[24] < 0.9**24 < ahead.high[24]


@pytest.mark.parametrize(("survived", "horizon"), [(-1, 3), (3, 3), (4, 3)])
def test_refuses_to_project_backwards(survived: int, horizon: int) -> None:
    with pytest.raises(ValueError, match="later one"):
        project(sbg.fit(DATA), survived, horizon)
