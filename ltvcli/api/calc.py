"""What a customer is worth: `ltvcli.calc("orders.csv", margin=0.4, cac=5000)`."""

from __future__ import annotations

from functools import partial
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.api.recording import answered
from ltvcli.results import Report
from ltvcli.results.combined import CombinedReport


class Answer(Convertible, Report, frozen=True, kw_only=True):
    """A Report with methods to convert it."""


class CombinedAnswer(Convertible, CombinedReport, frozen=True, kw_only=True):
    """A CombinedReport with methods to convert it."""


@written_errors()
def calc(*inputs: Any, **options: Any) -> Answer | CombinedAnswer:
    """Value a customer from exports of orders or subscriptions, or from given numbers alone.

    Exports of both give an answer with `orders`, `subscriptions`, and tables["together"].

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or subscriptions; or
            one table of orders, `ltvcli.table(...)` or a Spark DataFrame. None means numbers only.
        options: the options of `ltv calc` with underscores: `margin=0.4`, `cac=5000`,
            `lapse_after="90d"`, `map={"customer": "顧客番号"}`. Lengths of time are text or months.
            `record=True` records the answer in `history`, at the time `now` if it is given.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.

    >>> calc(arpu=10_000, churn=0.05, cac=60_000).verdict.grade
    <Grade.HEALTHY: 'healthy'>
    """
    from ltvcli.pipeline import calc as steps

    report = answered(options, partial(steps.run, inputs))
    if isinstance(report, CombinedReport):
        return convertible(CombinedAnswer, report)
    return convertible(Answer, report)
