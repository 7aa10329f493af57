"""Recording of a run in the history, with `--record`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ltvcli import targets

if TYPE_CHECKING:
    from pathlib import Path

    from ltvcli.commands._start import Start
    from ltvcli.results import AnyReport
    from ltvcli.settings.settings import Settings


def _nothing(_: AnyReport) -> None:
    """Record nothing."""


@contextmanager
def of(settings: Settings, start: Start) -> Iterator[Callable[[AnyReport], None]]:
    """Return what records a report; it does nothing unless the settings ask for it.

    That the history can be written is found out first. What goes wrong later is raised at the
    end, so that the result is shown in any case.

    Args:
        settings: all settings.
        start: with the time of the run.

    Raises:
        LtvError: the history cannot be written.
    """
    if not settings.record:
        yield _nothing
        return
    from ltvcli.errors import LtvError
    from ltvcli.facts import kept
    from ltvcli.record import history_file, place

    path = place.path_of(settings)
    if path.parent.exists():  # else it is made when the run is recorded
        targets.writing(targets.HISTORY, path)
    history_file.check(path)
    errors: list[LtvError] = []

    def remember(report: AnyReport) -> None:
        try:
            _add(path, settings, start, report, facts)
        except LtvError as error:
            errors.append(error)

    with kept.keeping() as facts:
        yield remember
    if errors:
        raise errors[0]


def _add(
    path: Path, settings: Settings, start: Start, report: AnyReport, facts: dict[str, object]
) -> None:
    import json

    from ltvcli.formats import json as json_format
    from ltvcli.record import history_file, runs, settings_then

    run = runs.NewRun(
        at=start.now,
        version=report.version,
        command=report.command,
        as_of=report.as_of,
        inputs=report.inputs,
        settings=settings_then.document(settings),
        settings_hash=settings_then.settings_hash(settings),
        document=json.loads(json_format.render(report, "en")),
        facts=facts,
    )
    with history_file.opened(path) as history:
        runs.add(history, run)
