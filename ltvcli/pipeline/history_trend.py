"""A figure over the runs of a history: the steps of `ltv history trend`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__
from ltvcli.errors import (
    InputError,
    NothingRecordedError,
    NotRecordedByError,
    UnansweredError,
    UnknownNameError,
)
from ltvcli.language import N_
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.record import figures, history_file, runs, settings_then
from ltvcli.record.figures import Figures, RecordedFigure
from ltvcli.record.history_file import History
from ltvcli.record.runs import RecordedRun
from ltvcli.results import Estimate, Source
from ltvcli.results.history import HistoryReport, Restated
from ltvcli.settings.settings import Settings
from ltvcli.units import LATEST

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

MOST_DAYS = 36
"""Days that are followed one by one; of more, the last one of each month."""
Document = Callable[["AnyReport"], Mapping[str, Any]]
"""Turns a report into its JSON document, in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a run said: the figure by segment, and the settings it was computed by."""

    run: RecordedRun
    period: date
    figures: Mapping[str, RecordedFigure]
    settings: Settings
    paths: tuple[str, ...]
    currency: str | None


def trend(
    path: Path,
    figure: str,
    files: Sequence[Any] = (),
    *,
    by: str = "",
    document: Document,
    step: Step = unwatched,
) -> HistoryReport:
    """Follow a figure over the runs that have it, beside what is known of the same days now.

    Args:
        path: of the history.
        figure: its name, as in the JSON.
        files: exports as they are today; none for those of the newest run, if they still exist,
            else the sums that were recorded are valued by today's settings.
        by: what customers were segmented by, such as "channel"; "" for all customers.
        document: turns a report into its JSON document.
        step: called with the name of each step as it begins.

    Raises:
        UnknownNameError: no run has the figure.
        NotRecordedByError: no run tells customers apart by `by`.
        NothingRecordedError: there are no runs.
        LtvError: the history or a file cannot be read.
    """
    from ltvcli.analyses.history import sentences
    from ltvcli.analyses.history import trend as analysis

    with history_file.read(path) as history:
        recorded = runs.recorded(history)
        if not recorded:
            raise NothingRecordedError(file=str(path))
        reported = _said(history, recorded, figure, by)
        newest = reported[-1]
        inputs = list(files) or _still_there(newest)
        facts = {single.run.number: runs.facts(history, single.run.number) for single in reported}
    rows: dict[str, list[Restated]] = {}
    for single in reported:
        step(N_("Restating"))
        for compared in _compared(
            single, newest, inputs, facts[single.run.number], document, figure
        ):
            rows.setdefault(compared.segment, []).append(compared)
    order = [*newest.figures, *(segment for segment in rows if segment not in newest.figures)]
    series = {segment: analysis.with_signals(rows[segment]) for segment in order if segment in rows}
    every = tuple(row for of_segment in series.values() for row in of_segment)
    known = {segment: analysis.limits(of_segment) for segment, of_segment in series.items()}
    unit = next(iter(newest.figures.values())).unit
    return HistoryReport(
        command="history",
        version=__version__,
        as_of=newest.period,
        currency=newest.currency,
        inputs=(),
        given={},
        says=sentences.says(every, newest.run, has_files=bool(inputs)),
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


def _said(history: History, recorded: Sequence[RecordedRun], figure: str, by: str) -> list[_Said]:
    """Return what was said of each period when it ended, the oldest first.

    Of several runs about one day, the last one of the first day on which it was reported counts:
    a mistake of that day was corrected, and a run of a later day says what was known later.

    Raises:
        UnknownNameError: no run has the figure.
        NotRecordedByError: no run tells customers apart by `by`.
    """
    every: list[tuple[RecordedRun, Mapping[str, Any], dict[str, Figures]]] = []
    for run in recorded:
        says = runs.document(history, run.number)
        settings = settings_then.restored(runs.settings(history, run.number))
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
    command = _command([run for run, *_ in having])
    chosen: dict[date, _Said] = {}
    for run, answer, of_segments in having:
        period = run.as_of or run.recorded_at.date()
        earlier = chosen.get(period)
        is_later = earlier and run.recorded_at.date() > earlier.run.recorded_at.date()
        if run.command == command and not is_later:
            inputs = answer["provenance"]["inputs"]
            chosen[period] = _Said(
                run=run,
                period=period,
                figures=of_segments,
                settings=settings_then.restored(runs.settings(history, run.number)),
                paths=tuple(file["path"] for file in inputs if file["kind"] != "spend"),
                currency=answer.get("currency"),
            )
    days = sorted(chosen)
    if len(days) > MOST_DAYS:
        days = sorted({(day.year, day.month): day for day in days}.values())
    return [chosen[day] for day in days]


def _command(having: Sequence[RecordedRun]) -> str:
    """Return the command of most runs that have a figure; of several, that of the newest run.

    A figure of one command is not that of another: the horizon may differ, or the period.
    """
    newest_first = [run.command for run in reversed(having)]
    return max(dict.fromkeys(newest_first), key=newest_first.count)


def _still_there(newest: _Said) -> list[Any]:
    """Return the files of a run if they all still exist; else none."""
    settings = newest.settings
    needed = [*newest.paths, *(name.rpartition("=")[2] for name in settings.spend)]
    needed += [settings.customers] if settings.customers else []
    return list(newest.paths) if all(map(os.path.isfile, needed)) else []


def _compared(
    single: _Said,
    newest: _Said,
    inputs: Sequence[Any],
    facts: Mapping[str, Any],
    document: Document,
    figure: str,
) -> Iterator[Restated]:
    """Restate what a run said, segment by segment."""
    from ltvcli.analyses.history import trend as analysis

    is_same = single.run.version == __version__
    command, then = single.run.command, single.settings
    today = newest.settings
    same_settings = single.run.settings_hash == newest.run.settings_hash
    kept = _of_facts(command, facts, then, document)
    if inputs:
        answer = partial(_of_files, command, inputs, as_of=single.period, document=document)
        now = answer(today, is_newest=single is newest)
        data = now if same_settings else answer(then)
    else:
        data = {}
        now = kept if same_settings else _of_facts(command, facts, today, document)
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
            )
        )


def _of_files(
    command: str,
    inputs: Sequence[Any],
    settings: Settings,
    *,
    as_of: date,
    document: Document,
    is_newest: bool = False,
) -> dict[str, Figures]:
    """Answer again for a day of the past; nothing where the data does not say anything of it.

    Raises:
        InputError: of the newest day, on which files that cannot be used are not just too young.
    """
    from ltvcli.pipeline import benchmark, calc, cohorts, mrr, review, segments

    answers: Mapping[str, Callable[..., AnyReport]] = {
        "benchmark": benchmark.run,
        "calc": calc.run,
        "cohorts": cohorts.run,
        "mrr": mrr.run,
        "review": review.run,
        "segments": segments.run,
    }
    if command not in answers:
        return {}
    try:
        answered = document(answers[command](inputs, replace(settings, as_of=as_of, today=LATEST)))
    except UnansweredError:
        return {}
    except InputError:
        if is_newest:
            raise
        return {}
    return {"": figures.of(answered), **figures.by_segment(answered)}


def _of_facts(
    command: str, facts: Mapping[str, Any], settings: Settings, document: Document
) -> dict[str, Figures]:
    """Value the sums that a run has kept; only `calc` needs nothing else."""
    from ltvcli.analyses.acquisition import cac
    from ltvcli.analyses.calc import answer
    from ltvcli.pipeline import report

    sums = [facts[kind] for kind in ("orders", "subscriptions") if kind in facts]
    if command != "calc" or len(sums) != 1:
        return {}
    if settings.spend and "spend" not in facts:
        return {}
    costs = cac.answer(facts["spend"]) if "spend" in facts and settings.spend else None
    try:
        worth = answer.answer(settings, sums[0], costs)
    except (InputError, UnansweredError):
        return {}
    return {"": figures.of(document(report.report(settings, worth, None, sums[0], costs)))}


def _estimate(figure: RecordedFigure) -> Estimate:
    return Estimate(value=figure.value, low=figure.low, high=figure.high, source=Source.MEASURED)
