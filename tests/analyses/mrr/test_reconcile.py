from datetime import date
from decimal import Decimal

import pytest

from ltvcli.analyses.mrr import reconcile
from ltvcli.engines import duckdb
from tests.mrr_reference import Stretch, fill

pytestmark = pytest.mark.sampled

JAN, FEB = date(2025, 1, 1), date(2025, 2, 28)
AS_OF = date(2025, 4, 30)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


def explained(engine, stretches, convention, key, first=FEB, last=FEB):
    fill(engine, stretches)
    rows = reconcile.answer(engine, AS_OF, first, last, ["standard", convention])
    return {
        one.because: one.difference
        for one in rows
        if (one.convention, one.key) == (convention, key)
    }


KEPT = Stretch("kept", date(2025, 1, 5), amount=Decimal(90))
CASES = {
    "stripe has less MRR once a customer asked to cancel": (
        [KEPT, Stretch("a", date(2025, 1, 5), date(2025, 3, 5), asked=date(2025, 2, 10))],
        ("stripe", "mrr"),
        {None: -10, "cancel-date": -10},
    ),
    "stripe adds the discount back, but not for who asked to cancel": (
        [
            Stretch("kept", date(2025, 1, 5), list_amount=Decimal(12)),
            Stretch(
                "a",
                date(2025, 1, 5),
                date(2025, 3, 5),
                list_amount=Decimal(15),
                asked=date(2025, 2, 10),
            ),
        ],
        ("stripe", "mrr"),
        {None: -8, "cancel-date": -10, "discounts": 7, "interaction": -5},
    ),
    "recurly counts a trial as a customer": (
        [KEPT, Stretch("a", date(2025, 2, 5), state="trial")],
        ("recurly", "customers"),
        {None: 1, "trials": 1},
    ),
    "chartmogul counts who failed to pay, and who pauses": (
        [
            KEPT,
            Stretch("a", date(2025, 1, 5), state="unpaid"),
            Stretch("b", date(2025, 1, 5), state="paused", amount=Decimal(20)),
        ],
        ("chartmogul", "mrr"),
        {None: 30, "past-due": 10, "paused": 20},
    ),
    "baremetrics sees who joined and left in February": (
        [KEPT, Stretch("a", date(2025, 2, 5), date(2025, 2, 9))],
        ("baremetrics", "churn"),
        {None: 10, "same-month": 10},
    ),
    "profitwell agrees": (
        [KEPT, Stretch("a", date(2025, 2, 5), date(2025, 2, 9), asked=date(2025, 2, 6))],
        ("profitwell", "logo_churn"),
        {None: 0},
    ),
}


@pytest.mark.parametrize(("stretches", "asked", "parts"), CASES.values(), ids=CASES)
def test_differences_of_conventions_are_explained_by_their_parts(engine, stretches, asked, parts):
    assert explained(engine, stretches, *asked) == parts


def test_stripe_churn_is_taken_apart(engine):
    stretches = [
        *(Stretch(f"kept{n}", date(2025, 1, 5)) for n in range(9)),
        Stretch("early", date(2025, 1, 5), date(2025, 1, 30)),
        Stretch("brief", date(2025, 2, 5), date(2025, 2, 9)),
    ]
    parts = explained(engine, stretches, "stripe", "logo_churn")
    usual = 0 / 9
    assert parts == pytest.approx(
        {
            None: 2 / 11 - usual,  # early and brief, of 10 on January 29 and one new
            "same-month": 1 / 9 - usual,
            "trailing-window": 1 / 10 - usual,
            "interaction": 2 / 11 - 1 / 9 - 1 / 10,
        }
    )


def test_a_range_adds_movements_up_and_weights_rates_by_what_they_are_divided_by(engine):
    stretches = [
        *(Stretch(f"kept{n}", date(2024, 12, 5)) for n in range(9)),
        Stretch("a", date(2024, 12, 5), date(2025, 1, 9)),
        Stretch("b", date(2024, 12, 5), date(2025, 2, 9)),
    ]
    fill(engine, stretches)
    rows = reconcile.answer(engine, AS_OF, JAN, FEB, ["standard"])
    found = {one.key: one.value for one in rows}
    assert (found["churn"], found["mrr"]) == (20, 90)
    assert found["logo_churn"] == 2 / (11 + 10)


def test_a_range_without_data_compares_nothing(engine):
    fill(engine, [KEPT])
    assert reconcile.answer(engine, AS_OF, date(2023, 1, 1), date(2023, 2, 1)) == ()
    assert reconcile.answer(engine, AS_OF, date(2025, 5, 1), date(2025, 6, 1)) == ()
