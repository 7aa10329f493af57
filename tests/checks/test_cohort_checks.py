"""Findings about cohorts, and their order."""

from __future__ import annotations

import pytest

from ltvcli.checks.cohorts import no_customer_left, no_new_customers, small_cohorts
from ltvcli.checks.every_report import old_customers_look_new
from ltvcli.results import Severity
from tests.formats.cohort_reports import cohorts, truncation

UNKNOWN = {"months": None, "ltv": None, "without": None, "difference": None,
           "difference_low": None, "difference_high": None}  # fmt: skip


def test_old_customers_who_move_the_value_are_a_warning_with_the_day_to_begin() -> None:
    found = old_customers_look_new.check(cohorts(left_truncation=truncation()))

    assert found is not None
    assert (found.severity, found.option) == (Severity.WARNING, "--new-since 2026-02-01")


@pytest.mark.parametrize(
    ("changed", "severity"),
    [
        pytest.param({"old": False}, Severity.INFO, id="they bring no more than later ones"),
        pytest.param({"old": False, **UNKNOWN}, Severity.WARNING, id="too few came later"),
    ],
)
def test_an_ambiguous_crowd_is_reported_without_advice(
    changed: dict[str, bool], severity: Severity
) -> None:
    found = old_customers_look_new.check(cohorts(left_truncation=truncation(**changed)))

    assert found is not None
    assert (found.severity, found.option) == (severity, "")


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param({"paying": 149}, id="one customer left"),
        pytest.param({"paying": 2, "customers": 2}, id="two customers are too few"),
        pytest.param({}, id="orders"),
    ],
)
def test_customers_who_left_are_in_the_file(evidence: dict[str, int]) -> None:
    assert no_customer_left.check(cohorts(**evidence)) is None


def test_two_months_without_anyone_new_are_a_pause() -> None:
    assert no_new_customers.check(cohorts(months_since_new=2)) is None


@pytest.mark.parametrize(
    ("by", "small", "severity", "option"),
    [
        ("month", 2, Severity.WARNING, "--by quarter"),
        ("month", 1, Severity.INFO, ""),
        ("quarter", 2, Severity.WARNING, ""),
    ],
)
def test_where_most_cohorts_are_small_quarters_are_larger(
    by: str, small: int, severity: Severity, option: str
) -> None:
    found = small_cohorts.check(cohorts(by=by, small=small))

    assert found is not None
    assert (found.severity, found.option) == (severity, option)
