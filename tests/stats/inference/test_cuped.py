"""CUPED narrows intervals and leaves the effect unchanged."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.inference.cuped import Before, adjusted
from ltvcli.stats.inference.welch import Sample


def test_the_spread_is_that_of_residuals() -> None:
    chance = np.random.default_rng(3)
    before = chance.gamma(2, 10, (2, 400))
    after = 3 * before + chance.normal(0, 20, (2, 400))
    samples = [Sample(n=400, mean=row.mean(), sd=row.std(ddof=1)) for row in after]
    known = [
        Before(mean=x.mean(), sd=x.std(ddof=1), covariance=np.cov(x, y)[0, 1])
        for x, y in zip(before, after, strict=True)
    ]
    found = adjusted(samples, known)
    away = [(x - x.mean(), y - y.mean()) for x, y in zip(before, after, strict=True)]
    slope = sum((x * y).sum() for x, y in away) / sum((x * x).sum() for x, _ in away)

    for sample, x, y in zip(found.samples, before, after, strict=True):
        free = y - slope * (x - before.mean())
        assert sample.mean == pytest.approx(free.mean())
        assert sample.sd == pytest.approx(free.std(ddof=1))
    left = sum(sample.sd**2 for sample in found.samples) / sum(sample.sd**2 for sample in samples)
    assert found.saved == pytest.approx(1 - left)


def test_hillstrom_saves_next_to_nothing() -> None:
    """Mens E-Mail and No E-Mail of Hillstrom (2008), spend on history: 0.04% of the variance."""
    samples = [
        Sample(n=21307, mean=1.422616511, sd=17.754205104),
        Sample(n=21306, mean=0.652789355, sd=11.588199681),
    ]
    before = [
        Before(mean=242.835930915, sd=260.355684908, covariance=117.185712938),
        Before(mean=240.882653243, sd=252.739361824, covariance=43.072443432),
    ]

    assert round(adjusted(samples, before).saved, 4) == 0.0004


def test_what_was_the_same_for_all_changes_nothing() -> None:
    samples = (Sample(n=9, mean=1.0, sd=2.0), Sample(n=9, mean=3.0, sd=2.0))
    found = adjusted(samples, [Before(mean=5.0, sd=0.0, covariance=0.0)] * 2)

    assert (found.samples, found.saved) == (samples, 0.0)
