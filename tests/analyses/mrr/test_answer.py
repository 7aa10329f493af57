from datetime import date
from decimal import Decimal

import pytest

from ltvcli.analyses.mrr import answer
from ltvcli.analyses.mrr.conventions import CONVENTIONS, STANDARD, Convention
from ltvcli.engines import duckdb
from ltvcli.errors import InternalError
from tests.mrr_reference import Stretch, fill

pytestmark = pytest.mark.sampled

JAN, FEB, MAR, APR, MAY = (date(2025, month, 1) for month in range(1, 6))
AS_OF = date(2025, 5, 31)
KEYS = ("new", "expansion", "contraction", "churn", "reactivation", "closing")


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


def followed(engine, stretches, convention=STANDARD, as_of=AS_OF):
    fill(engine, stretches)
    return {month.month: month for month in answer.answer(engine, as_of, convention)}


def moved(month):
    return {key: getattr(month, key) for key in KEYS if getattr(month, key)}


def day(month, number):
    return date(2025, month, number)


HISTORIES = {
    "a trial counts once it is paid for": (
        [
            Stretch("a", day(1, 20), day(2, 3), state="trial"),
            Stretch("a", day(2, 3)),
        ],
        {JAN: {}, FEB: {"new": 10, "closing": 10}, MAR: {"closing": 10}},
    ),
    "a trial that is never paid for leaves no trace": (
        [Stretch("a", day(1, 20), day(2, 3), state="trial")],
        {JAN: {}, FEB: {}, MAR: {}},
    ),
    "an upgrade expands": (
        [
            Stretch("a", day(1, 5), day(2, 5)),
            Stretch("a", day(2, 5), amount=Decimal(30), plan="pro"),
        ],
        {FEB: {"expansion": 20, "closing": 30}},
    ),
    "a downgrade contracts": (
        [Stretch("a", day(1, 5), day(2, 5), amount=Decimal(30)), Stretch("a", day(2, 5))],
        {FEB: {"contraction": 20, "closing": 10}},
    ),
    "a change of plan at the same price moves nothing": (
        [Stretch("a", day(1, 5), day(2, 5)), Stretch("a", day(2, 5), plan="other")],
        {FEB: {"closing": 10}},
    ),
    "who cancels at the period's end leaves when it ends": (
        [Stretch("a", day(1, 5), day(4, 5), asked=day(2, 10))],
        {FEB: {"closing": 10}, MAR: {"closing": 10}, APR: {"churn": 10}},
    ),
    "who ends on the first of a month was there at the end of the month before": (
        [Stretch("a", day(1, 5), day(3, 1))],
        {FEB: {"closing": 10}, MAR: {"churn": 10}},
    ),
    "stop and start on the same day is no churn": (
        [Stretch("a", day(1, 5), day(2, 28)), Stretch("a", day(2, 28), subscription="t")],
        {FEB: {"closing": 10}, MAR: {"closing": 10}},
    ),
    "started and stopped on the same day never was": (
        [Stretch("a", day(1, 5), day(1, 5)), Stretch("b", day(1, 6))],
        {JAN: {"new": 10, "closing": 10}},
    ),
    "joined and left within a month is not seen from month to month": (
        [Stretch("a", day(2, 5), day(2, 20)), Stretch("b", day(1, 6))],
        {FEB: {"closing": 10}},
    ),
    "a customer who comes back is reactivated, not new": (
        [Stretch("a", day(1, 5), day(2, 5)), Stretch("a", day(4, 5), subscription="t")],
        {FEB: {"churn": 10}, MAR: {}, APR: {"reactivation": 10, "closing": 10}},
    ),
    "a second subscription expands, and losing it contracts": (
        [
            Stretch("a", day(1, 5)),
            Stretch("a", day(2, 5), day(3, 5), Decimal(60), subscription="t"),
        ],
        {FEB: {"expansion": 60, "closing": 70}, MAR: {"contraction": 60, "closing": 10}},
    ),
    "a yearly plan counts a twelfth": (
        [Stretch("a", day(1, 5), amount=Decimal("166.6667"))],
        {JAN: {"new": 166.6667, "closing": 166.6667}},
    ),
    "a pause is churn, and the end of it a reactivation": (
        [
            Stretch("a", day(1, 5), day(2, 5)),
            Stretch("a", day(2, 5), day(3, 5), state="paused"),
            Stretch("a", day(3, 5)),
        ],
        {FEB: {"churn": 10}, MAR: {"reactivation": 10, "closing": 10}},
    ),
    "late payers count until dunning has failed": (
        [
            Stretch("a", day(1, 5), day(2, 5)),
            Stretch("a", day(2, 5), day(3, 5), state="past-due"),
            Stretch("a", day(3, 5), state="unpaid"),
        ],
        {FEB: {"closing": 10}, MAR: {"churn": 10}},
    ),
    "an end after as_of has not happened": (
        [Stretch("a", day(1, 5), date(2025, 6, 1), asked=day(5, 2))],
        {MAY: {"closing": 10}},
    ),
    "a price of 0 makes no customer": (
        [Stretch("a", day(1, 5), amount=Decimal(0)), Stretch("b", day(1, 6), day(2, 6))],
        {JAN: {"new": 10, "closing": 10}, FEB: {"churn": 10}},
    ),
}


@pytest.mark.parametrize(("stretches", "months"), HISTORIES.values(), ids=HISTORIES)
def test_history(engine, stretches, months):
    found = followed(engine, stretches)
    assert {month: moved(found[month]) for month in months} == months


@pytest.mark.parametrize("name", CONVENTIONS)
def test_nothing_ever_begun_gives_no_months(engine, name):
    assert followed(engine, [], CONVENTIONS[name]) == {}
    assert followed(engine, [Stretch("a", date(2025, 6, 1))], CONVENTIONS[name]) == {}


def test_the_month_as_of_lies_in_is_marked_as_partial(engine):
    found = followed(engine, [Stretch("a", day(1, 5))], as_of=day(3, 30))
    assert [month.complete for month in found.values()] == [True, True, False]
    assert [month.nrr is not None for month in found.values()] == [False, True, False]
    found = followed(engine, [Stretch("a", day(1, 5))], as_of=day(3, 31))
    assert found[MAR].complete


def test_rates_are_unknown_where_nothing_was(engine):
    found = followed(engine, [Stretch("a", day(1, 5), day(2, 5))])
    assert (found[JAN].logo_churn, found[JAN].nrr, found[JAN].quick_ratio) == (None, None, None)
    assert (found[FEB].logo_churn, found[FEB].nrr, found[FEB].quick_ratio) == (1, 0, 0)
    assert found[FEB].arpu is None


def test_rates_of_a_month(engine):
    stretches = [
        Stretch("kept", day(1, 5), amount=Decimal(40)),
        Stretch("up", day(1, 5), day(2, 9), Decimal(20)),
        Stretch("up", day(2, 9), amount=Decimal(30)),
        Stretch("down", day(1, 5), day(2, 9), Decimal(30)),
        Stretch("down", day(2, 9), amount=Decimal(25)),
        Stretch("gone", day(1, 5), day(2, 9)),
        Stretch("new", day(2, 9), amount=Decimal(20)),
    ]
    month = followed(engine, stretches)[FEB]
    assert moved(month) == {
        "new": 20, "expansion": 10, "contraction": 5, "churn": 10, "closing": 115
    }  # fmt: skip
    assert (month.customers_opening, month.customers_closing) == (4, 4)
    assert month.arpu == 115 / 4
    assert month.logo_churn == 1 / 4
    assert month.gross_mrr_churn == 0.15
    assert month.net_mrr_churn == 0.05
    assert month.grr == 0.85
    assert month.nrr == 0.95
    assert month.quick_ratio == 2


def test_stripe_adds_monthly_and_yearly_plans(engine):
    stretches = [Stretch(f"m{n}", day(1, 5), amount=Decimal(100)) for n in range(100)]
    stretches += [Stretch(f"y{n}", day(1, 5), amount=Decimal(600) / 12) for n in range(50)]
    assert followed(engine, stretches, CONVENTIONS["stripe"])[JAN].closing == 12500


def test_chartmogul_movements_of_one_customer(engine):
    gold = Stretch("a", day(1, 5), amount=round(Decimal(2000) / 12, 4), plan="Gold")
    silver = Stretch("a", day(1, 9), day(1, 23), Decimal(60), subscription="t", plan="Silver")
    month = followed(engine, [gold, silver], CONVENTIONS["chartmogul"])[JAN]
    assert round(month.new, 2) == 166.67
    assert (month.expansion, month.contraction, month.churn) == (60, 60, 0)


def hundred_of_whom_twelve_left():
    return [
        *(Stretch(f"stays{n}", day(1, 5)) for n in range(89)),
        *(Stretch(f"goes{n}", day(1, 5), day(2, 9)) for n in range(10)),
        Stretch("back", day(1, 5), day(2, 9)),
        Stretch("back", day(2, 20), subscription="t"),
        Stretch("brief", day(2, 5), day(2, 9)),
    ]


@pytest.mark.parametrize(
    ("name", "churn"),
    [
        ("standard", 10 / 100),
        ("chartmogul", 10 / 100),
        ("profitwell", 10 / 100),
        ("recurly", 12 / 100),
        ("baremetrics", 12 / 100),
        ("stripe", 12 / 101),
    ],
)
def test_logo_churn_of_100_customers_of_whom_12_left_one_came_back_and_one_was_new(
    engine, name, churn
):
    month = followed(engine, hundred_of_whom_twelve_left(), CONVENTIONS[name])[FEB]
    assert month.logo_churn == churn


def test_chartmogul_mrr_churn_of_a_month(engine):
    stretches = [
        Stretch("kept", day(1, 5), amount=Decimal(50)),
        Stretch("up", day(1, 5), day(2, 9), Decimal(20)),
        Stretch("up", day(2, 9), amount=Decimal(30)),
        Stretch("down", day(1, 5), day(2, 9), Decimal(20)),
        Stretch("down", day(2, 9), amount=Decimal(10)),
        Stretch("gone", day(1, 5), day(2, 9)),
    ]
    month = followed(engine, stretches, CONVENTIONS["chartmogul"])[FEB]
    assert (month.gross_mrr_churn, month.net_mrr_churn) == (0.2, 0.1)


def test_profitwell_counts_a_yearly_plan_after_discounts(engine):
    stretch = Stretch("a", day(1, 5), amount=Decimal(108) / 12, list_amount=Decimal(120) / 12)
    assert followed(engine, [stretch], CONVENTIONS["profitwell"])[JAN].closing == 9


SWITCHED = {
    "stripe ends MRR when the customer asks": (
        "stripe", [Stretch("a", day(1, 5), day(4, 5), asked=day(2, 10))], FEB, "churn", 10
    ),
    "stripe takes no discount off that will end": (
        "stripe", [Stretch("a", day(1, 5), list_amount=Decimal(12))], JAN, "closing", 12
    ),
    "chartmogul keeps MRR of who failed to pay but never cancelled": (
        "chartmogul", [Stretch("a", day(1, 5), state="unpaid")], JAN, "closing", 10
    ),
    "chartmogul keeps MRR during a pause": (
        "chartmogul", [Stretch("a", day(1, 5), state="paused")], JAN, "closing", 10
    ),
    "chartmogul keeps customers who go free": (
        "chartmogul",
        [Stretch("a", day(1, 5), day(2, 5)), Stretch("a", day(2, 5), amount=Decimal(0))],
        FEB, "customers_closing", 1
    ),
    "chartmogul has no customers who were always free": (
        "chartmogul", [Stretch("a", day(1, 5), amount=Decimal(0))], FEB, "customers_closing", 0
    ),
    "recurly counts customers in trial, without MRR": (
        "recurly", [Stretch("a", day(1, 5), state="trial")], JAN, "customers_closing", 1
    ),
    "recurly keeps paused customers": (
        "recurly",
        [Stretch("a", day(1, 5), day(2, 5)), Stretch("a", day(2, 5), state="paused")],
        FEB, "customers_closing", 1
    ),
    "recurly has no MRR during a pause": (
        "recurly",
        [Stretch("a", day(1, 5), day(2, 5)), Stretch("a", day(2, 5), state="paused")],
        FEB, "churn", 10
    ),
    "baremetrics keeps a customer 30 days late": (
        "baremetrics", [Stretch("a", day(3, 1), state="past-due")], MAR, "closing", 10
    ),
    "baremetrics lets a customer go after 30 days, whatever was renewed meanwhile": (
        "baremetrics",
        [Stretch("a", day(2, 1), day(3, 1), state="past-due"),
         Stretch("a", day(3, 1), state="past-due")],
        MAR, "churn", 10
    ),
    "baremetrics sees who came and went within a month": (
        "baremetrics", [Stretch("a", day(2, 5), day(2, 20))], FEB, "churn", 10
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "stretches", "month", "key", "value"), SWITCHED.values(), ids=SWITCHED
)
def test_convention(engine, name, stretches, month, key, value):
    kept = [Stretch("kept", day(1, 1), amount=Decimal(7))]
    found = followed(engine, [*kept, *stretches], CONVENTIONS[name])
    without = followed(engine, kept, CONVENTIONS[name])
    assert getattr(found[month], key) - getattr(without[month], key) == value


def test_a_trailing_window_reaches_back_over_short_months(engine):
    lost = Stretch("lost", day(1, 5), day(1, 31))
    stretches = [Stretch("kept", day(1, 5)), lost]
    found = followed(engine, stretches, Convention(name="x", trailing=30), as_of=day(3, 1))
    assert [month.logo_churn for month in found.values()] == [None, 0.5, 0.5]
    assert [month.customers_churn for month in found.values()] == [0, 0, 0]


PLANS = {
    "a change of plan carries over what was paid and expands the new plan": (
        [
            Stretch("a", day(1, 5), day(2, 5)),
            Stretch("a", day(2, 5), amount=Decimal(30), plan="pro"),
        ],
        {"basic": {"moved_out": 10}, "pro": {"moved_in": 10, "expansion": 20, "closing": 30}},
    ),
    "a change to a smaller plan contracts the old one": (
        [
            Stretch("a", day(1, 5), day(2, 5), Decimal(30), plan="pro"),
            Stretch("a", day(2, 5)),
        ],
        {
            "pro": {"moved_out": 10, "contraction": 20},
            "basic": {"moved_in": 10, "closing": 10},
        },
    ),
    "leaving one of two plans is contraction there": (
        [Stretch("a", day(1, 5)), Stretch("a", day(1, 5), day(2, 5), plan="pro", subscription="t")],
        {"basic": {"closing": 10}, "pro": {"contraction": 10}},
    ),
    "a plan without a name is a plan": (
        [Stretch("a", day(2, 5), plan=None)],
        {None: {"new": 10, "closing": 10}},
    ),
    "two plans dropped for one: the larger loss is met first": (
        [
            Stretch("a", day(1, 5), day(2, 5), Decimal(20), plan="large"),
            Stretch("a", day(1, 5), day(2, 5), Decimal(10), plan="basic", subscription="t"),
            Stretch("a", day(2, 5), amount=Decimal(5), plan="tiny", subscription="u"),
        ],
        {
            "large": {"contraction": 20},
            "basic": {"contraction": 5, "moved_out": 5},
            "tiny": {"moved_in": 5, "closing": 5},
        },
    ),
}


@pytest.mark.parametrize(("stretches", "plans"), PLANS.values(), ids=PLANS)
@pytest.mark.parametrize("name", ["standard", "chartmogul"])
def test_plans(engine, name, stretches, plans):
    fill(engine, stretches)
    found = {
        one.plan: {
            key: getattr(one, key) for key in (*KEYS, "moved_in", "moved_out") if getattr(one, key)
        }
        for one in answer.by_plan(engine, AS_OF, CONVENTIONS[name])
        if one.month == FEB
    }
    assert found == plans


def test_movements_that_miss_the_close_are_our_mistake_and_no_result(engine):
    fill(engine, [Stretch("a", day(1, 5), amount=Decimal(-5))])
    with pytest.raises(InternalError, match="miss the close"):
        answer.answer(engine, AS_OF)
    with pytest.raises(InternalError, match="miss the close"):
        answer.by_plan(engine, AS_OF)


def test_steps_that_are_not_in_order_are_our_mistake_and_no_result(engine, monkeypatch):
    in_order = duckdb.query("mrr/paid_flows")
    sorted_by = "order by customer, day"
    assert in_order.count(sorted_by) == 1
    ends = {"a": day(2, 5), "b": day(3, 5), "c": day(3, 6)}  # two of them are added up together
    fill(engine, [Stretch(customer, day(1, 5), end) for customer, end in ends.items()])
    answer.answer(engine, AS_OF)

    out_of_order = in_order.replace(sorted_by, "order by day")
    texts = {"mrr/paid_flows": out_of_order}
    monkeypatch.setattr(
        duckdb, "query", lambda name, known=duckdb.query: texts.get(name) or known(name)
    )
    with pytest.raises(InternalError, match="not in order"):
        answer.answer(engine, AS_OF)
