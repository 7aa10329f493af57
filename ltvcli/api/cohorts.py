"""Customers by the period of their first order: `ltvcli.cohorts("orders.csv")`."""

from __future__ import annotations

from functools import partial
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.api.recording import answered
from ltvcli.results.cohorts import CohortsReport


class CohortsAnswer(Convertible, CohortsReport, frozen=True, kw_only=True):
    """A CohortsReport with methods to convert it."""


@written_errors()
def cohorts(*inputs: Any, by: str = "month", metric: str = "ltv", **options: Any) -> CohortsAnswer:
    """Compare cohorts of customers by their first order or first payment for a subscription.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or of subscriptions.
        by: "month" or "quarter".
        metric: what to show at each age: "ltv" (to date), "retention", "revenue", "margin"; of
            orders "orders", of subscriptions "revenue-retention".
        options: the options of `ltv cohorts` with underscores: `cac=40`, `new_since="2026-01-01"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import cohorts as steps

    report = answered(options, partial(steps.run, inputs, by=by, metric=metric))
    return convertible(CohortsAnswer, report)
