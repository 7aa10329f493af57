"""Recorded runs: the steps of `ltv history`, which lists, shows and forgets runs."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ltvcli import __version__
from ltvcli.language import N_
from ltvcli.record import figures, history_file, runs
from ltvcli.record.figures import RecordedFigure
from ltvcli.record.runs import RecordedRun
from ltvcli.results import Row, Sentence, Statement
from ltvcli.results.history import HistoryReport


def listed(path: Path, typed: Sequence[str] = ()) -> HistoryReport:
    """List the runs of a history, the oldest first.

    Args:
        path: of the history.
        typed: options that name it, for the command to type next.

    Raises:
        LtvError: it cannot be read.
    """
    with history_file.read(path) as history:
        recorded = runs.recorded(history)
        rows = [_row(run, runs.document(history, run.number)) for run in recorded]
    newest = ["show", str(recorded[-1].number)] if recorded else []
    return HistoryReport(
        **_about(path, recorded),
        action="list",
        main="runs",
        tables={"runs": tuple(rows)},
        next_command=shlex.join(["ltv", "history", *newest, *typed]) if newest else "",
    )


def shown(path: Path, number: int) -> HistoryReport:
    """Show the result of a run.

    Args:
        path: of the history.
        number: of the run.

    Raises:
        NoSuchRunError: there is none.
        LtvError: the history cannot be read.
    """
    with history_file.read(path) as history:
        recorded = runs.recorded(history)
        run = runs.find(history, number)
        document = runs.document(history, number)
    given = document["provenance"]["given"]
    headline = Sentence(
        N_("ltv {command}, recorded {at} by ltv {version}"),
        {"command": run.command, "at": _time(run.recorded_at), "version": run.version},
    )
    details = {
        N_("Files"): ", ".join(_files(document)),
        N_("Given"): ", ".join(map(_setting, given.items())),
    }
    rows = [*_figures("", figures.of(document))]
    for segment, of_segment in figures.by_segment(document).items():
        rows += _figures(segment, of_segment)
    return HistoryReport(
        **_about(path, recorded)
        | {"currency": document.get("currency"), "as_of": run.as_of}
        | {
            "says": (
                Statement(says=headline, label=N_("Run")),
                *(
                    Statement(label=label, says=Sentence("{text}", {"text": text}))
                    for label, text in details.items()
                    if text
                ),
            ),
        },
        action="show",
        number=number,
        document=document,
        main="figures",
        tables={"figures": tuple(rows)},
    )


def forgotten(path: Path, number: int) -> HistoryReport:
    """Forget a run.

    Args:
        path: of the history.
        number: of the run.

    Raises:
        NoSuchRunError: there is none.
        LtvError: the history cannot be written.
    """
    with history_file.read(path) as history:
        run = runs.find(history, number)
        document = runs.document(history, number)
    with history_file.opened(path) as history:
        runs.forget(history, number)
        recorded = runs.recorded(history)
    return HistoryReport(
        **_about(path, recorded),
        action="forget",
        number=number,
        main="runs",
        tables={"runs": (_row(run, document),)},
    )


def exported(path: Path) -> list[dict[str, Any]]:
    """Return every run with its document, settings and figures, the oldest first.

    Raises:
        LtvError: the history cannot be read.
    """
    with history_file.read(path) as history:
        return [
            {
                **_row(run, document),
                "settings": runs.settings(history, run.number),
                "figures": [
                    *_figures("", figures.of(document)),
                    *(
                        row
                        for segment, of_segment in figures.by_segment(document).items()
                        for row in _figures(segment, of_segment)
                    ),
                ],
                "document": document,
            }
            for run in runs.recorded(history)
            for document in [runs.document(history, run.number)]
        ]


def _about(path: Path, recorded: list[RecordedRun]) -> dict[str, Any]:
    """Return the common fields of answers about a history."""
    first = min((run.recorded_at.date() for run in recorded), default=None)
    if first is None:
        says = Sentence(N_("no runs in {path} yet"), {"path": str(path)})
    else:
        says = Sentence(
            N_("{n} {n:run|runs} since {day} in {path}"),
            {"n": len(recorded), "day": first, "path": str(path)},
        )
    return {
        "command": "history",
        "version": __version__,
        "as_of": None,
        "currency": None,
        "inputs": (),
        "given": {},
        "says": (Statement(says=says, label=N_("History")),),
        "runs": len(recorded),
    }


def _row(run: RecordedRun, document: dict[str, Any]) -> Row:
    name, figure = figures.main(document) or (None, None)
    return {
        "run": run.number,
        "recorded_at": _time(run.recorded_at),
        "command": run.command,
        "as_of": run.as_of.isoformat() if run.as_of else None,
        "figure": name,
        **_interval(figure),
        "currency": document.get("currency"),
        "version": run.version,
        "inputs_hash": run.inputs_hash,
        "settings_hash": run.settings_hash,
    }


def _interval(figure: RecordedFigure | None) -> dict[str, float | int | str | None]:
    return {
        "value": figure.value if figure else None,
        "value_low": figure.low if figure else None,
        "value_high": figure.high if figure else None,
        "unit": figure.unit if figure else None,
        "basis": figure.basis if figure else None,
        "horizon": figure.horizon if figure else None,
    }


def _figures(segment: str, known: figures.Figures) -> list[Row]:
    return [
        {"segment": segment or None, "figure": name, **_interval(figure)}
        for name, figure in known.items()
    ]


def _time(at: datetime) -> str:
    """Write a time of UTC as JSON has it: to the second."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _files(document: dict[str, Any]) -> list[str]:
    return [file["path"] for file in document["provenance"]["inputs"]]


def _setting(setting: tuple[str, Any]) -> str:
    return "{} {}".format(*setting)
