"""Simulated experiments: how often effects are shown, and how often intervals cover."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from ltvcli.analyses.experiment import by_bucket
from ltvcli.analyses.experiment.effects import Compared, Terms, decided, effects
from ltvcli.facts.experiments import ArmBuckets
from ltvcli.results.experiment import Arm, Decision, Effect, Range
from ltvcli.stats.inference.welch import Sample
from ltvcli.units import Unit

Outcomes = np.ndarray[tuple[int], np.dtype[np.float64]]
PLAIN = Terms(margin=None, cost=None, planned=None)


def effect_of(arms: Sequence[Outcomes], terms: Terms = PLAIN) -> Effect:
    """Return the effect of the second arm on the first."""
    samples = [Sample(n=len(arm), mean=arm.mean(), sd=arm.std(ddof=1)) for arm in arms]
    compared = Compared(
        outcome="spend", unit=Unit.MONEY, names=("control", "mail"), samples=samples
    )
    (effect,) = decided(effects(compared, terms))
    return effect


def holds(interval: Range | None, truth: float) -> bool:
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    return interval.low <= truth <= interval.high


def is_heavy(arm: Outcomes) -> bool:
    """Return whether an arm is marked as heavy-tailed."""
    away = (arm - arm.mean()) / arm.std()
    unknown = Range(value=0.0, low=None, high=None)
    return Arm(
        name="mail",
        customers=len(arm),
        mean=unknown,
        sd=1.0,
        skewness=float((away**3).mean()),
        buyers=1,
        per_buyer=1.0,
        set_aside=0,
        is_control=False,
    ).is_heavy_tailed


def by_group(key: str, arm: Outcomes) -> ArmBuckets:
    """Return the sums of an arm by group of customers."""
    bucket = np.arange(len(arm)) % 100
    return ArmBuckets(
        key=key,
        bucket=np.arange(100),
        customers=np.bincount(bucket, minlength=100),
        outcome=np.bincount(bucket, weights=arm, minlength=100),
        before=np.full(100, np.nan),
    )


@pytest.mark.slow
@pytest.mark.parametrize("sigma", [1.5, 2.2])
def test_intervals_of_heavy_tails_hold_or_are_doubted(sigma: float) -> None:
    """Lognormal spend of one customer in ten; both arms are of the same kind."""
    chance = np.random.default_rng(21)
    held = doubted = jackknifed = 0
    runs = 300
    for _ in range(runs):
        arms = [chance.lognormal(3, sigma, 2000) * (chance.random(2000) < 0.1) for _ in range(2)]
        held += holds(effect_of(arms).effect, 0.0)
        (interval,) = by_bucket.jackknife(
            {str(key): by_group(str(key), arm) for key, arm in enumerate(arms)}, ["0", "1"], 0.0
        )
        jackknifed += holds(interval, 0.0)
        doubted += any(is_heavy(arm) for arm in arms)

    assert held / runs >= 0.92 or doubted / runs >= 0.99
    assert jackknifed / runs >= 0.92


@pytest.mark.slow("a simulation; another of heavy tails is in a usual run")
def test_with_few_customers_in_one_arm_heavy_tails_are_doubted() -> None:
    """Where the interval really covers less than 92%, every experiment says that it may not."""
    chance = np.random.default_rng(22)
    held = doubted = 0
    runs = 300
    for _ in range(runs):
        arms = [
            chance.lognormal(3, 2.2, size) * (chance.random(size) < 0.1) for size in (20_000, 200)
        ]
        truth = 0.0
        held += holds(effect_of(arms).effect, truth)
        doubted += any(is_heavy(arm) for arm in arms)

    assert held / runs < 0.92
    assert doubted == runs


@pytest.mark.slow
def test_looking_every_day_shows_nothing_in_nothing() -> None:
    """200 A/A tests over 30 days of 40 customers per arm: an interval that holds at every look."""
    chance = np.random.default_rng(23)
    always = daily = 0
    runs, days, size = 200, 30, 40
    for _ in range(runs):
        arms = chance.gamma(1, 30, (2, days * size)) * (chance.random((2, days * size)) < 0.25)
        peeking = Terms(margin=None, cost=None, planned=2 * days * size)
        looks = [[arm[: day * size] for arm in arms] for day in range(1, days + 1)]
        always += any(effect_of(look, peeking).decision is not Decision.NOT_SHOWN for look in looks)
        daily += any(effect_of(look).decision is not Decision.NOT_SHOWN for look in looks)

    assert always / runs <= 0.05
    assert daily / runs >= 0.2
