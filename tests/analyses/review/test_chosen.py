"""The periods that are reviewed are whole ones."""

from __future__ import annotations

from datetime import date

import pytest

from ltvcli.analyses.review import chosen
from ltvcli.errors import (
    NoEarlierPeriodError,
    NotAComparisonError,
    NotAWholePeriodError,
    NoWholePeriodError,
    PeriodElsewhereError,
)
from ltvcli.facts.periods import PeriodFacts
from tests.analyses.review.shop import facts, order

ORDERS = [order("a", "01-10", 100), order("a", "02-20", 100), order("b", "12-05", 80)]


def found(as_of: date = date(2026, 12, 31)) -> PeriodFacts:
    return facts(ORDERS, as_of)


def test_the_last_whole_month_is_compared_with_the_one_before() -> None:
    picked = chosen.choose(found(date(2026, 12, 30)), "month", "previous")

    assert picked.period.name == "2026-11"
    assert picked.against
    assert picked.against.name == "2026-10"
    assert picked.known[0].name == "2026-02"  # January begins before the data
    assert picked.year_ago is None


def test_days_of_a_whole_period_name_it() -> None:
    picked = chosen.choose(found(), "quarter", "2026-04-01..2026-06-30")

    assert picked.period.name == "2026-Q4"
    assert picked.against
    assert picked.against.name == "2026-Q2"


def test_last_year_is_no_error_where_the_data_does_not_reach_it() -> None:
    assert chosen.choose(found(), "month", "last-year").against is None


@pytest.mark.parametrize(
    ("against", "error"),
    [
        ("lastyear", NotAComparisonError),
        ("2026-11-01", NotAComparisonError),
        ("2026-11-01..soon", NotAComparisonError),
        ("2026-11-01..2026-11-29", NotAWholePeriodError),
        ("2026-10-01..2026-11-30", NotAWholePeriodError),
        ("2026-12-01..2026-12-31", PeriodElsewhereError),
        ("2026-01-01..2026-01-31", PeriodElsewhereError),
    ],
)
def test_what_cannot_be_compared_is_refused(against: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        chosen.choose(found(), "month", against)


def test_a_single_whole_month_has_nothing_before_it() -> None:
    with pytest.raises(NoEarlierPeriodError):
        chosen.choose(found(date(2026, 2, 28)), "month", "2026-01-01..2026-01-31")


def test_no_whole_month_is_an_error() -> None:
    with pytest.raises(NoWholePeriodError):
        chosen.choose(found(date(2026, 2, 27)), "month", "previous")
