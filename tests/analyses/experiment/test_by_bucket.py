"""The jackknife over groups of customers, compared with Welch's interval."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.analyses.experiment import by_bucket
from ltvcli.facts.experiments import AgeSums, ArmBuckets
from ltvcli.results.experiment import Range
from ltvcli.stats.inference import welch
from ltvcli.stats.inference.welch import Sample

CUSTOMERS = 20_000
BUCKET = np.arange(CUSTOMERS) % 100


def sums(key: str, outcome: np.ndarray, before: np.ndarray) -> ArmBuckets:
    def added(values: np.ndarray) -> np.ndarray:
        return np.bincount(BUCKET, weights=values, minlength=100)

    return ArmBuckets(
        key=key,
        bucket=np.arange(100),
        customers=np.bincount(BUCKET, minlength=100),
        outcome=added(outcome),
        before=added(before),
    )


@pytest.fixture(scope="module")
def arms() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    chance = np.random.default_rng(8)
    drawn = {}
    for key in ("control", "mail"):
        before = chance.gamma(2, 10, CUSTOMERS)
        drawn[key] = (before / 2 + chance.normal(0, 5, CUSTOMERS), before)
    return drawn


def width(interval: Range | None) -> float:
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    return interval.high - interval.low


def test_it_is_as_wide_as_that_of_welch(
    arms: dict[str, tuple[np.ndarray, np.ndarray]],
) -> None:
    buckets = {key: sums(key, *drawn) for key, drawn in arms.items()}
    (interval,) = by_bucket.jackknife(buckets, ["control", "mail"], 0.0)
    samples = [
        Sample(n=CUSTOMERS, mean=outcome.mean(), sd=outcome.std(ddof=1))
        for outcome, _ in arms.values()
    ]
    plain = welch.difference(samples[1], samples[0])

    assert interval is not None
    assert interval.value == pytest.approx(plain.value)
    assert width(interval) == pytest.approx(2 * plain.half_width, rel=0.2)


def test_what_was_before_narrows_it(arms: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    buckets = {key: sums(key, *drawn) for key, drawn in arms.items()}
    plain, freed = (
        by_bucket.jackknife(buckets, ["control", "mail"], theta)[0] for theta in (0.0, 0.5)
    )

    assert width(freed) < 0.75 * width(plain)


def test_the_last_age_is_the_effect(arms: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    buckets = {key: sums(key, *drawn) for key, drawn in arms.items()}
    halves = {
        key: np.stack([arm.outcome / 4, 3 * arm.outcome / 4], 1) for key, arm in buckets.items()
    }
    ages = AgeSums(age_days=(30, 60), outcome=halves)
    names = {"control": "Control", "mail": "Mail"}
    first, last = by_bucket.by_age(ages, buckets, names, 0.5)
    (whole,) = by_bucket.jackknife(buckets, list(names), 0.5)

    assert (first.age_days, last.age_days) == (30, 60)
    assert last.effect == whole
    assert first.effect.value == pytest.approx(last.effect.value / 4)


def test_a_single_group_has_no_interval() -> None:
    lone = ArmBuckets(
        key="a",
        bucket=np.array([3]),
        customers=np.array([5]),
        outcome=np.array([10.0]),
        before=np.array([np.nan]),
    )

    assert by_bucket.jackknife({"a": lone, "b": lone}, ["a", "b"], 0.0) == (None,)
