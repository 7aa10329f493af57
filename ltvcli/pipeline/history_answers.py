"""Answer the questions of recorded runs again: from files, or from their sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.errors import InputError, UnansweredError
from ltvcli.formulas import periods
from ltvcli.record import figures
from ltvcli.record.figures import Figures
from ltvcli.record.runs import RecordedRun
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings
from ltvcli.units import LATEST

if TYPE_CHECKING:
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.formulas.periods import Span
    from ltvcli.results import AnyReport
    from ltvcli.results.acquisition import Acquisition

Document = Callable[["AnyReport"], Mapping[str, Any]]
"""Turns a report into its JSON document, in English."""


class Question(Struct, frozen=True, kw_only=True):
    """The question of a run: a command, and for a review the length and names of its periods.

    A figure of one question is not that of another: the horizon may differ, or the period.
    """

    command: str
    span: Span | None = None
    against: str = ""


def question(run: RecordedRun, document: Mapping[str, Any]) -> Question:
    """Return the question of a run; a review names the periods it compared."""
    if run.command != "review" or "period" not in document:
        return Question(command=run.command)
    period = periods.named(document["period"])
    against = document.get("against") or period.earlier().name
    rivals = {period.a_year_earlier.name: "last-year", period.earlier().name: "previous"}
    if against not in rivals:
        rival = periods.named(against)
        rivals[against] = f"{rival.first}..{rival.last}"
    return Question(command=run.command, span=period.span, against=rivals[against])


def of_files(
    question: Question,
    inputs: Sequence[Any],
    settings: Settings,
    *,
    as_of: date,
    document: Document,
    is_newest: bool = False,
) -> dict[str, Figures]:
    """Answer again for an earlier day; nothing if the data does not cover it.

    Args:
        question: that was asked.
        inputs: files of today.
        settings: to answer by.
        as_of: the day.
        document: turns a report into its JSON document.
        is_newest: whether it is the newest day.

    Raises:
        InputError: of the newest day, on which files that cannot be used are not just too young.
    """
    from ltvcli.pipeline import benchmark, calc, cohorts, mrr, review, segments

    answers: Mapping[str, Callable[..., AnyReport]] = {
        "benchmark": benchmark.run,
        "calc": calc.run,
        "cohorts": cohorts.run,
        "mrr": mrr.run,
        "review": partial(
            review.run, period=question.span or review.DEFAULT_PERIOD, against=question.against
        ),
        "segments": segments.run,
    }
    if question.command not in answers:
        return {}
    settings_then = override(settings, as_of=as_of, today=LATEST)
    try:
        answered = document(answers[question.command](inputs, settings_then))
    except UnansweredError:
        return {}
    except InputError:
        if is_newest:
            raise
        return {}
    return {"": figures.of(answered), **figures.by_segment(answered)}


def of_facts(
    question: Question, facts: Mapping[str, Any], settings: Settings, document: Document
) -> dict[str, Figures]:
    """Value the recorded sums of a run; only `calc` and `review` need nothing else.

    Args:
        question: that was asked.
        facts: that were kept, by kind.
        settings: to answer by.
        document: turns a report into its JSON document.
    """
    from ltvcli.analyses.acquisition import cac
    from ltvcli.analyses.calc import answer
    from ltvcli.pipeline import report

    sums = [facts[kind] for kind in ("orders", "subscriptions") if kind in facts]
    if question.command not in ("calc", "review") or len(sums) != 1:
        return {}
    if settings.spend and "spend" not in facts:
        return {}
    costs = cac.answer(facts["spend"]) if "spend" in facts and settings.spend else None
    try:
        if question.span is not None:
            return _reviewed(question, facts, sums[0], settings, costs)
        worth = answer.answer(settings, sums[0], costs)
    except (InputError, UnansweredError):
        return {}
    return {"": figures.of(document(report.report(settings, worth, None, sums[0], costs)))}


def _reviewed(
    question: Question,
    facts: Mapping[str, Any],
    sums: Facts | Subscriptions,
    settings: Settings,
    costs: Acquisition | None,
) -> dict[str, Figures]:
    """Review the periods that a run has kept."""
    from ltvcli.analyses.review import answer, grouping

    if "periods" not in facts or question.span is None:
        return {}
    groups = grouping.grouping(sums, settings.min_customers)
    reviewed = answer.answer(
        facts["periods"], groups, settings, costs, question.span, question.against
    )
    known = {"basis": reviewed.basis, "horizon": reviewed.horizon, "tables": reviewed.tables}
    return {"": figures.of({"command": "review", **known})}
