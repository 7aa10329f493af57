"""Decisions after a quarter: figures that became significantly worse or missed their forecast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.analyses.review import sentences
from ltvcli.language import N_, Marked
from ltvcli.results import Estimate, Fact, Quantity, Row, Sentence, Source, Statement
from ltvcli.results.benchmark import METRICS, Compared, Position
from ltvcli.results.review import Action, ActionKind
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.analyses.review.quarter import Forecast
    from ltvcli.results.review import Explained, Reason, SegmentChange, Tile

LABEL = N_("To decide")
MONTHS = 3
MOST = 5
"""Actions that are described; the table `actions` has all."""
QUESTIONS: Mapping[str, str] = {
    "mix": N_("which segments to acquire"),
    "first": N_("prices, discounts and bundles of first orders"),
    "returning": N_("what would bring customers back"),
    "orders": N_("what would make customers order more often"),
    "value": N_("prices and range of repeat orders"),
    "staying": N_("what would keep customers, and why they left"),
    "arpu": N_("prices and plans"),
    "margin": N_("prices and cost of goods"),
    "cac": N_("where to spend less on new customers"),
}
"""What a factor that became worse asks for."""
RISES: Mapping[str, bool] = {
    "nrr": True,
    "grr": True,
    "logo_churn": False,
    "ltv_to_cac": True,
    "cac": False,
    "repeat_rate": True,
    "margin": True,
}
"""Metrics with a benchmark of which more (True) or less (False) is better."""


def actions(
    explained: Sequence[Explained],
    segments: Sequence[SegmentChange],
    tiles: Sequence[Tile],
    forecast: Forecast | None,
    compared: Compared | None,
) -> tuple[Action, ...]:
    """List decisions, most money at stake first.

    Only what is significant asks for a decision: a reason or the change of a segment whose interval
    excludes 0, fewer orders or less value than the whole prediction interval, a figure whose whole
    interval lies on the worse side of a benchmark.

    Args:
        explained: figures with the reasons of their change.
        segments: that were compared.
        tiles: figures of the quarter.
        forecast: of a quarter ago, with the actual result.
        compared: figures and benchmarks.
    """
    new = next((tile.now.value for tile in tiles if tile.figure == "new_customers"), 0.0)
    decisions = [
        *_segments(segments, new / MONTHS),
        *_reasons(explained, new / MONTHS),
        *_missed(forecast),
        *_below(compared),
    ]
    return tuple(sorted(decisions, key=lambda action: -abs(action.monthly or 0.0)))


def _segments(changes: Sequence[SegmentChange], new: float) -> Iterator[Action]:
    """Yield segments that became worth less, or cost more; money follows from their customers."""
    text = N_("continue, change or stop? {change}; {money} for the new customers of one month.")
    shares = {change.segment: change.now for change in changes if change.figure == "share"}
    for change in changes:
        if not (change.changed and sentences.bad(change)):
            continue
        customers = shares.get(change.segment, 0.0) * new
        monthly = -abs(change.change.value) * customers
        facts: dict[str, Fact] = {
            "change": sentences.segment(change),
            "money": Quantity(monthly, Unit.MONEY),
        }
        yield Action(
            kind=ActionKind.SEGMENT,
            subject=change.segment,
            figure=change.figure,
            change=change.change,
            monthly=monthly,
            says=Sentence(text, facts),
        )


def _reasons(explained: Sequence[Explained], new: float) -> Iterator[Action]:
    """Yield reasons that lowered the period LTV, and a CAC that lowered LTV/CAC."""
    for of_figure in explained:
        for given in of_figure.reasons:
            is_told = of_figure.figure == "period_ltv" or given.factor == "cac"
            if given.distinguishable and given.contribution < 0 and is_told:
                yield _reason(of_figure, given, new)


def _reason(explained: Explained, given: Reason, new: float) -> Action:
    unit = Unit.MONEY if explained.figure == "period_ltv" else Unit.RATIO
    monthly = given.contribution * new if unit is Unit.MONEY else None
    facts: dict[str, Fact] = {
        "question": Marked(QUESTIONS[given.factor]),
        "reason": sentences.reason(given, unit),
    }
    text = N_("{question}? {reason} of LTV/CAC.")
    if monthly is not None:
        facts["money"] = Quantity(monthly, Unit.MONEY)
        text = N_("{question}? {reason} per customer; {money} for the new customers of one month.")
    change = Estimate(
        value=given.contribution, low=given.low, high=given.high, source=Source.MEASURED
    )
    return Action(
        kind=ActionKind.REASON,
        subject=given.factor,
        figure=explained.figure,
        change=change,
        monthly=monthly,
        says=Sentence(text, facts),
    )


def _missed(forecast: Forecast | None) -> Iterator[Action]:
    """Yield figures below the whole prediction interval."""
    if forecast is None or forecast.value.low is None:
        return
    if forecast.actual_value >= forecast.value.low:
        return
    missing = forecast.actual_value - forecast.value.value
    facts: dict[str, Fact] = {
        "came": Quantity(forecast.actual_value, Unit.MONEY),
        "least": Quantity(forecast.value.low, Unit.MONEY),
    }
    text = N_(
        "the plan for existing customers? They brought {came}, which is less than the low end "
        "{least} of the forecast."
    )
    yield Action(
        kind=ActionKind.FORECAST,
        subject="value",
        figure="value",
        change=Estimate(value=missing, source=Source.MEASURED),
        monthly=missing / MONTHS,
        says=Sentence(text, facts),
    )


def _below(compared: Compared | None) -> Iterator[Action]:
    """Yield each figure once that is significantly worse than a benchmark."""
    listed: set[str] = set()
    for row in compared.comparisons if compared else ():
        metric, benchmark = row.figure.metric, row.benchmark
        worse = Position.BELOW if RISES.get(metric) else Position.ABOVE
        if (
            benchmark is None
            or metric in listed
            or metric not in RISES
            or row.position is not worse
        ):
            continue
        listed.add(metric)
        assert row.figure.now is not None
        facts: dict[str, Fact] = {
            "figure": Marked(METRICS[metric].label),
            "value": Quantity(row.figure.now.value, METRICS[metric].unit),
            "source": f"{benchmark.source.partition(',')[0]} {benchmark.year}",
        }
        text = N_("a target for {figure}? {value} is below {source}.")
        if row.position is Position.ABOVE:
            text = N_("a target for {figure}? {value} is above {source}.")
        yield Action(
            kind=ActionKind.BENCHMARK,
            subject=metric,
            figure=metric,
            change=None,
            monthly=None,
            says=Sentence(text, facts),
        )


def statements(decisions: Sequence[Action]) -> Iterator[Statement]:
    """Describe the decisions, or that none is needed."""
    if not decisions:
        yield Statement(label=LABEL, says=Sentence(N_("no figure became significantly worse.")))
    for action in decisions[:MOST]:
        yield Statement(label=LABEL, says=action.says)


def rows(decisions: Sequence[Action]) -> tuple[Row, ...]:
    """Return the table `actions`."""
    return tuple(
        {
            "action": action.kind,
            "subject": action.subject,
            "figure": action.figure,
            "change": action.change.value if action.change else None,
            "change_low": action.change.low if action.change else None,
            "change_high": action.change.high if action.change else None,
            "monthly": action.monthly,
        }
        for action in decisions
    )
