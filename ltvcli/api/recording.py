"""Recording from Python: `ltvcli.calc("orders.csv", cac=40, record=True)`.

`history` is the file, else the one in the user's data folder. `now` is the time of the run, as a
datetime; without it, this computer's clock is read here, at the edge of the package.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ltvcli import targets
from ltvcli.settings import settings as config

if TYPE_CHECKING:
    from ltvcli.results import AnyReport
    from ltvcli.settings.settings import Settings

Reported = TypeVar("Reported", bound="AnyReport")


def answered(options: Mapping[str, Any], run: Callable[[Settings], Reported]) -> Reported:
    """Answer with the settings that options give, and record the answer if they ask for it.

    Args:
        options: keyword arguments; `record`, `history` and `now` say whether, where and as of when.
        run: answers with settings.

    Raises:
        LtvError: the history cannot be written, or there is no answer.
    """
    known = {name: value for name, value in options.items() if name != "now"}
    settings = config.from_python(known, may_record=True)
    if not settings.record:
        return run(settings)
    from ltvcli.pipeline import recording

    now: datetime = options.get("now") or datetime.now()
    remembering = recording.of(settings, now.astimezone(), _document)
    with targets.within_run(), remembering as remember:
        report = run(settings)
        remember(report)
    return report


def _document(report: AnyReport) -> dict[str, Any]:
    from ltvcli.formats import json as json_format

    document: dict[str, Any] = json.loads(json_format.render(report, "en"))
    return document
