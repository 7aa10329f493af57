"""Scorched earth: found where it exists, and not found in noise."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.scorecard.cohorts import shifts
from ltvcli.facts.trust import TrustFacts
from ltvcli.results.scorecard import CohortShift
from tests.analyses.scorecard.companies import Group, company, months, named

GROWN = Group(last_customers=650)
BURNT = Group(last_customers=650, last_kept=0.64)
"""Retention of the new cohort down by a fifth."""


def of(facts: TrustFacts) -> tuple[CohortShift, ...]:
    return shifts(facts, named(facts), months(), 1.0)


def raised(seed: int, *groups: Group) -> list[str]:
    facts = company(np.random.default_rng(seed), *groups)
    return [shift.group for shift in of(facts) if shift.scorched]


def test_more_customers_with_lower_retention_are_found_with_the_cost() -> None:
    facts = company(np.random.default_rng(1), BURNT)
    (shift,) = of(facts)

    assert shift.scorched
    assert shift.cohort == "2025-06"
    assert shift.base == "2024-12–2025-05"
    assert shift.retention.change.value == pytest.approx(-0.16, abs=0.05)
    # A customer less who is kept costs 10 in 90 days and 60 - 5 after them.
    lost = -shift.retention.change.value * 65 * shift.customers
    assert shift.cost is not None
    assert shift.cost.low is not None
    assert shift.cost.high is not None
    assert shift.cost.low < lost < shift.cost.high


def test_the_group_that_burns_is_named_and_no_other() -> None:
    assert raised(2, Group(), BURNT, Group(customers=200)) == ["", "group 1"]


@pytest.mark.parametrize(
    "group",
    [
        GROWN,  # more come, and as many stay
        Group(last_kept=0.64),  # fewer stay, but no more came
        Group(last_customers=650, last_kept=0.9),
        Group(last_customers=300, last_kept=0.64),
    ],
)
def test_one_side_alone_is_no_contradiction(group: Group) -> None:
    assert raised(3, group) == []


def test_a_channel_that_grows_explains_nothing_itself() -> None:
    """Half of the customers of one channel stay in any month; only its share doubles."""
    rng = np.random.default_rng(4)
    before = [company(rng, Group(customers=400, kept=0.9), mix=(1.0,), months=18)]
    poor = company(rng, Group(customers=100, kept=0.5, last_customers=400), mix=(1.0,), months=18)
    facts = _together(before[0], poor)
    (shift,) = of(facts)

    assert not shift.scorched
    assert shift.retention.now == pytest.approx(0.7, abs=0.05)
    assert shift.retention.change.value == pytest.approx(0, abs=0.06)


def _together(first: TrustFacts, second: TrustFacts) -> TrustFacts:
    """Put two companies together as two channels of one."""
    columns = {
        name: np.concatenate([getattr(first.cells, name), getattr(second.cells, name)])
        for name in ("grp", "cohort", "bucket", "customers", "seen", "kept", "early", "old_kept",
                     "old_gone", "later_kept", "later_gone")
    }  # fmt: skip
    columns["stratum"] = np.repeat([0, 1], [len(first.cells.grp), len(second.cells.grp)])
    return replace(first, cells=replace(first.cells, **columns))


def test_a_season_that_was_as_bad_a_year_before_is_no_contradiction() -> None:
    facts = company(np.random.default_rng(5), BURNT)
    cells = facts.cells
    year_ago = cells.cohort == cells.cohort.max() - 12
    kept = cells.kept.copy()
    kept[year_ago] = cells.customers[year_ago] // 2
    worse_then = replace(facts, cells=replace(cells, kept=kept, early=cells.early - 0.0))
    early = cells.early.copy()
    early[year_ago] -= 10.0 * (cells.kept - kept)[year_ago]
    worse_then = replace(worse_then, cells=replace(worse_then.cells, early=early))

    assert of(facts)[0].scorched
    assert not of(worse_then)[0].scorched


def test_small_cohorts_are_not_compared() -> None:
    assert of(company(np.random.default_rng(6), Group(customers=20))) == ()


def test_a_company_twice_as_large_has_twice_the_cost() -> None:
    facts = company(np.random.default_rng(7), BURNT)
    counts = ("customers", "seen", "kept", "early", "old_kept", "old_gone", "later_kept",
              "later_gone")  # fmt: skip
    cells = replace(facts.cells, **{name: 2 * getattr(facts.cells, name) for name in counts})
    once, twice = of(facts)[0], of(replace(facts, cells=cells))[0]

    assert once.cost is not None
    assert twice.cost is not None
    assert twice.cost.value == pytest.approx(2 * once.cost.value)
    assert twice.retention.now == pytest.approx(once.retention.now)


@pytest.mark.slow
def test_noise_raises_it_in_at_most_5_percent_of_runs() -> None:
    """New customers are up in every run, which is the worst case."""
    runs = 300
    false = sum(bool(raised(1000 + seed, GROWN)) for seed in range(runs))

    assert false <= 0.05 * runs


@pytest.mark.slow
def test_it_is_found_in_at_least_80_percent_of_runs() -> None:
    runs = 100
    found = sum("" in raised(5000 + seed, BURNT) for seed in range(runs))

    assert found >= 0.8 * runs
