"""Why the period LTV moved: the worked example and the laws of the decomposition."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ltvcli.analyses.review import period_ltv, why
from ltvcli.analyses.review.period_ltv import Pair
from ltvcli.analyses.review.why import Why
from ltvcli.formulas import periods
from tests.analyses.review.shop import FEBRUARY, MARCH, WORKED, facts, order, pair
from tests.effort import examples
from tests.reference import Order
from tests.shops import AS_OF, shop

seeds = st.integers(0, 10_000)
few_examples = examples(4)
OCTOBER = periods.of("month", date(2025, 10, 1))
SEGMENTS = ("web", "ads", None)


def worked() -> Pair:
    found = pair(facts(WORKED), MARCH, FEBRUARY, 2)
    old, new = (
        replace(side, margin=np.full_like(side.margin, margin))
        for side, margin in ((found.old, 0.5), (found.new, 0.4))
    )
    return replace(found, new=new, old=old)


def parts(found: Why) -> dict[str, float]:
    return {part.factor: part.contribution for part in found.parts}


def of_orders(
    orders: Sequence[Order], *, by_segment: bool = False, margin: float | None = None
) -> Why:
    found = facts(orders, AS_OF, by_segment=by_segment)
    return why.of_ltv(pair(found, OCTOBER, OCTOBER.earlier(), 6, margin))


def test_worked_example() -> None:
    found = why.of_ltv(worked())

    assert parts(found) == pytest.approx(
        {
            "mix": 0.0,
            "first": 18.0,
            "returning": -6.901276,
            "orders": 0.0,
            "value": -12.299120,
            "margin": -18.923056,
        },
        abs=5e-7,
    )
    assert found.change[0] == -20.123451802059492
    assert sum(parts(found).values()) == pytest.approx(-20.123451802059492, rel=1e-14)


@few_examples
@given(seeds, st.booleans())
def test_parts_sum_to_the_change(seed: int, by_segment: bool) -> None:
    orders = shop(seed, 120, cost=True, segments=SEGMENTS)
    found = facts(orders, AS_OF, by_segment=by_segment)
    rates = pair(found, OCTOBER, OCTOBER.earlier(), 6, None)

    answer = why.of_ltv(rates)

    change = period_ltv.ltv(rates.new)[0] - period_ltv.ltv(rates.old)[0]
    assert sum(parts(answer).values()) == pytest.approx(change, abs=1e-9)
    assert answer.by_segment.sum(axis=(0, 1)) == pytest.approx(answer.change, abs=1e-9)


@few_examples
@given(seeds)
def test_swapping_the_periods_flips_every_sign(seed: int) -> None:
    found = facts(shop(seed, 120, cost=True, segments=SEGMENTS), AS_OF, by_segment=True)
    forth, back = (
        parts(why.of_ltv(pair(found, new, old, 6, None)))
        for new, old in ((OCTOBER, OCTOBER.earlier()), (OCTOBER.earlier(), OCTOBER))
    )

    assert forth == pytest.approx({name: -size for name, size in back.items()}, abs=1e-9)


@pytest.mark.slow
@few_examples
@given(seeds)
def test_a_segment_cut_into_two_identical_halves_changes_nothing(seed: int) -> None:
    """Each customer twice, the copies in a segment of their own: the shop is as it was."""
    orders = shop(seed, 60, cost=True, segments=("web", "ads"))
    copies = [
        replace(one, customer=f"copy-{one.customer}", segment=f"{one.segment}, copied")
        for one in orders
    ]
    doubled = [replace(one, customer=f"again-{one.customer}") for one in orders]
    whole, halves = (of_orders([*orders, *more], by_segment=True) for more in (doubled, copies))

    assert parts(halves) == pytest.approx(parts(whole), abs=1e-9)


@pytest.mark.slow
@few_examples
@given(seeds)
def test_of_new_prices_only_first_and_value_move(seed: int) -> None:
    """October is September again, day by day, at prices a quarter higher."""
    orders = [one for one in shop(seed, 150) if one.counted and one.day < date(2025, 9, 1)]
    dearer = [replace(one, amount=one.amount * Decimal("1.25")) for one in orders]
    found = [
        pair(facts(some, date(2025, 8, 31)), AUGUST, AUGUST.earlier(), 6)
        for some in (orders, dearer)
    ]

    answer = parts(why.of_ltv(Pair(horizon=6, new=found[1].new, old=found[0].new)))

    assert answer["first"] > 0
    assert answer["value"] > 0
    for still in ("mix", "returning", "orders", "margin"):
        assert answer[still] == pytest.approx(0, abs=1e-9)


AUGUST = periods.of("month", date(2025, 8, 1))


@pytest.mark.slow
@few_examples
@given(seeds)
def test_new_names_change_nothing(seed: int) -> None:
    orders = shop(seed, 80, segments=SEGMENTS)
    renamed = [replace(one, customer=f"x{one.customer}") for one in orders]
    random.Random(seed).shuffle(renamed)
    before, after = (of_orders(some, by_segment=True) for some in (orders, renamed))

    assert parts(after) == pytest.approx(parts(before), abs=1e-9)
    # Each customer is a bucket, and which is which does not matter.
    assert [part.low for part in after.parts] == pytest.approx(
        [part.low for part in before.parts], abs=1e-9
    )


def test_a_new_segment_falls_into_the_mix() -> None:
    """In March customers of a dear segment come for the first time; others are as in February."""
    orders = [order(f"a{n}", "02-10", 10, segment="web") for n in range(40)]
    orders += [order(f"b{n}", "03-10", 10, segment="web") for n in range(20)]
    orders += [order(f"c{n}", "03-10", 30, segment="ads") for n in range(20)]

    answer = why.of_ltv(pair(facts(orders, by_segment=True), MARCH, FEBRUARY, 1))

    assert parts(answer)["mix"] == pytest.approx(10.0)
    assert sum(parts(answer).values()) == pytest.approx(10.0)


def test_a_segment_worth_less_than_average_lowers_the_value_when_it_grows() -> None:
    orders = [order(f"a{n}", "02-10", 30, segment="web") for n in range(30)]
    orders += [order(f"b{n}", "02-10", 10, segment="ads") for n in range(10)]
    orders += [order(f"c{n}", "03-10", 30, segment="web") for n in range(10)]
    orders += [order(f"d{n}", "03-10", 10, segment="ads") for n in range(30)]

    answer = why.of_ltv(pair(facts(orders, by_segment=True), MARCH, FEBRUARY, 1))

    assert (answer.by_segment[0, :, 0] < 0).all()
    assert parts(answer)["mix"] == pytest.approx(-10.0)


def test_parts_of_the_ratio_sum_to_its_change_and_cac_takes_its_own() -> None:
    rates = worked()
    samples = len(rates.new.margin)

    answer = why.of_ltv_to_cac(rates, np.full(samples, 40.0), np.full(samples, 20.0))

    change = 76.0436677631579 / 40 - 96.16711956521739 / 20
    assert answer.change[0] == pytest.approx(change)
    assert sum(parts(answer).values()) == pytest.approx(change)
    mean_ltv = parts(answer)["cac"] / (1 / 40 - 1 / 20)
    assert 76.04 < mean_ltv < 96.17  # the cost takes what it is in every order of switching


def test_a_part_that_holds_zero_is_not_distinguishable() -> None:
    answer = {part.factor: part for part in why.of_ltv(worked()).parts}

    assert not answer["first"].distinguishable
    assert answer["margin"].distinguishable
