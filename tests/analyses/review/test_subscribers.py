"""Period LTV of subscriptions: against a plain loop over days, and the laws of its change."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.review import period_ltv, why
from ltvcli.analyses.review.period_ltv import Pair
from ltvcli.analyses.review.subscriber_ltv import SubscriberRates
from ltvcli.analyses.review.subscriber_timeline import SubscriberTimeline
from ltvcli.facts import subscriber_periods
from ltvcli.facts.subscriber_periods import SubscriberPeriods
from ltvcli.formulas import periods
from ltvcli.formulas.periods import Period
from ltvcli.units import DAYS_PER_MONTH
from tests import effort
from tests.analyses.review.shop import WORKED
from tests.mrr_reference import Stretch
from tests.shops import engine
from tests.subscribers import gathered, months_after

pytestmark = pytest.mark.sampled

AS_OF = date(2025, 12, 31)
OCTOBER = periods.of("month", date(2025, 10, 1))
DAY = timedelta(days=1)


def company(seed: int, customers: int = 120) -> list[Stretch]:
    """Customers of two years, who pay one of three prices, some more after a while, and leave."""
    chance = random.Random(seed)
    history = []
    for number in range(customers):
        start = date(2024, 1, 1) + chance.randrange(640) * DAY
        months = chance.choice([1, 2, 3, 5, 8, 13, 40])
        price = Decimal(chance.choice([10, 20, 50]))
        middle = months_after(start.replace(day=1), 2).replace(day=1)
        end = start + round(months * 30.4) * DAY
        if end > middle > start and chance.random() < 0.3:
            history.append(Stretch(f"c{number}", start, middle, price, plan="basic"))
            history.append(Stretch(f"c{number}", middle, end, price * 2, plan="basic"))
        else:
            history.append(Stretch(f"c{number}", start, end, price, plan="basic"))
    return history


WEEK = periods.of("week", date(2025, 10, 8))


def facts(history: Sequence[Stretch], span: subscriber_periods.Span = "month") -> SubscriberPeriods:
    with engine(WORKED) as opened:
        return subscriber_periods.gather(opened, gathered(opened, history, AS_OF), span)


def pair(found: SubscriberPeriods, months: int = 6, margin: float | None = 0.8) -> Pair:
    timeline = SubscriberTimeline(found, [0] * len(found.segments))
    sums = [timeline.sums(period) for period in (OCTOBER, OCTOBER.earlier())]
    return period_ltv.pair(sums[0], sums[1], timeline.all_time, months, margin)


def rates_by_day(
    history: Sequence[Stretch], period: Period = OCTOBER
) -> dict[int, dict[str, float]]:
    """Look at every customer on every day of a period."""
    sums: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for customer in {one.customer for one in history}:
        own = [one for one in history if one.customer == customer]
        first, last = min(one.start for one in own), max(one.end or date.max for one in own)
        day = max(first, period.first)
        while day <= period.last and day <= last:
            age = int((day - first).days / DAYS_PER_MONTH)
            length = np.ceil((age + 1) * DAYS_PER_MONTH) - np.ceil(age * DAYS_PER_MONTH)
            sums[age]["at_risk"] += 1 / DAYS_PER_MONTH
            sums[age]["leavers"] += day == last
            if day < last:
                sums[age]["alive"] += 1 / DAYS_PER_MONTH
            for one in own:
                if one.start <= day < (one.end or date.max):
                    sums[age]["revenue"] += float(one.amount) / length
            day += DAY
    return sums


@pytest.mark.parametrize("period", [OCTOBER, WEEK])
@pytest.mark.parametrize("seed", effort.nth(3, range(3)))
def test_engine_and_plain_loop_agree(seed: int, period: Period) -> None:
    history = company(seed)
    span: subscriber_periods.Span = "week" if period is WEEK else "month"
    sums = SubscriberTimeline(facts(history, span), [0]).sums(period)
    expected = rates_by_day(history, period)

    assert expected
    for age, of_age in expected.items():
        for name, key in (("at_risk", "at_risk"), ("leavers", "leavers"), ("exposure", "alive"),
                          ("revenue", "revenue")):  # fmt: skip
            assert getattr(sums, name)[0, age, 0] == pytest.approx(of_age[key], abs=1e-9), name


@pytest.mark.parametrize("span", ["week", "month"])
def test_in_blocks_of_customers_nothing_differs(
    span: subscriber_periods.Span, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = company(6)
    whole = SubscriberTimeline(facts(history, span), [0]).all_time
    monkeypatch.setattr(subscriber_periods, "BLOCK", 30)
    blocks = SubscriberTimeline(facts(history, span), [0]).all_time

    for name in ("new", "exposure", "leavers", "revenue", "customers", "opening", "gone"):
        assert getattr(blocks, name) == pytest.approx(getattr(whole, name)), name


@pytest.mark.parametrize("span", ["week", "month"])
def test_closes_and_starts_are_those_of_a_plain_loop(span: subscriber_periods.Span) -> None:
    history = company(7)
    period = WEEK if span == "week" else OCTOBER
    sums = SubscriberTimeline(facts(history, span), [0]).sums(period)

    def paying(day: date) -> set[str]:
        return {one.customer for one in history if one.start <= day < (one.end or date.max)}

    first: dict[str, date] = {}
    for one in history:
        first[one.customer] = min(one.start, first.get(one.customer, date.max))
    opening, closing = paying(period.first - DAY), paying(period.last)

    assert sums.customers[0, 0] == len(closing)
    assert sums.opening[0, 0] == len(opening)
    assert sums.gone[0, 0] == len(opening - closing)
    assert sums.new[0, 0] == sum(period.first <= day <= period.last for day in first.values())


@pytest.mark.slow
def test_with_a_constant_rate_time_at_risk_finds_it_and_heads_do_not() -> None:
    """Of 1,200 customers a twentieth leaves each month of age, whatever the calendar says."""
    chance = random.Random(8)
    history = []
    for number in range(1200):
        start = date(2025, 1, 1) + chance.randrange(270) * DAY
        days = round(chance.expovariate(-np.log(0.95) / DAYS_PER_MONTH)) + 1
        history.append(Stretch(f"c{number}", start, start + days * DAY, Decimal(10), plan="basic"))
    sums = SubscriberTimeline(facts(history), [0]).sums(OCTOBER)
    ages = slice(0, 9)
    at_risk, leavers = sums.at_risk[0, ages, 0], sums.leavers[0, ages, 0]
    heads = sums.exposed[ages]

    assert np.exp(-leavers.sum() / at_risk.sum()) == pytest.approx(0.95, abs=0.015)
    assert 1 - leavers.sum() / heads.sum() > 0.965


def test_the_value_is_chained_by_hand() -> None:
    """Two ages: of those at age 0 one in a customer-month of 8 leaves; they pay 10, then 20."""
    ones = np.ones((1, 1))
    rates = SubscriberRates(
        mix=ones,
        staying=np.array([[[np.exp(-1 / 8)], [0.5]]]),
        arpu=np.array([[[10.0], [20.0]]]),
        margin=np.array([0.8]),
    )

    assert period_ltv.ltv(rates)[0] == pytest.approx(0.8 * (10 + np.exp(-1 / 8) * 20))


def test_where_nothing_is_known_the_counterpart_fills_in() -> None:
    found = pair(facts(company(1)), months=40)

    for rates in (found.new, found.old):
        assert isinstance(rates, SubscriberRates)
        assert np.isfinite(rates.staying).all()
        assert np.isfinite(rates.arpu).all()


@pytest.mark.parametrize("seed", range(3))
def test_parts_sum_to_the_change_and_flip_with_the_periods(seed: int) -> None:
    forth = pair(facts(company(seed)))
    back = replace(forth, new=forth.old, old=forth.new)
    there, again = (
        {part.factor: part.contribution for part in why.of_ltv(one).parts} for one in (forth, back)
    )
    change = period_ltv.ltv(forth.new)[0] - period_ltv.ltv(forth.old)[0]

    assert set(there) == {"mix", "staying", "arpu", "margin"}
    assert sum(there.values()) == pytest.approx(change, abs=1e-9)
    assert there == pytest.approx({name: -size for name, size in again.items()}, abs=1e-9)


def test_of_new_prices_only_arpu_moves() -> None:
    history = company(2)
    dearer = [one._replace(amount=one.amount * 2) for one in history]
    before, after = (pair(facts(one)) for one in (history, dearer))
    moved: Any = why.of_ltv(Pair(horizon=6, new=after.new, old=before.new))
    parts = {part.factor: part.contribution for part in moved.parts}

    assert parts["arpu"] > 0
    for still in ("mix", "staying", "margin"):
        assert parts[still] == pytest.approx(0, abs=1e-9)


@pytest.mark.slow
def test_new_names_change_nothing() -> None:
    history = company(3, 80)
    renamed = [one._replace(customer=f"x{one.customer}") for one in reversed(history)]
    values = [period_ltv.ltv(pair(facts(one)).new)[0] for one in (history, renamed)]

    assert values[0] == pytest.approx(values[1], rel=1e-12)


@pytest.mark.slow
def test_samples_are_the_value_without_a_customer() -> None:
    """Fewer than 100 customers: each is a bucket of its own."""
    history = company(4, 40)
    whole = period_ltv.ltv(pair(facts(history), 3).new)
    names = sorted({one.customer for one in history})
    for place in (0, len(names) - 1):
        rest = [one for one in history if one.customer != names[place]]
        assert whole[1 + place] == pytest.approx(period_ltv.ltv(pair(facts(rest), 3).new)[0])
