"""Marginal CAC: by hand, where it is unknown, and the coverage of its interval."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.inference.marginal_cost import FEW, NOISE, STEADY, MarginalCost, marginal_cost

SPEND = [1000, 1400, 900, 1800, 1200, 2100, 1500, 800]


def found(
    spend: list[float], customers: list[float], months: list[int] | None = None
) -> MarginalCost:
    cost = marginal_cost(months or range(len(spend)), spend, customers)
    assert isinstance(cost, MarginalCost)
    return cost


def test_customers_who_come_anyway_and_their_trend_do_not_matter() -> None:
    plain = [spend / 40 for spend in SPEND]
    with_others = [n + 100 + 7 * month for month, n in enumerate(plain)]

    assert found(SPEND, with_others).value == pytest.approx(40)


def test_a_month_left_out_keeps_the_trend() -> None:
    months = [0, 1, 2, 4, 5, 6, 7, 8]
    customers = [spend / 40 + 5 * month for month, spend in zip(months, SPEND, strict=True)]

    assert found(SPEND, customers, months).value == pytest.approx(40)


def test_money_times_ten_costs_ten_times_as_much() -> None:
    customers = [27, 33, 24, 44, 31, 53, 36, 21]
    one, ten = found(SPEND, customers), found([10 * spend for spend in SPEND], customers)

    assert ten.value == pytest.approx(10 * one.value)
    assert (ten.low, ten.high) == pytest.approx((10 * one.low, 10 * one.high))


def test_the_interval_is_around_the_value() -> None:
    cost = found(SPEND, [27, 33, 24, 44, 31, 53, 36, 21])

    assert 0 < cost.low < cost.value < cost.high


@pytest.mark.parametrize(
    ("spend", "customers", "because"),
    [
        pytest.param(SPEND[:5], [1, 2, 1, 3, 2], FEW, id="five months"),
        pytest.param([500] * 8, [3, 1, 4, 1, 5, 9, 2, 6], STEADY, id="always the same"),
        pytest.param([100 * n for n in range(8)], [3, 1, 4, 1, 5, 9, 2, 6], STEADY, id="a trend"),
        pytest.param(SPEND, [3, 1, 4, 1, 5, 9, 2, 6], NOISE, id="customers by chance"),
        pytest.param(SPEND, [-spend for spend in SPEND], NOISE, id="more spend, fewer customers"),
        pytest.param(
            [500, 500, 500, 900, 500, 500, 500, 500], [1, 2, 1, 9, 2, 1, 2, 1], STEADY,
            id="all rests on one month",
        ),
    ],
)  # fmt: skip
def test_without_a_signal_the_reason_is_returned(
    spend: list[float], customers: list[float], because: str
) -> None:
    assert marginal_cost(range(len(spend)), spend, customers) == because


@pytest.mark.slow
@pytest.mark.parametrize("months", [6, 12, 24])
@pytest.mark.parametrize("spending", ["each month anew", "a walk", "campaigns"])
@pytest.mark.parametrize("noise", ["of counting", "a walk", "that lasts"])
def test_the_interval_holds_the_truth_90_to_99_times_in_100(
    months: int, spending: str, noise: str
) -> None:
    """A customer more costs 20, whatever spend and other customers do; a cost not told is wide."""
    chance = np.random.default_rng(months)
    held = 0
    rounds = 400
    for _ in range(rounds):
        spend = {
            "each month anew": chance.uniform(500, 1500, months),
            "a walk": 1000 * np.exp(np.cumsum(chance.normal(0, 0.2, months))),
            "campaigns": np.where(chance.random(months) < 0.3, 2500.0, 1000.0)
            + chance.normal(0, 50, months),
        }[spending]
        usual = 50 + spend / 20
        lasting = np.zeros(months)
        for month in range(1, months):
            lasting[month] = 0.5 * lasting[month - 1] + chance.normal(0, 8)
        customers = {
            "of counting": chance.poisson(usual),
            "a walk": usual + np.cumsum(chance.normal(0, 8, months)),
            "that lasts": usual + lasting,
        }[noise]
        cost = marginal_cost(np.arange(months), spend, customers)
        held += not isinstance(cost, MarginalCost) or cost.low <= 20 <= cost.high

    assert 0.90 <= held / rounds <= 1.0
