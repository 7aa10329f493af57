"""Laws for every history of subscribers, and an independent second computation."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from msgspec.structs import replace

from ltvcli.analyses.calc.answer import answer
from ltvcli.analyses.mrr import answer as mrr
from ltvcli.analyses.mrr import conventions
from ltvcli.engines import duckdb
from ltvcli.settings.settings import Settings
from ltvcli.stats.retention import mean_churn
from ltvcli.units import DAYS_PER_MONTH
from tests import effort
from tests.analyses.mrr.test_laws import as_ofs, histories
from tests.effort import examples
from tests.mrr_reference import NEVER, Book, Stretch
from tests.shops import points
from tests.subscribers import DAY, anniversary, gathered, worth


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


@given(histories(), as_ofs)
@examples(60)
def test_churn_and_arpu_are_those_of_mrr(engine: Any, history: Any, as_of: date) -> None:
    facts = gathered(engine, history, as_of)
    over = [one for one in mrr.answer(engine, as_of) if one.complete]
    closes = facts.closes
    newest = closes.day == np.datetime64(closes.newest)

    by_close = {(one.month + 31 * DAY).replace(day=1) - DAY: one for one in over}
    last = by_close.get(closes.newest)
    if last:
        assert float(last.closing) == pytest.approx(closes.mrr[newest].sum())
        assert last.customers_closing == closes.customers[newest].sum()
    else:
        assert not any(one.customers_closing for one in over)
    exposure, left = int(closes.customers[~newest].sum()), int(closes.gone[~newest].sum())
    expected = mean_churn.last_months(
        [one.customers_opening for one in over], [one.customers_churn for one in over]
    )
    assert (exposure, left) == ((expected.exposure, expected.left) if expected else (0, 0))


@given(histories(), as_ofs)
@examples(40)
def test_renewals_agree_with_looking_at_every_customer(
    engine: Any, history: Any, as_of: date
) -> None:
    facts = gathered(engine, history, as_of)
    paid = [
        one
        for one in history
        if one.state in {"paying", "past-due"}
        and one.amount > 0
        and one.start <= as_of
        and (one.end or NEVER) > one.start
    ]
    expected: dict[tuple[int, bool], int] = {}
    for name in {one.customer for one in paid}:
        first = min(one.start for one in paid if one.customer == name)
        last = max(one.end or NEVER for one in paid if one.customer == name)
        renewals = [anniversary(first, n) for n in range(1, 60)]
        made = sum(day <= as_of for day in renewals)
        missed = 1 + sum(day + 3 * DAY < last for day in renewals)
        left = last <= as_of and missed <= made
        key = (missed if left else made, left)
        expected[key] = expected.get(key, 0) + 1
    found: dict[tuple[int, bool], int] = {}
    renewed = facts.renewed
    for renewal, left, customers in zip(
        renewed.renewals.tolist(), renewed.ended.tolist(), renewed.customers.tolist(), strict=True
    ):
        found[renewal, left] = found.get((renewal, left), 0) + customers
    assert found == expected


def some(seed: int, customers: int = 60) -> list[Stretch]:
    """Customers at 5 to 50 a month who begin over a year, each with a chance to leave."""
    chance = random.Random(seed)
    found = []
    for n in range(customers):
        begun = date(2024, 1, 1) + chance.randrange(366) * DAY
        leaves = chance.betavariate(1, 9)
        stayed = 1
        while stayed < 30 and chance.random() > leaves:
            stayed += 1
        end = begun + ceil(stayed * DAYS_PER_MONTH) * DAY
        found.append(Stretch(f"c{n}", begun, end, Decimal(chance.randrange(5, 50))))
    return found


SEEN = date(2025, 6, 30)
MONEY = ("arpu", "basic", "ec", "observed", "arpu-churn", "sbg")


@pytest.mark.parametrize("seed", effort.family(range(3)))
def test_ten_times_the_money_is_ten_times_the_value(engine: Any, seed: int) -> None:
    once = points(worth(engine, some(seed), SEEN))
    tenfold = [one._replace(amount=one.amount * 10) for one in some(seed)]
    expected = {key: value * 10 if key in MONEY else value for key, value in once.items()}

    assert points(worth(engine, tenfold, SEEN)) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("seed", effort.family(range(3)))
def test_every_customer_twice_changes_nothing_but_the_count(engine: Any, seed: int) -> None:
    history = some(seed)
    twins = [one._replace(customer=f"twin of {one.customer}") for one in history]
    once = points(worth(engine, history, SEEN, horizon=9.0))
    twice = points(worth(engine, [*history, *twins], SEEN, horizon=9.0))

    # How far ages are observed by enough customers moves with their number; revenue per survivor,
    # and so the value by renewals, is an average over these ages.
    assert twice.pop("sbg") == pytest.approx(once.pop("sbg"), rel=0.05)
    assert twice == pytest.approx(once | {"customers": 120}, rel=1e-9)


@pytest.mark.parametrize("seed", effort.family(range(3)))
def test_splitting_a_subscription_at_a_renewal_changes_nothing(engine: Any, seed: int) -> None:
    history = some(seed)
    split = []
    for one in history:
        middle = anniversary(one.start, 1)
        if one.end and middle < one.end:
            split += [one._replace(end=middle), one._replace(start=middle)]
        else:
            split.append(one)

    assert points(worth(engine, split, SEEN)) == pytest.approx(points(worth(engine, history, SEEN)))


def test_the_blended_churn_agrees_with_the_standard_convention(engine: Any) -> None:
    """Half a year of `ltv mrr`, looked at day by day, in plain Python."""
    history = some(7, 25)
    found = worth(engine, history, SEEN)
    book = Book(history, conventions.STANDARD, SEEN)
    months = [book.flow(month, None, False) for month in book.months()[-6:]]
    opening = sum(one["customers_opening"] for one in months)

    assert found.figures.churn
    assert found.figures.arpu
    assert found.figures.churn.value == pytest.approx(
        sum(one["customers_churn"] for one in months) / opening
    )
    last = months[-1]
    assert found.figures.arpu.value == pytest.approx(
        float(last["closing"]) / last["customers_closing"]
    )


def test_settings_and_facts_alone_decide(engine: Any) -> None:
    facts = gathered(engine, some(4), SEEN)

    first, again = (
        replace(answer(Settings(cac=9.0), same), prepared=None) for same in (facts, replace(facts))
    )
    assert first == again
