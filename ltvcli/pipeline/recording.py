"""Recording of a run in the history: by `--record`, and by `record=True` in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import targets

if TYPE_CHECKING:
    from ltvcli.results import AnyReport
    from ltvcli.settings.settings import Settings

Document = Callable[["AnyReport"], Mapping[str, Any]]
"""Turns a report into its JSON document, in English."""


@contextmanager
def of(
    settings: Settings, now: datetime, document: Document
) -> Iterator[Callable[[AnyReport], None]]:
    """Return a function that records a report in the history.

    That the history can be written is found out first. What goes wrong later is raised at the
    end, so that the result is shown in any case.

    Args:
        settings: all settings.
        now: time of the run, with its zone.
        document: turns a report into its JSON document.

    Raises:
        LtvError: the history cannot be written.
    """
    from ltvcli.facts import kept

    with of_several(settings, now, document) as remember, kept.keeping() as facts:
        yield lambda report: remember(report, settings, facts)


@contextmanager
def of_several(
    settings: Settings, now: datetime, document: Document
) -> Iterator[Callable[[AnyReport, Settings, Mapping[str, object]], None]]:
    """Return a function that records reports with their settings and facts; see `of`.

    Args:
        settings: all settings, with the place of the history.
        now: time of the runs, with its zone.
        document: turns a report into its JSON document.

    Raises:
        LtvError: the history cannot be written.
    """
    from ltvcli.errors import LtvError
    from ltvcli.record import history_file, place

    path = place.path_of(settings)
    if path.parent.exists():  # else it is made when the run is recorded
        targets.writing(targets.HISTORY, path)
    history_file.check(path)
    errors: list[LtvError] = []

    def remember(report: AnyReport, used: Settings, facts: Mapping[str, object]) -> None:
        try:
            _add(path, used, now, report, document, facts)
        except LtvError as error:
            errors.append(error)

    yield remember
    if errors:
        raise errors[0]


def _add(
    path: Path,
    settings: Settings,
    now: datetime,
    report: AnyReport,
    document: Document,
    facts: Mapping[str, object],
) -> None:
    from ltvcli.record import history_file, runs, settings_then

    run = runs.NewRun(
        at=now,
        version=report.version,
        command=report.command,
        as_of=report.as_of,
        inputs=report.inputs,
        settings=settings_then.document(settings),
        settings_hash=settings_then.settings_hash(settings),
        document=document(report),
        facts=facts,
        folder=settings_then.folder_now(),
    )
    with history_file.opened(path) as history:
        runs.add(history, run)
