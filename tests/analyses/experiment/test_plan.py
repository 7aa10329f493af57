"""The sample size that an effect requires, from the spread of revenue per customer."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.experiment import plan
from ltvcli.facts.traffic import Traffic
from ltvcli.stats.inference import welch
from ltvcli.stats.inference.welch import Sample

TRAFFIC = Traffic(
    customers=1000,
    mean=10.0,
    variance=400.0,
    skewness=1.0,
    explained=0.0,
    active=5000,
    new_per_month=500.0,
)


def test_customers_per_arm_are_16_variances_over_the_squared_effect() -> None:
    """2 x (1.96 + 0.8416)^2 = 15.7; 400 over the square of 10% of 10 is 400."""
    assert plan.per_arm(TRAFFIC, 0.1) == 6280
    assert plan.per_arm(replace(TRAFFIC, explained=0.5), 0.1) == 3140


def test_so_many_customers_show_the_effect_in_four_of_five_experiments() -> None:
    chance = np.random.default_rng(3)
    size, runs = plan.per_arm(TRAFFIC, 0.1), 400
    shown = 0
    for _ in range(runs):
        arms = chance.normal([[10.0], [11.0]], 20.0, (2, size))
        first, second = (Sample(n=size, mean=a.mean(), sd=a.std(ddof=1)) for a in arms)
        shown += welch.difference(second, first).p_value() < 0.05

    assert 0.74 <= shown / runs <= 0.86


def test_months_are_those_of_the_customers_who_are_missing() -> None:
    assert plan.months(TRAFFIC, 5000, 30) == pytest.approx(30 / 30.436875)
    assert plan.months(TRAFFIC, 6000, 30) == pytest.approx(2 + 30 / 30.436875)
    assert plan.months(replace(TRAFFIC, new_per_month=0.0), 6000, 30) is None


def test_the_smallest_effect_takes_12_months() -> None:
    effect = plan.smallest(TRAFFIC, 90)
    customers = 2 * plan.per_arm(TRAFFIC, effect)

    assert plan.months(TRAFFIC, customers, 90) == pytest.approx(12, abs=0.01)


def test_an_infeasible_experiment_is_reported_first() -> None:
    planned = plan.plans(TRAFFIC, 0.03, 90)
    first = next(plan.statements(TRAFFIC, planned, 90))
    asked = next(row for row in planned if row.asked)

    assert not asked.feasible
    assert first.says.text == plan.CANNOT
    assert next(plan.statements(TRAFFIC, plan.plans(TRAFFIC, 0.2, 90), 90)).says.text == plan.CAN


def test_customers_without_outcome_show_no_effect() -> None:
    idle = replace(TRAFFIC, mean=0.0, variance=0.0)

    assert plan.plans(idle, 0.05, 90) == ()
    assert next(plan.statements(idle, (), 90)).says.text == plan.NOTHING


def test_heavy_tails_are_reported() -> None:
    heavy = replace(TRAFFIC, skewness=10.0)
    labels = [line.label for line in plan.statements(heavy, plan.plans(heavy, 0.1, 90), 90)]

    assert "Heavy tails" in labels
