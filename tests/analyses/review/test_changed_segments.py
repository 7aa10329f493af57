"""Segments that changed: the one that did, no other, and all comparisons counted."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from ltvcli.analyses.review.changed_segments import changes
from ltvcli.analyses.review.comparison import Comparison, compare
from ltvcli.analyses.review.figures import Costs
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.results.review import SegmentChange
from ltvcli.stats.inference import holm
from tests.analyses.review.shop import FEBRUARY, MARCH, facts
from tests.reference import Order

NAMES = ("ads", "mail", "web")


def shop(seed: int, *, bad: str = "") -> list[Order]:
    """Six customers a day from November on, who return by chance; `bad` ones not in March."""
    chance = random.Random(seed)
    orders = []
    first = date(2025, 11, 1)
    for day in range(151):
        for number in range(6):
            segment = NAMES[number % 3]
            when, name = first + timedelta(days=day), f"{day}-{number}"
            while when <= date(2026, 3, 31):
                amount = Decimal(chance.randrange(2000, 4000)) / 100
                spoilt = segment == bad and when >= date(2026, 3, 1) and when != first
                is_first = when == first + timedelta(days=day)
                if is_first or not spoilt:
                    orders.append(Order(name, when, amount, segment=segment))
                when += timedelta(days=1 + int(chance.expovariate(1 / 25)))
    return orders


def outcome(orders: list[Order]) -> tuple[Comparison, tuple[SegmentChange, ...]]:
    found = facts(orders, by_segment=True)
    rows = [sorted(found.segments).index(name) for name in found.segments]
    comparison = compare(Timeline(found, rows), MARCH, FEBRUARY, Costs(margin=1.0))
    return comparison, changes(comparison, NAMES, None)


def test_a_segment_that_stops_returning_is_found_and_no_other() -> None:
    _, found = outcome(shop(1, bad="ads"))
    changed = [change for change in found if change.changed]

    assert [(change.segment, change.figure) for change in changed] == [("ads", "period_ltv")]
    assert changed[0].change.high is not None
    assert changed[0].change.high < 0


@pytest.mark.parametrize(
    ("shops", "most"),
    [
        pytest.param(5, 1, id="5 shops"),
        # At most 1 in 20 is expected; more than 3 by chance once in 60.
        pytest.param(20, 3, marks=pytest.mark.slow, id="20 shops"),
    ],
)
def test_where_nothing_changed_hardly_any_family_of_comparisons_gives_an_alarm(
    shops: int, most: int
) -> None:
    alarms = sum(any(change.changed for change in outcome(shop(seed))[1]) for seed in range(shops))

    assert alarms <= most


def test_all_comparisons_count() -> None:
    """Adjusting adjusted p-values of a family of one leaves them; of six it raises the smallest."""
    _, found = outcome(shop(1, bad="ads"))

    assert len(found) == 6
    assert holm.adjusted([0.01] * 6)[0] == 0.06
    assert all(change.p <= 1 for change in found)


def test_a_single_segment_is_compared_with_nothing() -> None:
    comparison, _ = outcome(shop(1))

    assert changes(comparison, ("ads",), None) == ()
