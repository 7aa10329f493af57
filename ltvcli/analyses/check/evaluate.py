"""Evaluate a rule against the figures of each segment, in one month and over all months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.analyses.check.likelihood import Chance, Known, probability
from ltvcli.analyses.check.monthly import Monthly, exact
from ltvcli.results import Estimate
from ltvcli.results.check import WATCHED, Evaluation, Missing
from ltvcli.settings.conditions import Both, Changed, Compared, Condition, Either, Not, figures
from ltvcli.stats.inference import holm
from ltvcli.stats.inference.process_behaviour import ENOUGH
from ltvcli.stats.inference.signal_chance import p_value

if TYPE_CHECKING:
    from ltvcli.formulas.periods import Period
    from ltvcli.settings.rules import Rule

SURE = 0.05
"""A change counts below this p-value, all segments counted."""


class Months(Struct, frozen=True, kw_only=True):
    """The input of one rule: its segments, and the kind of data they come from.

    `small` are segments with too few customers.
    """

    segments: Sequence[Monthly]
    kind: str
    small: tuple[str, ...] = ()


def evaluate(rule: Rule, data: Months) -> tuple[Evaluation, ...]:
    """Hold a rule against the last month of each segment.

    Args:
        rule: to be held.
        data: figures by month.
    """
    if missing := _missing(rule, data):
        return (undecided(rule, "", missing),)
    last = max(segment.months[-1] for segment in data.segments if segment.months)
    return at(rule, data, last)


def at(rule: Rule, data: Months, month: Period) -> tuple[Evaluation, ...]:
    """Hold a rule against one month of each segment; those that do not have it are left out.

    Args:
        rule: to be held.
        data: figures by month.
        month: to evaluate; later months are ignored.
    """
    places = {
        segment.segment: segment.months.index(month)
        for segment in data.segments
        if month in segment.months
    }
    shown = [segment for segment in measured(rule, data) if segment.segment in places]
    p_values = _p_values(rule, shown, month)
    evaluations = []
    for segment in shown:
        segment_p_values = p_values[segment.segment]
        place = places[segment.segment]
        chances = probability(rule.condition, _known(segment, place, segment_p_values))
        evaluations.append(_evaluation(rule, data, segment, place, chances, segment_p_values))
    return tuple(evaluations)


def measured(rule: Rule, data: Months) -> list[Monthly]:
    """List the segments in which the figures of a rule are known in any month.

    Customers that no spend won have no CAC: that is no gap. If no segment has them, all are listed.
    """
    named = figures(rule.condition)
    known = [
        segment
        for segment in data.segments
        if all(
            any(value is not None for value in segment.values.get(figure, ()))
            or any(limit is not None for limit in segment.beyond.get(figure, ()))
            for figure in named
        )
    ]
    return known or list(data.segments)


def skipped(rule: Rule, data: Months) -> tuple[str, ...]:
    """List the segments that a rule skips: too small, or without the rule's figures."""
    shown = {segment.segment for segment in measured(rule, data)}
    without = (segment.segment for segment in data.segments if segment.segment not in shown)
    return (*without, *data.small)


def _missing(rule: Rule, data: Months) -> Missing | None:
    if all(data.kind not in WATCHED[figure].kinds for figure in figures(rule.condition)):
        return Missing.NOT_OF_THIS_KIND
    if not data.segments:
        return Missing.NO_SEGMENT
    return None if any(segment.months for segment in data.segments) else Missing.NO_MONTH


def undecided(rule: Rule, segment: str, missing: Missing) -> Evaluation:
    """Return the result of a rule that cannot be decided.

    Args:
        rule: that was to be held.
        segment: "" for all customers.
        missing: why.
    """
    return Evaluation(
        rule=rule.name,
        segment=segment,
        month="",
        figure=figures(rule.condition)[0],
        estimate=None,
        usual=None,
        limit=None,
        probability=None,
        p_value=None,
        holds=None,
        missing=missing,
    )


def _p_values(
    rule: Rule, segments: Sequence[Monthly], month: Period
) -> Mapping[str, Mapping[str, float | None]]:
    """Return the p-value of each figure that may have changed, by segment, all tests counted."""
    tests: dict[tuple[str, str], float | None] = {}
    for segment in segments:
        place = segment.months.index(month)
        for figure in dict.fromkeys(_changes(rule.condition)):
            points = segment.points(figure, place)
            tests[segment.segment, figure] = p_value(points[:-1], points[-1]) if points else None
    known = {key: p for key, p in tests.items() if p is not None}
    adjusted = dict(zip(known, holm.adjusted(list(known.values())), strict=True))
    values: dict[str, dict[str, float | None]] = {segment.segment: {} for segment in segments}
    for name, figure in tests:
        values[name][figure] = adjusted.get((name, figure))
    return values


def _changes(condition: Condition) -> list[str]:
    match condition:
        case Changed():
            return [condition.figure]
        case Not():
            return _changes(condition.negated)
        case Both() | Either():
            return [*_changes(condition.left), *_changes(condition.right)]
        case Compared():
            return []


def _known(segment: Monthly, place: int, p_values: Mapping[str, float | None]) -> Known:
    def changed(figure: str) -> bool | None:
        p = p_values[figure]
        return None if p is None else p < SURE

    return Known(
        estimate=lambda figure: segment.estimate(figure, place),
        changed=changed,
        exact=exact,
        beyond=lambda figure: segment.beyond_of(figure, place),
    )


def _evaluation(
    rule: Rule,
    data: Months,
    segment: Monthly,
    place: int,
    probability: Chance,
    p_values: Mapping[str, float | None],
) -> Evaluation:
    holds: bool | None = probability.low >= rule.sure
    decided = holds or probability.high < rule.sure or not _has_gaps(rule, segment, place, p_values)
    figure, limit, looks_for_change = _deciding(rule.condition)
    estimate = segment.estimate(figure, place)
    usual = None
    if looks_for_change:
        estimate, usual = segment.in_chart(figure, place), segment.usual(figure, place)
    since, months = _since(rule, data, segment, place) if holds else ("", 0)
    is_last = place == len(segment.months) - 1
    return Evaluation(
        rule=rule.name,
        segment=segment.segment,
        month=segment.months[place].name,
        figure=figure,
        estimate=estimate,
        usual=usual,
        limit=limit,
        probability=probability.low
        if decided and not isinstance(rule.condition, Changed)
        else None,
        p_value=next((p for p in p_values.values() if p is not None), None),
        holds=holds if decided else None,
        missing=None if decided else _why_missing(rule, data, segment, place),
        holds_since=since,
        months=months,
        money=_money(segment, figure, estimate, usual if limit is None else limit)
        if is_last
        else None,
        parts=segment.parts if is_last else (),
        moved=segment.moved if is_last else "",
    )


def _has_gaps(
    rule: Rule, segment: Monthly, place: int, p_values: Mapping[str, float | None]
) -> bool:
    """Return whether a figure of the condition, or its reference value, is unknown."""
    named = figures(rule.condition)
    return None in p_values.values() or any(
        segment.estimate(figure, place) is None for figure in named
    )


def _why_missing(rule: Rule, data: Months, segment: Monthly, place: int) -> Missing:
    named = figures(rule.condition)
    if any(data.kind not in WATCHED[figure].kinds for figure in named):
        return Missing.NOT_OF_THIS_KIND
    if any(segment.estimate(figure, place) is None for figure in named):
        return Missing.NOT_MEASURED
    few = any(len(segment.points(figure, place)) <= ENOUGH for figure in _changes(rule.condition))
    return Missing.FEW_MONTHS if few else Missing.NOT_MEASURED


def _deciding(condition: Condition) -> tuple[str, float | None, bool]:
    """Return the first figure of a condition, its limit, and whether a change is watched.

    The limit is None where the figure is compared with another one.
    """
    match condition:
        case Changed():
            return condition.figure, None, True
        case Not():
            return _deciding(condition.negated)
        case Both() | Either():
            return _deciding(condition.left)
        case Compared():
            left, right = condition.left, condition.right
            if isinstance(left, str):
                return left, right if isinstance(right, float) else None, False
            assert isinstance(right, str)
            return right, left, False


def _since(rule: Rule, data: Months, segment: Monthly, place: int) -> tuple[str, int]:
    """Return the first month since which a condition has held, and the number of months."""
    first = place
    while first and _holds(rule, data, segment, first - 1):
        first -= 1
    return segment.months[first].name, place - first + 1


def _holds(rule: Rule, data: Months, segment: Monthly, place: int) -> bool:
    month = segment.months[place]
    segments_of_month = [segment for segment in data.segments if month in segment.months]
    p_values = _p_values(rule, segments_of_month, month)[segment.segment]
    return probability(rule.condition, _known(segment, place, p_values)).low >= rule.sure


def _money(
    segment: Monthly, figure: str, estimate: Estimate | None, limit: float | None
) -> float | None:
    """Return the money between a figure and its limit, or its expected value, in a month.

    Positive where the figure is on the side that is worth more.
    """
    worth = segment.worth.get(figure)
    if estimate is None or worth is None or limit is None:
        return None
    return (estimate.value - limit) * worth
