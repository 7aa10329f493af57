"""Cohorts on the screen, in a memo and in colour: nothing is left out without a note."""

from __future__ import annotations

from typing import Any

import pytest

from ltvcli.formats import md, table
from ltvcli.results.cohorts import CohortsReport
from ltvcli.text.layout import width_of
from tests.formats.cohort_reports import TABLES, cell, cohort, cohorts

pytestmark = pytest.mark.sampled


def long(count: int, **changed: Any) -> CohortsReport:
    """Cohorts of as many months, each with as many ages as came after it."""
    names = [f"20{20 + n // 12}-{n % 12 + 1:02}" for n in range(count)]
    tables = TABLES | {
        "cohorts": tuple(cohort(name) for name in names),
        "triangle": tuple(
            cell(name, age, 50, 10.0 + age)
            for place, name in enumerate(names)
            for age in range(count - place)
        ),
    }
    return cohorts(tables=tables, **changed)


def heads(page: str) -> list[str]:
    (line,) = [line for line in page.splitlines() if line.startswith(("Cohort", "コホート"))]
    return line.split()


def test_the_screen_shows_cohorts_by_age_with_marks_for_incomplete_ones() -> None:
    page = table.render(cohorts(), "en").splitlines()

    assert page[page.index("Cumulative margin per customer after n months") + 1 :] == [
        "Cohort    Customers   1    2     3   LTV/CAC  Payback  Grade to date",
        "2026-01          50  10   20   (30)     2.00     2 mo  ~ fair",
        "2026-02          50  12   (…)           2.00  not yet  ? unknown",
        "2026-03*         50  (…)                      not yet  ? unknown",
        "All             150  11   20",
        "( ) only customers observed for the full month; (…) fewer than half were",
        "* incomplete: customers still join this cohort",
        "Grade to date: realised value only; young cohorts have had less time",
        "1 column hidden – widen the terminal, or --verbose",
        "",
        "Basis     by month",
    ]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("metric", ["ltv", "retention", "orders", "revenue"])
def test_it_fits_the_screen(width: int, lang: str, metric: Any) -> None:
    for report in (cohorts(metric=metric), long(24, metric=metric), long(60, metric=metric)):
        assert max(map(width_of, table.render(report, lang, width).splitlines())) <= width


def test_ages_that_plans_are_made_with_come_first_and_the_others_are_counted() -> None:
    page = table.render(long(24), "en", 80)

    shown = [int(one) for one in heads(page) if one.isdigit()]
    assert {1, 3, 6, 12} <= set(shown)
    assert shown == sorted(shown)
    assert f"{24 - len(shown) + 1} columns hidden" in page  # ages, and revenue


def test_what_happens_in_a_month_is_headed_by_its_age_and_what_adds_up_by_its_end() -> None:
    assert [one for one in heads(table.render(cohorts(), "en")) if one.isdigit()] == ["1", "2", "3"]
    page = table.render(cohorts(metric="orders"), "en")
    assert [one for one in heads(page) if one.isdigit()] == ["0", "1", "2"]


def test_cohorts_that_do_not_fit_are_counted() -> None:
    page = table.render(long(30), "en")

    assert "2020-06" not in page.split("(")[0]
    assert "6 older cohorts hidden (2020-01 to 2020-06, 300 customers)" in page
    assert "older cohorts hidden" not in table.render(long(24), "en")


def test_shares_are_never_rounded_to_nothing() -> None:
    tables = TABLES | {"triangle": (cell("2026-01", 0, 50, 0.004), cell("2026-01", 1, 50, 0.0))}
    page = table.render(cohorts(metric="retention", tables=tables), "en")

    (line,) = [line for line in page.splitlines() if line.startswith("2026-01")]
    assert line.split()[2:4] == ["<1%", "0%"]


def test_the_same_value_has_the_same_shade_and_what_is_not_whole_is_dim() -> None:
    page = table.render(cohorts(), "en", 80, color=True).splitlines()
    (first, second) = [line for line in page if line.startswith(("2026-01", "2026-02"))]

    assert "\x1b[97;48;5;25m20\x1b[0m" in first
    assert "\x1b[30;48;5;75m10\x1b[0m" in first
    assert "\x1b[30;48;5;75m12\x1b[0m" in second
    assert "\x1b[2m(30)" in first


def test_without_a_cac_there_is_no_verdict_to_show() -> None:
    for page in (
        table.render(cohorts(cac_known=False), "en"),
        md.render(cohorts(cac_known=False), "en"),
    ):
        assert "Grade to date" not in page


def test_the_memo_has_every_cohort_and_every_age() -> None:
    memo = md.render(long(30), "en")

    assert memo.count("\n| 20") == 2 * 30
    assert "| Cohort | Customers | Revenue | 1 | 2 |" in memo
    assert "| 2026-03\\* | 50 |" in md.render(cohorts(), "en")
