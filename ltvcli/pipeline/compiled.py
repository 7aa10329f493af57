"""Answers of several commands about the same files: the steps of `ltv report`."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ltvcli import __version__, registry
from ltvcli.errors import (
    BoardOnlyError,
    LtvError,
    NoFileError,
    QuotesWithoutCommentsError,
    TwoKindsError,
    UnansweredError,
    UnknownNameError,
)
from ltvcli.language import N_
from ltvcli.pipeline import compilations, sharing
from ltvcli.pipeline.compilations import _questions
from ltvcli.pipeline.compilations._questions import Asked, Document, Question
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import TYPED_BARE, Fact, Sentence
from ltvcli.results.compiled import Answered, Chapter, CompiledReport
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

WORKBOOK = (_questions.COHORTS, _questions.SEGMENTS, _questions.MRR)
"""Questions that a workbook of a value answers beside it."""
Remember = Callable[["AnyReport", Settings, Mapping[str, object]], None]
"""Records a report with its settings and the facts behind it."""
BOARD = "board"
"""The report that cancellations and quotes are for."""


def run(
    name: str,
    inputs: Sequence[Any],
    settings: Settings,
    *,
    document: Document,
    pitch: str | None = None,
    cancellations: Sequence[str] = (),
    quotes: bool = False,
    history: Path | None = None,
    remember: Remember | None = None,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> CompiledReport:
    """Answer every question of a report; the files are read once.

    A question that the data cannot answer keeps its place, with the reason.

    Answers are remembered at the end, so that what is recorded changes no answer of its own report.

    Args:
        name: of the report, as in "monthly".
        inputs: paths, globs, "-" or pandas data frames, of orders or of subscriptions.
        settings: what was given.
        document: turns a report into its JSON document.
        pitch: a file with the company's claims.
        cancellations: files of cancellations with stated reasons, for the board.
        quotes: whether their comments are quoted, masked, for the board.
        history: the file of recorded runs.
        remember: records each answer that a command gives alone as well, as that command does.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        UnknownNameError: there is no such report.
        BoardOnlyError: cancellations or quotes for another report than that for a board.
        QuotesWithoutCommentsError: quotes, and no file with comments.
        LtvError: the input cannot be used, or the data answers nothing.
    """
    known = registry.names(compilations)
    if name not in known:
        raise UnknownNameError(kind=N_("reports"), name=name, known=known)
    if name != BOARD:
        for option, typed in (("--cancellations", cancellations), ("--quotes", quotes)):
            if typed:
                raise BoardOnlyError(option=option)
    if quotes and not (cancellations or settings.survey):
        raise QuotesWithoutCommentsError
    if not inputs:
        raise NoFileError(command=f"report {name}", example="orders.csv --spend spend.csv")
    compilation = registry.load(compilations, name)
    with sharing.sharing():
        asked = Asked(
            inputs=inputs,
            settings=settings,
            kinds=_questions.kinds_of(inputs, settings),
            document=document,
            pitch=pitch,
            cancellations=tuple(cancellations),
            quotes=quotes,
            history=history,
            rejects=rejects,
            step=step,
        )
        chapters = _answered(compilation.QUESTIONS, asked)
    if remember:
        for run in asked.runs:
            remember(run.report, run.settings, run.facts)
    first = _of_files(chapters)[0]
    typed = [file.path for file in first.inputs if file.kind in TYPED_BARE and file.source is None]
    typed += [word for path in cancellations for word in ("--cancellations", path)]
    typed += [
        *settings.typed,
        *(["--quotes"] if quotes else []),
        *(["--pitch", pitch] if pitch else []),
    ]
    return CompiledReport(
        command="report",
        version=__version__,
        as_of=first.as_of,
        currency=first.currency,
        inputs=first.inputs,
        given=first.given,
        settings=first.settings,
        name=name,
        title=compilation.TITLE,
        chapters=chapters,
        next_command=shlex.join(["ltv", "report", name, *typed, "--out", f"{name}.html"]),
    )


def of_workbook(
    value: Answered, inputs: Sequence[Any], settings: Settings, step: Step = unwatched
) -> CompiledReport:
    """Add to a value the cohorts, segments and MRR that its workbook contains.

    A question that the data cannot answer keeps its place, with the reason; no error of it is one
    of the value. Orders and subscriptions together have the value alone.

    Args:
        value: the answer of `ltv calc`.
        inputs: the files of which it is.
        settings: what was given.
        step: called with the name of each step as it begins.
    """
    asked = Asked(
        inputs=inputs,
        settings=settings,
        kinds=_questions.kinds_of(inputs, settings),
        document=lambda _: {},
        step=step,
    )
    first = Chapter(name=_questions.VALUE.name, question=_questions.VALUE.asks, report=value)
    return CompiledReport(
        command=value.command,
        version=value.version,
        as_of=value.as_of,
        currency=value.currency,
        inputs=value.inputs,
        given=value.given,
        settings=value.settings,
        name=value.command,
        title=N_("Workbook"),
        chapters=(first, *(_beside(WORKBOOK, asked) if len(asked.kinds) == 1 else ())),
        next_command=value.next_command,
    )


def _beside(questions: Sequence[Question], asked: Asked) -> Iterator[Chapter]:
    """Answer additional questions, or give the reasons why they have no answer."""
    for question in questions:
        try:
            report = question.answer(asked)
        except LtvError as error:
            missing = _missing(error)
            yield Chapter(name=question.name, question=question.asks, missing=missing)
        else:
            if report is not None:
                yield Chapter(name=question.name, question=question.asks, report=report)


def _missing(error: LtvError) -> Sentence:
    """Return why there is no answer."""
    return Sentence(error.problem, cast("dict[str, Fact]", error.facts))


def _answered(questions: Sequence[Question], asked: Asked) -> tuple[Chapter, ...]:
    """Answer the questions that arise.

    Raises:
        LtvError: the input cannot be used, or no question can be answered.
    """
    chapters: list[Chapter] = []
    errors: list[UnansweredError | TwoKindsError] = []
    for question in questions:
        try:
            report = question.answer(asked)
        except (UnansweredError, TwoKindsError) as error:
            errors.append(error)
            missing = _missing(error)
            chapters.append(Chapter(name=question.name, question=question.asks, missing=missing))
        else:
            if report is not None:
                chapters.append(Chapter(name=question.name, question=question.asks, report=report))
    if not _of_files(chapters):
        raise errors[0]
    return tuple(chapters)


def _of_files(chapters: Sequence[Chapter]) -> list[Answered]:
    """Return the answers from files; decisions and recorded forecasts are from none."""
    reports = (chapter.report for chapter in chapters)
    return [report for report in reports if report is not None and report.inputs]
