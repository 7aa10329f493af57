"""The interval of the headline, of LTV/CAC and of the grades is one and the same."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

import pytest

from ltvcli.results import Grade
from tests.reference import Order
from tests.shops import AS_OF, economics


def heavy_tailed(customers: int = 80) -> list[Order]:
    """Return one order of each customer, five months ago; a few spend very much."""
    chance = random.Random(5)
    day = AS_OF - timedelta(days=200)
    return [
        Order(f"h{n}", day, Decimal(str(round(chance.lognormvariate(3, 1.5), 2))))
        for n in range(customers)
    ]


def test_the_interval_of_ltv_reaches_farther_up_where_few_spend_very_much() -> None:
    found = economics(heavy_tailed(), margin=0.5, cac=20.0)
    best = next(one for one in found.methods if one.method == "observed")
    by_horizon = next(row for row in found.tables["horizons"] if row["horizon"] == found.horizon)

    assert best.ltv is not None
    assert best.low is not None
    assert best.high is not None
    assert best.high - best.ltv > 1.3 * (best.ltv - best.low)
    assert (found.verdict.low, found.verdict.high) == pytest.approx((best.low / 20, best.high / 20))
    assert (by_horizon["ltv_low"], by_horizon["ltv_high"]) == pytest.approx((best.low, best.high))
    assert found.tables["curve"][-1]["cumulative_high"] == pytest.approx(best.high)


@pytest.mark.parametrize(("end", "below"), [("low", 0.025), ("high", 0.975)])
def test_the_probability_of_grades_is_that_of_the_interval(end: str, below: float) -> None:
    """With a CAC of a third of an end of LTV, that end is where healthy begins."""
    orders = heavy_tailed()
    best = next(one for one in economics(orders, margin=0.5).methods if one.method == "observed")
    found = economics(orders, margin=0.5, cac=getattr(best, end) / 3)

    assert found.verdict.probability is not None
    assert found.verdict.probability[Grade.HEALTHY] == pytest.approx(1 - below)
