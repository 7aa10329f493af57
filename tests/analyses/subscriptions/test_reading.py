from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor

import pytest
from hypothesis import given

from ltvcli.engines import duckdb
from ltvcli.facts import subscriptions
from ltvcli.units import DAYS_PER_MONTH
from tests.analyses.mrr.test_laws import as_ofs, histories
from tests.effort import examples
from tests.mrr_reference import NEVER, Stretch, fill

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


def gathered(engine, stretches, as_of):
    fill(engine, stretches)
    return subscriptions.gather(engine, as_of)


def curve(facts):
    """Revenue by age month over all cohorts, and whether it was observed whole."""
    found = Counter()
    triangle = facts.triangle
    for age, whole, revenue in zip(
        triangle.age_month.tolist(),
        triangle.complete.tolist(),
        triangle.revenue.tolist(),
        strict=True,
    ):
        found[age, whole] += revenue
    return dict(found)


def test_a_paid_subscription_has_its_monthly_amount_every_month(engine):
    begun = date(2024, 1, 31)
    facts = gathered(engine, [Stretch("a", begun, amount=Decimal(30))], date(2025, 1, 29))
    assert {age for age, whole in curve(facts) if whole} == set(range(11))
    for (age, whole), revenue in curve(facts).items():
        assert revenue == pytest.approx(30 if whole else 30 * 30 / 31), age


def test_a_trial_does_not_age_a_customer(engine):
    trial = Stretch("a", date(2025, 1, 1), date(2025, 2, 1), state="trial")
    facts = gathered(engine, [trial, Stretch("a", date(2025, 2, 1))], date(2025, 2, 28))
    assert facts.first == date(2025, 2, 1)
    assert facts.triangle.cohort.tolist() == [12 * 2025 + 1]
    assert facts.lifetimes.life_months.tolist() == [28 / DAYS_PER_MONTH]


def test_a_returning_customer_stays_active_through_the_gap(engine):
    history = [
        Stretch("a", date(2025, 1, 1), date(2025, 2, 1)),
        Stretch("a", date(2025, 4, 1), date(2025, 4, 11), subscription="t"),
    ]
    facts = gathered(engine, history, date(2025, 5, 31))
    assert facts.lifetimes.life_months.tolist() == [100 / DAYS_PER_MONTH]
    assert facts.lifetimes.ended.tolist() == [True]
    assert facts.observed.repeaters.tolist() == [1]
    assert facts.orders == 2


def test_a_subscription_that_ends_after_as_of_goes_on(engine):
    facts = gathered(engine, [Stretch("a", date(2025, 1, 1), date(2025, 2, 1))], date(2025, 1, 31))
    assert facts.lifetimes.ended.tolist() == [False]
    facts = gathered(engine, [Stretch("a", date(2025, 1, 1), date(2025, 2, 1))], date(2025, 2, 1))
    assert facts.lifetimes.ended.tolist() == [True]


def test_few_customers_are_buckets_of_their_own(engine):
    history = [Stretch(name, date(2025, 1, 1)) for name in "abc"]
    facts = gathered(engine, history, date(2025, 3, 31))
    assert facts.buckets == 3
    assert set(facts.lifetimes.bucket.tolist()) == set(facts.triangle.bucket.tolist()) == {0, 1, 2}


def test_trials_alone_give_empty_facts(engine):
    facts = gathered(engine, [Stretch("a", date(2025, 1, 1), state="trial")], date(2025, 3, 31))
    assert (facts.first, facts.customers, facts.net_revenue) == (None, 0, 0)
    assert len(facts.triangle.revenue) == len(facts.lifetimes.customers) == 0


@given(histories(), as_ofs)
@examples(60)
def test_facts_agree_with_looking_at_every_day(engine, history, as_of):
    paid = [
        one
        for one in history
        if one.state in {"paying", "past-due"}
        and one.amount > 0
        and one.start <= as_of
        and (one.end or NEVER) > one.start
    ]
    first, last = {}, {}
    for one in paid:
        first[one.customer] = min(one.start, first.get(one.customer, NEVER))
        last[one.customer] = max(one.end or NEVER, last.get(one.customer, one.start))
    revenue = Counter()
    for one in paid:
        began = first[one.customer]
        whole = floor(((as_of - began).days + 1) / DAYS_PER_MONTH)
        day = one.start
        while day < min(one.end or NEVER, as_of + DAY):
            age = floor((day - began).days / DAYS_PER_MONTH)
            length = ceil((age + 1) * DAYS_PER_MONTH) - ceil(age * DAYS_PER_MONTH)
            revenue[age, age < whole] += float(one.amount) / length
            day += DAY
    facts = gathered(engine, history, as_of)
    assert curve(facts) == pytest.approx(dict(revenue))
    assert facts.customers == len(first)
    lifetimes = facts.lifetimes
    found = Counter()
    for months, ended, customers in zip(
        lifetimes.life_months.tolist(),
        lifetimes.ended.tolist(),
        lifetimes.customers.tolist(),
        strict=True,
    ):
        found[round(months * DAYS_PER_MONTH), ended] += customers
    assert found == Counter(
        ((min(last[name], as_of + DAY) - first[name]).days, last[name] <= as_of) for name in first
    )
