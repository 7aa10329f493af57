"""Recording of a run in the history, with `--record`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ltvcli.commands._start import Start
    from ltvcli.results import AnyReport
    from ltvcli.settings.settings import Settings


def _nothing(_: AnyReport) -> None:
    """Record nothing."""


@contextmanager
def of(settings: Settings, start: Start) -> Iterator[Callable[[AnyReport], None]]:
    """Return a function that records a report; it does nothing unless the settings ask for it.

    Args:
        settings: all settings.
        start: with the time of the run.

    Raises:
        LtvError: the history cannot be written.
    """
    if not settings.record:
        yield _nothing
        return
    from ltvcli.pipeline import recording

    with recording.of(settings, start.now, document) as remember:
        yield remember


@contextmanager
def of_several(
    settings: Settings, start: Start
) -> Iterator[Callable[[AnyReport, Settings, Mapping[str, object]], None]]:
    """Return a function that records reports with their settings and facts, if asked for.

    Args:
        settings: all settings.
        start: with the time of the runs.

    Raises:
        LtvError: the history cannot be written.
    """
    if not settings.record:
        yield lambda *_: None
        return
    from ltvcli.pipeline import recording

    with recording.of_several(settings, start.now, document) as remember:
        yield remember


def document(report: AnyReport) -> dict[str, Any]:
    """Return the JSON document of a report, in English."""
    import json

    from ltvcli.formats import json as json_format

    read: dict[str, Any] = json.loads(json_format.render(report, "en"))
    return read
