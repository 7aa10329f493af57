"""Questions of a report, and the steps that answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field

from ltvcli.errors import (
    HorizonPastPredictionError,
    NoRunOfFilesError,
    NoSuchSegmentError,
    TwoKindsError,
    UnknownNameError,
)
from ltvcli.facts import kept
from ltvcli.language import N_
from ltvcli.pipeline import load, sharing
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.read.recognise import Kind
    from ltvcli.results import AnyReport
    from ltvcli.results.compiled import Answered
    from ltvcli.results.segments import SegmentsReport

Document = Callable[["AnyReport"], Mapping[str, Any]]
"""Turns a report into its JSON document, in English."""


class Asked(Struct, frozen=True, kw_only=True):
    """The inputs shared by all questions of a report.

    `cancellations` are files of what customers who left said; their comments are quoted, masked, if
    `quotes` is True. `pitch` is the file with the company's claims and `history` that of recorded
    runs, None where there is none; `document` turns a report into its JSON document. `kinds` are
    those of the files. `runs` are what a history records, to which each answer of a command is
    added.
    """

    inputs: Sequence[Any]
    settings: Settings
    kinds: tuple[Kind, ...]
    document: Document
    pitch: str | None = None
    cancellations: tuple[str, ...] = ()
    quotes: bool = False
    history: Path | None = None
    rejects: Path | None = None
    step: Step = unwatched
    runs: list[AnsweredRun] = field(default_factory=list)


class AnsweredRun(Struct, frozen=True, kw_only=True):
    """An answer as its command gives it: the report, with its settings and the facts behind it."""

    report: Answered
    settings: Settings
    facts: Mapping[str, object]


AnyAnswer = TypeVar("AnyAnswer", bound="Answered")


def _run(
    asked: Asked, answer: Callable[[Settings], AnyAnswer], settings: Settings | None = None
) -> AnyAnswer:
    """Answer as a command does, and keep the facts that a history records.

    Args:
        asked: with the settings of the report.
        answer: gives the answer with settings.
        settings: of this question; None for those of the report.
    """
    used = settings or asked.settings
    with kept.keeping() as facts:
        report = answer(used)
    asked.runs.append(AnsweredRun(report=report, settings=used, facts=facts))
    return report


class Question(Struct, frozen=True, kw_only=True):
    """A question for a reader, and the steps that answer it.

    `answer` raises a LtvError where the data does not answer, and returns None where the question
    does not arise.
    """

    name: str
    asks: str
    answer: Callable[[Asked], Answered | None]


def kinds_of(inputs: Sequence[Any], settings: Settings) -> tuple[Kind, ...]:
    """Return the kinds of data in the files."""
    with load.opened(inputs, settings, unwatched) as files:
        return tuple(files.kinds)


def _value(asked: Asked) -> Answered:
    from ltvcli.pipeline import calc

    return _run(asked, lambda used: calc.run(asked.inputs, used, asked.rejects, asked.step))


def _changes(asked: Asked) -> Answered:
    from ltvcli.pipeline import review

    return _run(asked, lambda used: review.run(asked.inputs, used, step=asked.step))


def _cohorts(asked: Asked) -> Answered:
    from ltvcli.pipeline import cohorts

    return _run(asked, lambda used: cohorts.run(asked.inputs, used, step=asked.step))


def _retention(asked: Asked) -> Answered:
    from ltvcli.pipeline import cohorts

    return _run(
        asked,
        lambda used: cohorts.run(asked.inputs, used, metric="retention", step=asked.step),
    )


def _segments(asked: Asked) -> Answered:
    """Segment by --by, else by channel or plan; orders without these by profit."""
    from ltvcli.pipeline import segments

    settings = asked.settings

    def answer(used: Settings) -> SegmentsReport:
        return segments.run(asked.inputs, used, step=asked.step)

    if settings.by:
        return _run(asked, answer)
    usual = "channel" if "orders" in asked.kinds else "plan"
    try:
        return _run(asked, answer, override(settings, by=(usual,)))
    except NoSuchSegmentError:
        if "orders" not in asked.kinds:
            raise
    return _run(asked, answer)


def _mrr(asked: Asked) -> Answered | None:
    """Follow MRR where there are subscriptions.

    Raises:
        TwoKindsError: there are orders, too.
    """
    from ltvcli.pipeline import mrr

    if "subscriptions" not in asked.kinds:
        return None
    if len(asked.kinds) > 1:
        raise TwoKindsError(command="mrr")
    return _run(asked, lambda used: mrr.run(asked.inputs, used, step=asked.step))


def _forecast(asked: Asked) -> Answered:
    """Forecast a year, or fewer months if the data is short and no horizon was given."""
    from ltvcli.pipeline import predict

    settings = asked.settings

    def answer(used: Settings) -> Answered:
        return predict.run(asked.inputs, used, step=asked.step)

    try:
        return _run(asked, answer)
    except HorizonPastPredictionError as error:
        longest = error.facts["longest"]
        if settings.horizon is not None or not isinstance(longest, int) or longest < 1:
            raise
    shorter = override(settings, horizon=float(longest))
    return _run(asked, answer, shorter)


def _trend(figure: str) -> Callable[[Asked], Answered | None]:
    """Return the trend of a figure over the recorded runs; None if no run has it."""

    def followed(asked: Asked) -> Answered | None:
        from ltvcli.pipeline import history_trend

        if asked.history is None or not asked.history.is_file():
            return None
        with sharing.without_engines():
            try:
                return history_trend.trend(
                    asked.history, figure, asked.inputs, document=asked.document, step=asked.step
                )
            except (UnknownNameError, NoRunOfFilesError):
                return None

    return followed


def _claims(asked: Asked) -> Answered | None:
    from ltvcli.pipeline import audit

    if asked.pitch is None:
        return None
    files = [asked.pitch, *asked.inputs]
    return _run(asked, lambda used: audit.run(files, used, step=asked.step))


def _leavers(asked: Asked) -> Answered:
    from ltvcli.pipeline import leavers

    return leavers.run(
        asked.inputs,
        asked.settings,
        asked.cancellations,
        quotes=asked.quotes,
        rejects=asked.rejects,
        step=asked.step,
    )


def _scorecard(asked: Asked) -> Answered:
    """Show results and trust side by side, with the targets of ltv.yaml."""
    from ltvcli.pipeline import scorecard
    from ltvcli.results.scorecard import TILES
    from ltvcli.settings import targets

    known = targets.find(asked.inputs, TILES)
    settings = override(asked.settings, by=())
    return _run(
        asked,
        lambda used: scorecard.run(asked.inputs, used, targets=known, step=asked.step),
        settings,
    )


def _decisions(asked: Asked) -> Answered:
    from ltvcli.pipeline import leavers

    return leavers.decisions(asked.inputs, asked.settings)


def _forecasts(asked: Asked) -> Answered:
    from ltvcli.pipeline import forecasts

    return forecasts.run(asked.inputs, asked.settings, asked.history, asked.step)


LEAVERS = Question(name="leavers", asks=N_("Who left, and why?"), answer=_leavers)
SCORECARD = Question(
    name="scorecard", asks=N_("What do results and trust show?"), answer=_scorecard
)
DECISIONS = Question(name="decisions", asks=N_("Which decisions are needed?"), answer=_decisions)
FORECASTS = Question(
    name="forecasts", asks=N_("What was forecast, and what happened?"), answer=_forecasts
)
VALUE = Question(name="calc", asks=N_("What is a customer worth?"), answer=_value)
CHANGES = Question(name="review", asks=N_("What changed, and why?"), answer=_changes)
COHORTS = Question(name="cohorts", asks=N_("Are newer cohorts better?"), answer=_cohorts)
RETENTION = Question(name="retention", asks=N_("Who stays?"), answer=_retention)
SEGMENTS = Question(name="segments", asks=N_("Which customers are worth most?"), answer=_segments)
MRR = Question(name="mrr", asks=N_("How does MRR change?"), answer=_mrr)
FORECAST = Question(
    name="predict", asks=N_("How much will existing customers bring?"), answer=_forecast
)
TREND = Question(
    name="trend",
    asks=N_("Which LTV was reported, and what is it from today's data?"),
    answer=_trend("ltv"),
)
TREND_OF_RATIO = Question(
    name="trend_of_ratio",
    asks=N_("Which LTV/CAC was reported, and what is it from today's data?"),
    answer=_trend("ltv_to_cac"),
)
CLAIMS = Question(name="audit", asks=N_("Do the company's own claims hold?"), answer=_claims)
