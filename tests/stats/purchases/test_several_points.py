"""Likelihoods at several points are those at each."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.purchases import (
    beta_geometric_likelihood,
    gamma_gamma,
    nbd,
    pareto_nbd_likelihood,
    several_points,
)
from ltvcli.stats.purchases.best_fit import Objective
from ltvcli.stats.purchases.record import Cells

CHANCE = np.random.default_rng(4)
AGE = CHANCE.uniform(4, 52, 700)
ORDERS = CHANCE.integers(0, 9, 700).astype(np.float64)
CELLS = Cells(
    frequency=ORDERS,
    recency=np.where(ORDERS > 0, AGE * CHANCE.random(700), 0.0),
    age=AGE,
    weight=CHANCE.integers(1, 5, 700).astype(np.float64),
)
VALUES = gamma_gamma.Values(orders=ORDERS + 1, value=AGE, weight=CELLS.weight)
LIKELIHOODS: dict[str, tuple[Objective, int]] = {
    "BG/NBD": (beta_geometric_likelihood.objective(CELLS, 0), 4),
    "MBG/NBD": (beta_geometric_likelihood.objective(CELLS, 1), 4),
    "MBG/CNBD-2": (beta_geometric_likelihood.objective(CELLS, 1, 2), 4),
    "Pareto/NBD": (pareto_nbd_likelihood.objective(CELLS), 4),
    "NBD": (nbd.objective(CELLS), 3),
    "Gamma-Gamma": (gamma_gamma.objective(VALUES), 3),
}


@pytest.mark.parametrize("name", list(LIKELIHOODS))
@pytest.mark.parametrize("together", [1, 2000, 10_000])
def test_several_points_have_the_heights_and_slopes_of_each(
    name: str, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the points are more than are worked on at once."""
    monkeypatch.setattr(several_points, "_TOGETHER", together)
    _, size = LIKELIHOODS[name]
    objective = several_points.in_parts(LIKELIHOODS[name][0], 700)
    points = np.random.default_rng(5).normal(size=(5, size))

    heights, slopes = objective(points)

    assert heights.tolist() == pytest.approx([float(objective(at)[0]) for at in points], rel=1e-12)
    for slope, at in zip(slopes, points, strict=True):
        assert slope.tolist() == pytest.approx(objective(at)[1].tolist(), rel=1e-9, abs=1e-12)
