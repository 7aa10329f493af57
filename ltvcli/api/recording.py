"""Recording from Python: `ltvcli.calc("orders.csv", cac=40, record=True)`.

`history` is the file, else the one in the user's data folder. `now` is the time of the run, as a
datetime; without it, this computer's clock is read here, at the edge of the package.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ltvcli import targets
from ltvcli.settings import settings as config

if TYPE_CHECKING:
    from ltvcli.pipeline.compiled import Remember
    from ltvcli.results import AnyReport
    from ltvcli.settings.settings import Settings

Reported = TypeVar("Reported", bound="AnyReport")


def answered(options: Mapping[str, Any], run: Callable[[Settings], Reported]) -> Reported:
    """Answer with the settings that options give, and record the answer if they ask for it.

    Args:
        options: keyword arguments; `record`, `history` and `now` say whether, where and as of when.
        run: answers with settings.

    Raises:
        LtvError: the history cannot be written, an option has no effect, or there is no answer.
    """
    from ltvcli.pipeline.report import refuse_unused

    settings, now = _resolved(options)
    if not settings.record:
        report = run(settings)
        refuse_unused(settings, report)
        return report
    from ltvcli.pipeline import recording

    with targets.within_run(), recording.of(settings, now, document) as remember:
        report = run(settings)
        refuse_unused(settings, report)
        remember(report)
    return report


@contextmanager
def of_several(options: Mapping[str, Any]) -> Iterator[tuple[Settings, Remember | None]]:
    """Return the settings from options, and a function that records answers if they ask for it.

    Args:
        options: keyword arguments; see `answered`.

    Raises:
        LtvError: the history cannot be written, or there is no answer.
    """
    settings, now = _resolved(options)
    if not settings.record:
        yield settings, None
        return
    from ltvcli.pipeline import recording

    remembering = recording.of_several(settings, now, document)
    with targets.within_run(), remembering as remember:
        yield settings, remember


def _resolved(options: Mapping[str, Any]) -> tuple[Settings, datetime]:
    known = {name: value for name, value in options.items() if name != "now"}
    now: datetime = options.get("now") or datetime.now()
    return config.from_python(known, may_record=True), now.astimezone()


def document(report: AnyReport) -> dict[str, Any]:
    """Return the JSON document of a report, in English."""
    from ltvcli.formats import json as json_format

    read: dict[str, Any] = json.loads(json_format.render(report, "en"))
    return read
