"""Fit BG/NBD to one shop with ltv and with lifetimes, in one process, and print what each took.

`python -m tests.benchmarks.fits [customers]`. Both are given the same customers, one row each, as
`lifetimes` takes them; that ltv counts equal rows together is part of its time.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.stats.purchases import bg_nbd
from ltvcli.stats.purchases.record import Cells, NotFitted
from tests.purchase_records import collapsed, leave_after_orders

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def customers(size: int) -> tuple[Floats, Floats, Floats]:
    """Frequency, recency and age, in whole days counted in weeks, of two years of a shop."""
    random = np.random.default_rng(0)
    rate, chance = random.gamma(0.5, 1 / 8, size), random.beta(0.8, 2.5, size)
    age = random.integers(30, 730, size) / 7
    frequency, recency, _ = leave_after_orders(random, rate, chance, age, 0)
    recency = np.where(frequency > 0, np.minimum(np.ceil(recency * 7) / 7, age), 0.0)
    return frequency, recency, age


def by_ltv(frequency: Floats, recency: Floats, age: Floats) -> tuple[float, float]:
    """Seconds of counting equal rows together and fitting, and of fitting alone."""
    began = time.process_time()
    cells = collapsed(frequency, recency, age)
    counted = time.process_time()
    bg_nbd.fit(cells)
    done = time.process_time()
    return done - began, done - counted


def by_lifetimes(frequency: Floats, recency: Floats, age: Floats) -> tuple[float, dict[str, float]]:
    """Seconds, and the parameters found."""
    from lifetimes import BetaGeoFitter

    model = BetaGeoFitter()
    began = time.process_time()
    model.fit(frequency, recency, age)
    return time.process_time() - began, {name: float(model.params_[name]) for name in "ab"} | {
        name: float(model.params_[name]) for name in ("r", "alpha")
    }


def log_likelihood(cells: Cells, found: dict[str, float]) -> float:
    """Of the parameters of another program, by the likelihood of ltv."""
    from ltvcli.stats.purchases.beta_geometric_likelihood import objective

    r, alpha, a, b = (found[name] for name in ("r", "alpha", "a", "b"))
    mean, *_ = objective(cells, 0)(np.log([r / alpha, r, a / b, a + b]))
    return mean * float(cells.weight.sum())


def measured(size: int, repeat: int = 3) -> dict[str, float]:
    """Medians of seconds, taken in turns, and the log-likelihood that each came to."""
    rows = customers(size)
    cells = collapsed(*rows)
    found = bg_nbd.fit(cells)
    if isinstance(found, NotFitted):
        sys.exit("ltv found no fit")
    times = []
    for _ in range(repeat):
        seconds, others = by_lifetimes(*rows)
        times.append((*by_ltv(*rows), seconds))
    ltv, alone, rival = (float(np.median(each)) for each in zip(*times, strict=True))
    return {
        "ltv": ltv,
        "ltv, fit alone": alone,
        "lifetimes": rival,
        "log-likelihood of ltv": found.optimum.log_likelihood,
        "log-likelihood of lifetimes": log_likelihood(cells, others),
    }


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]) if sys.argv[1:] else 300_000)))
