"""The interval valid at every look covers over many looks; a plain one does not."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.inference import confidence_sequence

LOOKS = 30
PER_LOOK = 100


def test_daily_looks_at_nothing_find_something_in_at_most_5_of_100() -> None:
    """1,000 A/A tests, looked at 30 times; a z-test looked at so often finds 20% or more."""
    chance = np.random.default_rng(11)
    sums = np.zeros((2, 1000))
    missed = np.zeros(1000, dtype=bool)
    naive = np.zeros(1000, dtype=bool)
    for look in range(1, LOOKS + 1):
        sums += chance.gamma(1.0, 10.0, (2, 1000, PER_LOOK)).sum(axis=2)
        n = look * PER_LOOK
        effect = np.abs(sums[0] - sums[1]) / n
        error = 10.0 * np.sqrt(2 / n)
        missed |= effect > confidence_sequence.half_width(error, look / LOOKS)
        naive |= effect > 1.96 * error

    assert missed.mean() <= 0.05
    assert naive.mean() >= 0.2


@pytest.mark.parametrize("progress", [0.01, 0.4, 1.0])
def test_the_p_value_is_005_where_the_interval_ends(progress: float) -> None:
    half = confidence_sequence.half_width(2.0, progress)

    assert confidence_sequence.p_value(half, 2.0, progress) == pytest.approx(0.05)
    assert confidence_sequence.p_value(half * 1.01, 2.0, progress) < 0.05


def test_it_is_the_boundary_of_howard_et_al() -> None:
    """u(v) = sqrt((v + rho) log((v + rho) / (alpha^2 rho))), over v = 1 / error^2."""
    time, planned = 40.0, 80.0
    log = -2 * np.log(0.05)
    rho = planned / (log + np.log1p(log))
    boundary = np.sqrt((time + rho) * np.log((time + rho) / (0.05**2 * rho)))

    assert confidence_sequence.half_width(time**-0.5, time / planned) == pytest.approx(
        boundary / time
    )
