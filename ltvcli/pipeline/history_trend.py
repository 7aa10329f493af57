"""A figure over the runs of a history: the steps of `ltv history trend`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli import __version__
from ltvcli.errors import (
    NoRunOfFilesError,
    NothingRecordedError,
    NotRecordedByError,
    UnknownNameError,
)
from ltvcli.language import N_
from ltvcli.pipeline import history_answers, history_files, history_series
from ltvcli.pipeline.history_answers import Document, Question
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.record import figures, history_file, runs
from ltvcli.record.figures import Figures, RecordedFigure
from ltvcli.record.history_file import History
from ltvcli.record.runs import RecordedRun
from ltvcli.results import Estimate, Source
from ltvcli.results.history import HistoryReport, Restated
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.formulas.periods import Span

MOST_DAYS = 36
"""Days that are followed one by one; of more, the last one of each month."""


class _Said(Struct, frozen=True, kw_only=True):
    """The result of a run: the figure by segment, its settings, and the names of its files."""

    run: RecordedRun
    period: date
    figures: Mapping[str, RecordedFigure]
    settings: Settings
    paths: tuple[str, ...]
    currency: str | None
    question: Question
    names: frozenset[str]


def trend(
    path: Path,
    figure: str,
    files: Sequence[Any] = (),
    *,
    by: str = "",
    document: Document,
    step: Step = unwatched,
) -> HistoryReport:
    """Follow a figure over the runs that have it, beside the current values of the same days.

    Args:
        path: of the history.
        figure: its name, as in the JSON.
        files: exports as they are today; none for those of the newest run, if they are still where
            they were, else the sums that were recorded are valued by today's settings.
        by: what customers were segmented by, such as "channel"; "" for all customers.
        document: turns a report into its JSON document.
        step: called with the name of each step as it begins.

    Raises:
        UnknownNameError: no run has the figure.
        NotRecordedByError: no run has segments by `by`.
        NoRunOfFilesError: no run is about the kind of the files.
        NothingRecordedError: there are no runs.
        LtvError: the history or a file cannot be read.
    """
    from ltvcli.analyses.history import customers, sentences
    from ltvcli.analyses.history import trend as analysis

    with history_file.read(path) as history:
        recorded = runs.recorded(history)
        if not recorded:
            raise NothingRecordedError(file=str(path))
        reported, foreign = _said(history, recorded, figure, by, files)
        newest = reported[-1]
        run_files = history_files.of_run(newest.paths, newest.settings, newest.run.folder)
        inputs = list(files or run_files.paths)
        facts = {single.run.number: runs.facts(history, single.run.number) for single in reported}
    rows: dict[str, list[Restated]] = {}
    for single in reported:
        step(N_("Restating"))
        for compared in _compared(
            single, newest, inputs, facts[single.run.number], document, figure
        ):
            rows.setdefault(compared.segment, []).append(compared)
    doubted = [
        single.run.number
        for single in reported
        if customers.differ(facts[single.run.number], facts[newest.run.number])
    ]
    order = [*newest.figures, *(segment for segment in rows if segment not in newest.figures)]
    series = {
        segment: tuple(rows[segment]) if doubted else analysis.with_signals(rows[segment])
        for segment in order
        if segment in rows
    }
    every = tuple(row for of_segment in series.values() for row in of_segment)
    known = {
        segment: None if doubted else analysis.limits(of_segment)
        for segment, of_segment in series.items()
    }
    unit = next(iter(newest.figures.values())).unit
    return HistoryReport(
        command="history",
        version=__version__,
        as_of=newest.period,
        currency=newest.currency,
        inputs=(),
        given={},
        says=sentences.statements(
            every,
            newest.run,
            has_files=bool(inputs),
            elsewhere="" if files else run_files.elsewhere,
            missing=run_files.missing,
            unplaced=run_files.unplaced,
            here=history_files.of_current_folder(newest.settings) if files else "",
            foreign=foreign,
            names=sorted({name for single in reported for name in single.names}),
            doubted=doubted,
        ),
        action="trend",
        runs=len(recorded),
        figure=figure,
        unit=unit,
        by=by,
        trend=every,
        limits={segment: limits for segment, limits in known.items() if limits},
        main="trend",
        tables={"trend": analysis.table(every, unit)},
    )


def _said(
    history: History,
    recorded: Sequence[RecordedRun],
    figure: str,
    by: str,
    files: Sequence[Any],
) -> tuple[list[_Said], int]:
    """Return the values reported when each period ended, oldest first, and the number of others.

    Others are runs about other data than the files, or than the newest run; see `history_series`.

    Of several runs about one day, the last one of the first day on which it was reported counts:
    a mistake of that day was corrected, and a run of a later day says what was known later. One of
    files of the same names comes first.

    Raises:
        UnknownNameError: no run has the figure.
        NotRecordedByError: no run has segments by `by`.
        NoRunOfFilesError: no run is about the kind of the files.
    """
    every: list[tuple[RecordedRun, Mapping[str, Any], dict[str, Figures]]] = []
    for run in recorded:
        says = runs.document(history, run.number)
        settings = _settings(history, run, files)
        if not by:
            every.append((run, says, {"": figures.of(says)}))
        elif list(settings.by) == by.split(","):
            every.append((run, says, figures.by_segment(says)))
    if by and not every:
        raise NotRecordedByError(by=by)
    having = [
        (run, says, {name: values[figure] for name, values in segments.items() if figure in values})
        for run, says, segments in every
    ]
    having = [(run, says, values) for run, says, values in having if values]
    if not having:
        known = dict.fromkeys(
            name for *_, segments in every for values in segments.values() for name in values
        )
        raise UnknownNameError(kind=N_("recorded figures"), name=figure, known=list(known))
    data = [history_series.of_document(answer) for _, answer, _ in having]
    settings = _settings(history, having[-1][0], files)
    series = history_series.of_newest(data, history_series.of_files(files, settings))
    if series is None:
        raise NoRunOfFilesError(figure=figure, file=files[0])
    belongs = [run_data.may_be(series) for run_data in data]
    having = list(compress(having, belongs))
    data = list(compress(data, belongs))
    questions = [history_answers.question(run, answer) for run, answer, _ in having]
    asked = _most(questions)
    chosen: dict[date, _Said] = {}
    for (run, answer, of_segments), question, run_data in zip(having, questions, data, strict=True):
        period = run.as_of or run.recorded_at.date()
        earlier = chosen.get(period)
        is_later = earlier and run.recorded_at.date() > earlier.run.recorded_at.date()
        is_known = earlier and series.names & earlier.names and not run_data.has_files_of(series)
        if (question.command, question.span) == asked and not is_later and not is_known:
            inputs = answer["provenance"]["inputs"]
            chosen[period] = _Said(
                run=run,
                period=period,
                figures=of_segments,
                settings=_settings(history, run, files),
                paths=tuple(file["path"] for file in inputs if file["kind"] != "spend"),
                currency=answer.get("currency"),
                question=question,
                names=run_data.names,
            )
    days = sorted(chosen)
    if len(days) > MOST_DAYS:
        days = sorted({(day.year, day.month): day for day in days}.values())
    return [chosen[day] for day in days], belongs.count(False)


def _most(questions: Sequence[Question]) -> tuple[str, Span | None]:
    """Return command and length of the period of most runs; of several, those of the newest."""
    newest_first = [(question.command, question.span) for question in reversed(questions)]
    return max(dict.fromkeys(newest_first), key=newest_first.count)


def _settings(history: History, run: RecordedRun, files: Sequence[Any]) -> Settings:
    return history_files.settings_of(runs.settings(history, run.number), run.folder, files)


def _compared(
    single: _Said,
    newest: _Said,
    inputs: Sequence[Any],
    facts: Mapping[str, Any],
    document: Document,
    figure: str,
) -> Iterator[Restated]:
    """Restate the result of a run, segment by segment."""
    from ltvcli.analyses.history import trend as analysis

    is_same = single.run.version == __version__
    question, then = single.question, single.settings
    today = newest.settings
    same_settings = single.run.settings_hash == newest.run.settings_hash
    kept = history_answers.of_facts(question, facts, then, document)
    if inputs:
        answer = partial(
            history_answers.of_files, question, inputs, as_of=single.period, document=document
        )
        now = answer(today, is_newest=single is newest)
        data = now if same_settings else answer(then)
    else:
        data = {}
        now = kept if same_settings else history_answers.of_facts(question, facts, today, document)
    for segment, reported in single.figures.items():
        restated, by_version = now.get(segment, {}).get(figure), kept.get(segment, {}).get(figure)
        by_data = data.get(segment, {}).get(figure)
        yield analysis.compared(
            analysis.Steps(
                period=single.period,
                segment=segment,
                run=single.run.number,
                reported=_estimate(reported),
                by_version=by_version.value if by_version else None,
                by_data=by_data.value if by_data else None,
                restated=_estimate(restated) if restated else None,
                is_same_version=is_same,
                basis=reported.basis,
                horizon=reported.horizon,
                restated_basis=restated.basis if restated else None,
                restated_horizon=restated.horizon if restated else None,
            )
        )


def _estimate(figure: RecordedFigure) -> Estimate:
    return Estimate(value=figure.value, low=figure.low, high=figure.high, source=Source.MEASURED)
