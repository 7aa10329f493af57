"""Simulated shops: intervals cover the truth, and few marks of significance are wrong."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from ltvcli.analyses.segments import comparison
from ltvcli.analyses.segments.comparison import Segmented
from ltvcli.facts import orders as facts
from ltvcli.results.segments import Differs
from ltvcli.settings.settings import from_python
from tests.reference import Order
from tests.shops import AS_OF, engine

pytestmark = pytest.mark.slow

DAYS = 730
YEAR = 365
"""Days 1 to 365 lie in the first twelve months of age."""
MEAN_CHANCE = 2 / 102
"""Of an order on a day: Beta(2, 100) between customers."""
SIGMA = 0.8
"""How customers differ in what they spend: lognormal."""


def truth(scale: float) -> float:
    """Revenue in the first twelve months, on average over all customers there could be."""
    return scale * float(np.exp(SIGMA**2 / 2)) * (1 + YEAR * MEAN_CHANCE)


def simulated(seed: int, sizes: dict[str, tuple[int, float]]) -> Segmented:
    """Value a shop whose segments have `sizes`: customers, and how much they spend."""
    chance = np.random.default_rng(seed)
    orders = []
    for segment, (customers, scale) in sizes.items():
        for number in range(customers):
            first = int(chance.integers(DAYS))
            each = scale * float(chance.lognormal(0, SIGMA))
            days = np.flatnonzero(chance.random(DAYS - first - 1) < chance.beta(2, 100)) + 1
            amount = Decimal(round(each, 2)).quantize(Decimal("0.01"))
            start = AS_OF - timedelta(days=DAYS - 1 - first)
            for day in (0, *days.tolist()):
                when = start + timedelta(days=day)
                orders.append(Order(f"{segment}{number}", when, amount, segment=segment))
    with engine(orders) as opened:
        sums = facts.gather(opened, AS_OF, None, by_segment=True)
    return comparison.answer(from_python({"horizon": 12}), sums)


def test_intervals_of_segments_have_their_nominal_coverage() -> None:
    sizes = {"small": (60, 20.0), "middle": (150, 40.0), "large": (300, 30.0)}
    hits: Counter[str] = Counter()
    for seed in range(80):
        for one in simulated(seed, sizes).segments:
            assert one.ltv is not None
            assert one.ltv.low is not None
            assert one.ltv.high is not None
            hits[one.name] += one.ltv.low <= truth(sizes[one.name][1]) <= one.ltv.high

    assert 0.90 <= hits.total() / 240 <= 0.99, hits


def test_equal_segments_are_rarely_marked() -> None:
    alike = {name: (size, 30.0) for name, size in zip("abcde", (200, 120, 80, 50, 50), strict=True)}
    wrong = sum(
        any(one.differs in (Differs.HIGHER, Differs.LOWER) for one in found.segments)
        for found in (simulated(1000 + seed, alike) for seed in range(80))
    )

    assert wrong <= 4


def test_a_segment_worth_twice_as_much_is_found() -> None:
    sizes = {"rich": (100, 60.0), "plain": (200, 30.0), "usual": (200, 30.0)}
    found = [simulated(2000 + seed, sizes).segments for seed in range(10)]
    marks = Counter(one.differs for shop in found for one in shop if one.name == "rich")

    assert marks[Differs.HIGHER] >= 9
