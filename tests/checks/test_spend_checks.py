"""Findings about spend, and their order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ltvcli.checks.calc import cac_given_and_spent, cac_missing
from ltvcli.checks.every_report import (
    channels_unmatched,
    marginal_cac,
    organic_in_cac,
    spend_gap,
    spend_outside,
    spend_rows_excluded,
    spend_spread,
)
from ltvcli.checks.review import review_without_cac
from ltvcli.results import Estimate, InputFile, Quantity, Severity, Source
from ltvcli.results.review import Tile
from ltvcli.units import Unit
from tests.checks import review_reports
from tests.checks.test_checks import CALM as REPORT
from tests.checks.test_checks import figures
from tests.formats.spend_reports import CALM, channel, estimate, month, report


def test_a_paid_cac_is_held_against_the_same_value() -> None:
    """3.5 over a blended CAC of 10 is 2.8 over a paid one of 12.5."""
    measured = figures(cac=estimate(10.0))
    found = organic_in_cac.check(
        replace(measured, acquisition=replace(CALM, paid=estimate(12.5), paid_customers=240))
    )

    assert found is not None
    assert found.says.facts["ratio"] == Quantity(2.8, Unit.RATIO)
    assert found.says.facts["share"] == Quantity(0.2, Unit.RATE)


def test_beside_a_given_cac_a_paid_one_is_no_ratio() -> None:
    found = organic_in_cac.check(
        replace(REPORT, acquisition=replace(CALM, paid=estimate(12.5), paid_customers=240))
    )

    assert found is not None
    assert "ratio" not in found.says.facts


def test_what_customers_are_called_is_offered_where_it_comes_near() -> None:
    channels = (
        channel("TikTok", 90.0, 0),
        *(channel(name, None, 5) for name in ("tik-tok", "Organic", "mail")),
    )
    found = channels_unmatched.check(report(channels=channels))

    assert found is not None
    assert found.option == "--map spend.TikTok=tik-tok"
    assert "--map" in found.says.text
    assert found.says.facts["others"] == "tik-tok, mail"


@pytest.mark.parametrize(
    "calm",
    [
        pytest.param((channel("tv", 0.0, 0),), id="nothing was spent"),
        pytest.param((channel("tv", 90.0, None),), id="the channel of customers is not known"),
        pytest.param((channel("", 90.0, None),), id="spend of no channel"),
    ],
)
def test_channels_that_are_no_riddle(calm: Any) -> None:
    assert channels_unmatched.check(report(channels=calm)) is None


def test_more_spend_that_does_not_pay_weighs_more() -> None:
    dear = replace(REPORT, acquisition=replace(CALM, marginal=estimate(36.0)))
    found = marginal_cac.check(dear)
    in_revenue = marginal_cac.check(replace(dear, basis="revenue"))

    assert found is not None
    assert (found.severity, found.says.facts["ltv"]) == (
        Severity.WARNING,
        Quantity(35.0, Unit.MONEY),
    )
    assert in_revenue is not None
    assert in_revenue.severity is Severity.INFO


def test_a_marginal_cac_that_may_be_the_average_is_not_worth_a_word() -> None:
    assert marginal_cac.check(report(marginal=estimate(11.0))) is None


@pytest.mark.parametrize(
    ("given", "severity"), [(8.0, Severity.WARNING), (12.0, Severity.INFO), (10.5, None)]
)
def test_a_given_cac_that_flatters_weighs_more(given: float, severity: Severity | None) -> None:
    cac = Estimate(value=given, source=Source.GIVEN)
    found = cac_given_and_spent.check(replace(figures(cac=cac), acquisition=CALM))

    assert (found.severity if found else None) is severity


@pytest.mark.parametrize(
    "months",
    [
        pytest.param((month(1, spend=0.0), month(2), month(3)), id="before the first spend"),
        pytest.param((month(1), month(2), month(3, spend=0.0)), id="after the last"),
        pytest.param((month(1, spend=0.0),), id="never any"),
    ],
)
def test_months_without_spend_at_the_ends_are_no_gap(months: Any) -> None:
    assert spend_gap.check(report(months=months)) is None


SPEND = InputFile(
    path="spend.csv",
    kind="spend",
    profile="generic",
    sha256="",
    first=date(2026, 1, 1),
    last=date(2026, 8, 31),
    rows_read=1,
    rows_used=1,
    set_aside={},
    columns={},
)


@pytest.mark.parametrize(
    ("first", "last", "empty"),
    [
        pytest.param(date(2026, 1, 1), date(2026, 8, 31), ["2026-05-01"], id="continues later"),
        pytest.param(date(2025, 9, 1), date(2026, 6, 30), ["2026-01-01"], id="began earlier"),
        pytest.param(date(2026, 1, 1), date(2026, 6, 30), [], id="as long as the customers"),
    ],
)
def test_spend_beyond_the_days_of_the_customers_makes_months_at_the_ends_a_gap(
    first: date, last: date, empty: list[str]
) -> None:
    """A stray row of next year makes its own period longer, and the months between look free."""
    months = (month(1, spend=0.0), *(month(n) for n in range(2, 5)), month(5, spend=0.0))
    file = replace(SPEND, first=first, last=last)
    found = spend_gap.check(replace(report(months=months), inputs=(file,)))

    assert [str(found.says.facts["first"])] * bool(empty) == empty if found else not empty


def test_amounts_that_cannot_be_read_are_unknown_not_0() -> None:
    facts = {
        "rows": Quantity(2, Unit.COUNT),
        "amount": Quantity(0, Unit.MONEY),
        "share": Quantity(0.0, Unit.RATE),
        "unread": Quantity(2, Unit.COUNT),
        "reasons": "amount-not-a-number",
    }

    def says(**changed: Quantity) -> str:
        file = replace(SPEND, alerts={"spend-rows-excluded": {**facts, **changed}})
        found = spend_rows_excluded.check(replace(report(), inputs=(file,)))
        assert found is not None
        return found.says.text

    assert "unknown amounts" in says()
    assert "more amounts that are unknown" in says(amount=Quantity(10, Unit.MONEY))
    assert "unknown" not in says(unread=Quantity(0, Unit.COUNT), amount=Quantity(10, Unit.MONEY))


def test_a_hundredth_outside_and_a_twentieth_spread_are_not_worth_a_word() -> None:
    assert spend_outside.check(report(outside=30.0)) is None
    assert spend_spread.check(report(spread=150.0)) is None


def test_spend_that_brought_nobody_is_an_error_and_not_a_missing_cac() -> None:
    bare = figures(cac=None)
    found = cac_missing.check(replace(bare, acquisition=replace(CALM, customers=0)))
    plain = cac_missing.check(bare)

    assert found is not None
    assert plain is not None
    assert (found.severity, plain.severity) == (Severity.ERROR, Severity.WARNING)
    assert found.says.facts["spend"] == Quantity(CALM.spend, Unit.MONEY)


@pytest.mark.parametrize(("new", "text"), [(0.0, "brought no new customer"), (4.0, "not cover")])
def test_a_review_names_spend_that_brought_nobody(new: float, text: str) -> None:
    tiles = tuple(
        Tile(
            figure=name,
            now=estimate(value),
            previous=None,
            change=None,
            last_year=None,
            target=None,
            signal=None,
            per_day=True,
        )
        for name, value in (("new_customers", new), ("spend", 90.0))
    )
    bare = review_reports.evidence(cac_known=False)
    found = review_without_cac.check(replace(bare, acquisition=CALM, tiles=tiles))

    assert found is not None
    assert text in found.says.text
