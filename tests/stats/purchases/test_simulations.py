"""Models of repeat orders against customers simulated one by one."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.purchases import bg_nbd, mbg_nbd, pareto_nbd
from ltvcli.stats.purchases.beta_geometric import BetaGeometric
from ltvcli.stats.purchases.mbg_cnbd_k import RegularBuyers
from ltvcli.stats.purchases.nbd import Nbd
from ltvcli.stats.purchases.pareto_nbd import ParetoNbd
from ltvcli.stats.purchases.record import Cells, NotFitted, Purchases
from tests.purchase_records import PUBLISHED, collapsed, leave_after_orders, leave_at_any_time

pytestmark = pytest.mark.slow

CUSTOMERS = 200_000
AGE, HORIZON = 30.0, 20.0
RATES = {"optimum": PUBLISHED, "r": 1.3, "alpha": 6.0}


def orders(model: Purchases, random: np.random.Generator) -> list[np.ndarray]:
    """Times of orders `(CUSTOMERS,)`, one array for each repeat order; infinite if there is none.

    One event at a time, and with nothing of the formulas that are tested.
    """
    rate = random.gamma(1.3, 1 / 6.0, CUSTOMERS)
    chance, end = np.zeros(CUSTOMERS), np.full(CUSTOMERS, np.inf)
    there = np.ones(CUSTOMERS, dtype=bool)
    steps = model.steps if isinstance(model, RegularBuyers) else 1
    if isinstance(model, (BetaGeometric, RegularBuyers)):
        chance = random.beta(model.a, model.b, CUSTOMERS)
        if isinstance(model, RegularBuyers) or model.withstood:
            there = random.random(CUSTOMERS) >= chance
    elif isinstance(model, ParetoNbd):
        end = random.exponential(1 / random.gamma(model.s, 1 / model.beta, CUSTOMERS))
    elif isinstance(model, Nbd):
        there = random.random(CUSTOMERS) >= model.gone
    now, times = np.zeros(CUSTOMERS), []
    while there.any():
        now = now + random.gamma(steps, 1 / rate)
        there &= (now < AGE + HORIZON) & (now < end)
        times.append(np.where(there, now, np.inf))
        there &= random.random(CUSTOMERS) >= chance
    return times


MODELS = [
    BetaGeometric(name="BG/NBD", withstood=0, a=0.7, b=2.5, **RATES),
    BetaGeometric(name="MBG/NBD", withstood=1, a=1.5, b=3.0, **RATES),
    RegularBuyers(name="MBG/CNBD-2", steps=2, a=1.5, b=3.0, **RATES),
    ParetoNbd(name="Pareto/NBD", s=0.8, beta=9.0, **RATES),
    Nbd(gone=0.3, **RATES),
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_forecasts_are_what_simulated_customers_do(model: Purchases) -> None:
    """In all, and among those with few or many orders and with recent or old ones."""
    random = np.random.default_rng(3)
    frequency, recency, later = (np.zeros(CUSTOMERS) for _ in range(3))
    for times in orders(model, random):
        known = times <= AGE
        frequency += known
        recency = np.where(known, np.maximum(times, recency), recency)
        later += ~known & np.isfinite(times)
    cells = Cells(
        frequency=frequency,
        recency=recency,
        age=np.full(CUSTOMERS, AGE),
        weight=np.ones(CUSTOMERS),
    )
    mean, variance = model.moments(cells, HORIZON)
    none = model.none_within(cells, HORIZON)
    groups = [np.ones(CUSTOMERS, dtype=bool)]
    for many in (frequency == 0, (frequency > 0) & (frequency < 4), frequency >= 4):
        groups += [many & (recency > AGE / 2), many & (recency <= AGE / 2)]
    for group in groups:
        if group.sum() < 500:
            continue
        root = np.sqrt(group.sum())
        assert abs((later - mean)[group].mean()) < 4 * later[group].std() / root
        assert abs(((later == 0) - none)[group].mean()) < 4 * 0.5 / root
        squares = (later - mean)[group] ** 2
        assert abs((squares - variance[group]).mean()) < 4 * squares.std() / root


@pytest.mark.parametrize("part", range(10))
def test_no_search_fails_on_500_shops(part: int) -> None:
    """Of every size and length, with parameters all over the plausible range.

    Each model is fitted to customers of each, so two times in three to a shop it is wrong about.
    """
    for shop in range(50):
        random = np.random.default_rng([part, shop])
        customers = int(np.exp(random.uniform(np.log(100), np.log(1500))))
        weeks = random.uniform(20, 110)
        youngest = random.choice([0.05, 0.7])
        age = random.uniform(youngest, 1, customers) * weeks
        r, orders = np.exp(random.uniform(np.log([0.2, 0.5]), np.log([3, 12])))
        rate = random.gamma(r, orders / r / weeks, customers)
        kind = shop % 3
        if kind == 2:
            s, left = np.exp(random.uniform(np.log([0.2, 0.1]), np.log([3, 5])))
            hazard = random.gamma(s, left / s / weeks, customers)
            cells = collapsed(*leave_at_any_time(random, rate, hazard, age))
        else:
            leaving, sure = random.uniform(0.03, 0.6), np.exp(random.uniform(-1, 2.3))
            chance = random.beta(leaving * sure, (1 - leaving) * sure, customers)
            cells = collapsed(*leave_after_orders(random, rate, chance, age, kind))
        for model in (bg_nbd, mbg_nbd, pareto_nbd):
            found = model.fit(cells)
            assert not isinstance(found, NotFitted), (model.NAME, part, shop)
            told = found.optimum
            assert told.gradient < 1e-6, (model.NAME, part, shop, told)
            assert (None in told.parameters.values()) <= (told.limit is not None)
            ahead = found.expected(cells, weeks)
            assert (ahead >= 0).all()
            assert np.isfinite(ahead).all()
            assert ahead @ cells.weight < 10 * max(1, cells.frequency @ cells.weight)
