"""Recorded runs: `ltvcli.history(trend="ltv_to_cac")`."""

from __future__ import annotations

import json
from os import PathLike
from pathlib import Path
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.results.history import HistoryReport
from ltvcli.settings import settings as config


class HistoryAnswer(Convertible, HistoryReport, frozen=True, kw_only=True):
    """A HistoryReport with methods to convert it."""


@written_errors()
def history(
    *inputs: Any,
    path: str | PathLike[str] | None = None,
    run: int | None = None,
    trend: str | None = None,
    by: str = "",
    forecasts: bool = False,
) -> HistoryAnswer:
    """List the runs that `--record`, or `record=True`, has recorded, show one, or look back.

    Args:
        inputs: with `trend` or `forecasts`, exports as they are today; none for those of the
            newest run.
        path: of the history; None for the one in the user's data folder.
        run: number of the run to show; its `document` is its answer.
        trend: figure to follow, as "ltv_to_cac".
        by: with `trend`, what customers were segmented by, such as "channel".
        forecasts: compare the recorded runs of `predict` with actual results.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.formats import json as json_format
    from ltvcli.pipeline import history as steps
    from ltvcli.pipeline import history_forecasts, history_trend
    from ltvcli.record import place

    file = Path(path) if path else place.path_of(config.Settings())
    if trend is not None:
        report = history_trend.trend(
            file,
            trend,
            inputs,
            by=by,
            document=lambda answer: json.loads(json_format.render(answer, "en")),
        )
    elif forecasts:
        report = history_forecasts.judged(file, inputs)
    else:
        report = steps.listed(file) if run is None else steps.shown(file, run)
    return convertible(HistoryAnswer, report)
