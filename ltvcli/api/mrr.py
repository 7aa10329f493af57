"""Monthly recurring revenue: `ltvcli.mrr("subscriptions.csv")`."""

from __future__ import annotations

from functools import partial
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.api.recording import answered
from ltvcli.results.mrr import MrrReport


class MrrAnswer(Convertible, MrrReport, frozen=True, kw_only=True):
    """A MrrReport with methods to convert it."""


@written_errors()
def mrr(*inputs: Any, by: str | None = None, reconcile: bool = False, **options: Any) -> MrrAnswer:
    """Follow monthly recurring revenue from exports of subscriptions.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of subscriptions.
        by: "plan" for a breakdown by plan.
        reconcile: compare conventions.
        options: the options of `ltv mrr` with underscores: `as_="stripe"`, `from_="2026-01-01"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import mrr as steps

    report = answered(options, partial(steps.run, inputs, by=by, reconcile=reconcile))
    return convertible(MrrAnswer, report)
