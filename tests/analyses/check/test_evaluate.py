"""Rules applied to months: since when, how much money, and all segments counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from ltvcli.analyses.check import evaluate
from ltvcli.analyses.check.evaluate import Months
from ltvcli.analyses.check.monthly import Monthly
from ltvcli.formulas import periods
from ltvcli.formulas.periods import Period
from ltvcli.results import Estimate, Source
from ltvcli.results.check import WATCHED, Evaluation, Missing
from ltvcli.settings import rules
from ltvcli.settings.rules import Rule

LAST = periods.of("month", date(2026, 10, 1))
CALM = [52.0, 49.0, 51.0, 50.0, 53.0, 48.0, 51.0, 50.0]


def rule(when: str, **more: str) -> Rule:
    return rules.read([{"name": "a rule", "when": when} | more], {}, WATCHED)[0]


def months(count: int) -> tuple[Period, ...]:
    return tuple(LAST.earlier(back) for back in range(count - 1, -1, -1))


def sure(value: float | None) -> Estimate | None:
    """Return an estimate within 1, or nothing."""
    if value is None:
        return None
    return Estimate(value=value, low=value - 1, high=value + 1, source=Source.MEASURED)


def monthly(
    values: Sequence[float | None],
    figure: str = "cac",
    segment: str = "",
    worth: float | None = None,
) -> Monthly:
    return Monthly(
        segment=segment,
        months=months(len(values)),
        values={figure: tuple(sure(value) for value in values)},
        worth={} if worth is None else {figure: worth},
    )


def held(tried: Rule, *segments: Monthly, kind: str = "orders") -> tuple[Evaluation, ...]:
    return evaluate.evaluate(tried, Months(segments=segments, kind=kind))


def test_a_rule_holds_only_if_it_is_sure() -> None:
    """Of 50 within 1, half a standard error above is 69% sure, one is 84%."""
    error = 1 / 1.959963984540054

    (surely,) = held(rule(f"cac < {50 + error}"), monthly([50.0]))
    (hardly,) = held(rule(f"cac < {50 + error / 2}"), monthly([50.0]))

    assert (surely.holds, round(surely.probability or 0, 3)) == (True, 0.841)
    assert (hardly.holds, round(hardly.probability or 0, 3)) == (False, 0.691)


def test_the_age_of_an_alert_is_stated() -> None:
    (found,) = held(rule("cac > 40"), monthly([50.0, 30.0, 50.0, 50.0, 50.0]))

    assert (found.holds_since, found.months, found.month) == ("2026-08", 3, "2026-10")


def test_a_month_without_the_figure_ends_it() -> None:
    (found,) = held(rule("cac > 40"), monthly([50.0, None, 50.0]))

    assert (found.holds_since, found.months) == ("2026-10", 1)


def test_money_is_the_distance_from_the_limit_times_what_a_unit_is_worth() -> None:
    (found,) = held(rule("cac > 40"), monthly([50.0], worth=-120.0))

    assert (found.limit, found.money) == (40.0, -1200.0)


def test_money_of_a_change_is_the_distance_from_what_is_usual() -> None:
    (found,) = held(rule("changed(cac)"), monthly([*CALM, 36.0], worth=-2.0))

    assert (found.usual, found.money) == (50.5, pytest.approx((36 - 50.5) * -2))


@pytest.mark.parametrize(("last", "holds"), [(36.0, True), (47.0, False)])
def test_a_change_is_a_signal_of_the_chart(last: float, holds: bool) -> None:
    (found,) = held(rule("changed(aov)"), monthly([*CALM, last], "aov"))

    assert found.holds is holds
    assert found.probability is None


def test_a_change_takes_nine_months() -> None:
    (found,) = held(rule("changed(aov)"), monthly([*CALM[1:], 36.0], "aov"))

    assert (found.holds, found.missing) == (None, Missing.FEW_MONTHS)


def test_all_segments_are_counted() -> None:
    """A value that is a signal among one series is none among six that were looked at."""
    odd = monthly([*CALM, 43.0], "aov", "odd")
    calm = [monthly([*CALM, 50.0], "aov", f"calm {number}") for number in range(5)]

    (by_itself,) = held(rule("changed(aov)"), odd)
    among_others = held(rule("changed(aov)"), odd, *calm)

    assert by_itself.holds
    assert among_others[0].segment == "odd"
    assert not among_others[0].holds
    assert (among_others[0].p_value or 0) == pytest.approx(6 * (by_itself.p_value or 0))


def test_totals_are_charted_per_day() -> None:
    """A shop that sells 100 a day has no signal in February."""
    until_february = [month.earlier(8) for month in months(10)]
    sold = tuple(sure(month.days * 100.0 + month.number % 2) for month in until_february)
    data = Monthly(segment="", months=tuple(until_february), values={"net_revenue": sold})

    (found,) = held(rule("changed(net_revenue)"), data)

    assert found.month == "2026-02"
    assert found.holds is False


def test_mrr_that_grows_evenly_has_not_changed() -> None:
    steady = [100.0 + 10 * month + month % 2 for month in range(12)]

    (grows,) = held(rule("changed(mrr)"), monthly(steady, "mrr"), kind="subscriptions")
    (falls,) = held(
        rule("changed(mrr)"), monthly([*steady, steady[-1] - 60], "mrr"), kind="subscriptions"
    )

    assert grows.holds is False
    assert falls.holds is True
    assert falls.usual == pytest.approx(steady[-1] + (steady[-1] - steady[0]) / 11)


def test_segments_that_never_have_the_figure_are_left_out() -> None:
    data = Months(
        segments=[monthly([50.0], segment="ads"), monthly([None], segment="organic")],
        kind="orders",
        small=("tiny",),
    )

    assert [found.segment for found in evaluate.evaluate(rule("cac > 40"), data)] == ["ads"]
    assert evaluate.skipped(rule("cac > 40"), data) == ("organic", "tiny")


def test_a_gap_is_no_data() -> None:
    (found,) = held(rule("cac > 40"), monthly([50.0, None]))

    assert (found.holds, found.missing, found.probability) == (None, Missing.NOT_MEASURED, None)


def test_a_gap_that_does_not_matter_is_none() -> None:
    """Whatever the AOV is, the CAC alone makes it true, or keeps it from being so."""
    (either,) = held(rule("aov < 5 or cac > 40"), monthly([50.0]))
    (both,) = held(rule("aov < 5 and cac < 40"), monthly([50.0]))

    assert (either.holds, both.holds) == (True, False)


@pytest.mark.parametrize(
    ("when", "segments", "kind", "missing"),
    [
        ("mrr < 5", [monthly([50.0])], "orders", Missing.NOT_OF_THIS_KIND),
        ("aov < 5", [monthly([50.0])], "subscriptions", Missing.NOT_OF_THIS_KIND),
        ("cac < 5", [], "orders", Missing.NO_SEGMENT),
        ("cac < 5", [monthly([])], "orders", Missing.NO_MONTH),
    ],
)
def test_why_there_is_no_answer(
    when: str, segments: list[Monthly], kind: str, missing: Missing
) -> None:
    (found,) = held(rule(when), *segments, kind=kind)

    assert (found.holds, found.missing) == (None, missing)
