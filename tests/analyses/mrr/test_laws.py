from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import asdict

from ltvcli.analyses.mrr import answer, reconcile
from ltvcli.analyses.mrr.conventions import CAUSES, CONVENTIONS, INTERACTION, STANDARD, Convention
from ltvcli.analyses.mrr.movements import Ledger
from ltvcli.engines import duckdb
from ltvcli.facts.subscriptions import stays
from tests.effort import examples
from tests.mrr_reference import Book, Stretch, fill

BEGIN = date(2025, 1, 3)
MONEY = ("opening", "new", "expansion", "contraction", "churn", "reactivation", "closing")


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


def days(least, most):
    return st.integers(least, most).map(lambda n: timedelta(days=n))


@st.composite
def subscriptions(draw, customer, name):
    """One subscription: stretches that follow each other, with or without a break."""
    start = BEGIN + draw(days(0, 70))
    stretches = []
    asked = draw(st.none() | days(0, 120).map(lambda span: start + span))
    for _ in range(draw(st.integers(1, 3))):
        end = draw(st.none() | days(0, 60).map(lambda span, begun=start: begun + span))
        amount = draw(st.sampled_from(["0", "10", "10", "20.5", "33.3333", "145/6"]))
        stretches.append(
            Stretch(
                customer,
                start,
                end,
                Fraction(amount),
                draw(
                    st.sampled_from(
                        ["paying"] * 4 + ["past-due"] * 3 + ["trial", "unpaid", "paused"]
                    )
                ),
                name,
                draw(st.sampled_from(["basic", "pro", None])),
                asked,
                Fraction(amount) + draw(st.sampled_from([0, 0, 5])),
            )
        )
        if end is None:
            break
        start = end + draw(st.sampled_from([timedelta(0)] * 3 + [timedelta(3), timedelta(40)]))
    return stretches


@st.composite
def histories(draw):
    kept = []
    for customer in "abc"[: draw(st.integers(1, 3))]:
        for name in "st"[: draw(st.integers(1, 2))]:
            kept += draw(subscriptions(customer, name))
    return kept


as_ofs = st.sampled_from(
    [date(2025, 2, 28), date(2025, 3, 1), date(2025, 4, 14), date(2025, 5, 31)]
)
named = st.sampled_from(list(CONVENTIONS.values()))
standings = st.sampled_from(["out", "customer", "mrr"])
invented = st.builds(
    Convention,
    name=st.just("invented"),
    churn_date=st.sampled_from(["ended", "asked"]),
    trials=standings,
    unpaid=standings,
    paused=standings,
    late_days=st.sampled_from([None, 5, 30]),
    free=st.sampled_from(["out", "after-paying", "customer"]),
    listed=st.booleans(),
    daily=st.booleans(),
    leavers=st.sampled_from(["gone", "left"]),
    denominator=st.sampled_from(["start", "start-and-new"]),
    trailing=st.sampled_from([None, 7, 30]),
)


def exact(flow):
    """Money as the float that is nearest to it."""
    return {key: float(value) if key in MONEY else value for key, value in flow.items()}


@given(histories(), as_ofs, named | invented)
@examples(80)
def test_every_convention_agrees_with_looking_at_every_day(engine, history, as_of, rules):
    fill(engine, history)
    book = Book(history, rules, as_of)
    flows = Ledger(engine, as_of).flows(rules)
    left = rules.leavers == "left"
    live = [one for one in history if one.end is None or one.end > one.start]
    months = Book(live, rules, as_of).months()
    assert list(flows.months) == months
    for place, month in enumerate(months):
        for found, trailing, daily in (
            (flows.calendar[place], None, rules.daily),
            (flows.money[place], rules.trailing, rules.daily),
            (flows.people[place], rules.trailing, left),
        ):
            assert exact(asdict(found)) == exact(book.flow(month, trailing, daily))


@given(histories(), as_ofs)
@examples(40)
def test_payers_are_as_many_by_key_as_by_name_unless_two_share_a_key(engine, history, as_of):
    fill(engine, history)
    payers = stays(engine, as_of).customers

    answer.answer(engine, as_of)
    assert answer.payers(engine) == payers

    engine.execute("update periods set customer_key = 7")
    answer.answer(engine, as_of)
    assert answer.payers(engine) == min(payers, 1)


@given(histories(), as_ofs, named | invented)
@examples(40)
def test_movements_reconcile_and_plans_add_up_to_the_whole(engine, history, as_of, rules):
    fill(engine, history)
    months = answer.answer(engine, as_of, rules)
    plans = answer.by_plan(engine, as_of, rules)
    close = 0.0
    for month in months:
        won = month.new + month.expansion + month.reactivation
        assert month.opening == close
        close = month.closing
        assert month.opening + won - month.contraction - month.churn == pytest.approx(close)
        rows = [one for one in plans if one.month == month.month]
        for key in MONEY:
            assert sum(getattr(one, key) for one in rows) == pytest.approx(getattr(month, key))
            assert all(getattr(one, key) >= 0 for one in rows)
        assert sum(one.moved_in - one.moved_out for one in rows) == pytest.approx(0)


@given(histories(), st.data(), as_ofs, named)
@examples(30)
def test_splitting_a_subscription_at_a_renewal_changes_nothing(engine, history, data, as_of, rules):
    place = data.draw(st.integers(0, len(history) - 1))
    whole = history[place]
    at = whole.start + data.draw(days(1, 59))
    assume(whole.end is None or at < whole.end)
    split = [*history, whole._replace(start=at)]
    split[place] = whole._replace(end=at)
    found = []
    for stretches in (history, split):
        fill(engine, stretches)
        found.append((answer.answer(engine, as_of, rules), answer.by_plan(engine, as_of, rules)))
    assert found[0] == found[1]


@pytest.mark.slow
@given(
    st.lists(st.tuples(days(0, 60), days(32, 90), st.booleans()), min_size=1, max_size=4), as_ofs
)
@examples(15)
def test_conventions_agree_without_trials_discounts_and_same_month_changes(engine, plain, as_of):
    history = []
    for place, (after, length, goes) in enumerate(plain):
        start = BEGIN + after
        middle = start + length
        end = middle + length if goes else None
        history += [
            Stretch(str(place), start, middle),
            Stretch(str(place), middle, end, Fraction(25)),
        ]
    fill(engine, history)
    usual = answer.answer(engine, as_of)
    for name, rules in CONVENTIONS.items():
        same = ["month", "complete", *MONEY, "arpu"]
        same += [f"customers_{key}" for key in ("opening", "new", "churn", "closing")]
        if rules.trailing is None:
            same += ["logo_churn", "gross_mrr_churn", "net_mrr_churn", "grr", "nrr", "quick_ratio"]
        for month, other in zip(usual, answer.answer(engine, as_of, rules), strict=True):
            for key in same:
                assert getattr(month, key) == getattr(other, key), (name, key)


@pytest.mark.slow
@given(histories(), as_ofs)
@examples(15)
def test_what_a_difference_is_made_of_adds_up_to_it(engine, history, as_of):
    fill(engine, history)
    rows = reconcile.answer(engine, as_of, BEGIN, as_of)
    wholes = {(one.convention, one.key): one for one in rows if one.because is None}
    for (name, key), whole in wholes.items():
        usual = wholes["standard", key].value
        parts = [one for one in rows if (one.convention, one.key) == (name, key) and one.because]
        if whole.value is None or usual is None:
            assert whole.difference is None
            assert not parts
            continue
        assert whole.difference == pytest.approx(whole.value - usual, abs=1e-8)
        assert whole.difference == pytest.approx(sum(one.difference for one in parts), abs=1e-8)
        assert len({one.because for one in parts}) == len(parts)
        assert {one.because for one in parts} <= {*CAUSES, INTERACTION}


@pytest.mark.slow
@given(histories(), as_ofs)
@examples(25)
def test_one_month_compared_is_that_month(engine, history, as_of):
    fill(engine, history)
    months = [month for month in answer.answer(engine, as_of) if month.complete]
    assume(months)
    last = months[-1]
    rows = reconcile.answer(engine, as_of, last.month, last.month, ["standard"])
    found = {one.key: one.value for one in rows}
    assert found.pop("mrr") == last.closing
    assert found.pop("customers") == last.customers_closing
    assert found == {key: getattr(last, key) for key in found}
    assert all(one.because is None for one in rows)


def test_every_switch_has_a_cause():
    behind = {name for names in CAUSES.values() for name in names}
    told = {"name", "sources", "unstated"}
    assert behind == set(asdict(STANDARD)) - told
