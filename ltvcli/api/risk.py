"""Who will leave: `ltvcli.risk(customers="customers.csv", outcome="churned")`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.results.risk import RiskReport
from ltvcli.settings import settings as config
from ltvcli.units import parse_months


class RiskAnswer(Convertible, RiskReport, frozen=True, kw_only=True):
    """A RiskReport with methods to convert it."""


@written_errors()
def risk(
    *inputs: Any,
    customers: Any = None,
    outcome: str | None = None,
    without: Sequence[str] = (),
    prospects: Any = None,
    declined: Any = None,
    events: Any = (),
    last: Any = None,
    opportunities: bool = False,
    plain_ids: bool = False,
    within: str | float | None = None,
    **options: Any,
) -> RiskAnswer:
    """Predict who leaves, and evaluate the prediction; needs scikit-learn (`ltvcli[risk]`).

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or
            subscriptions that say who left; none where `outcome` does.
        customers: path or pandas data frame with a row per customer.
        outcome: column that says who left, as 0 and 1 or in words, or "COLUMN=VALUE";
            "below-zero" is a contribution below CAC.
        without: columns that are not to be used.
        prospects: path or pandas data frame with a row per prospect, to score; without it, and
            without `declined`, the customers are scored who are there today.
        declined: path or pandas data frame with a row per prospect who was declined.
        events: path or pandas data frame of a log of events, or a list of them: whether the first
            days add to what was known at signing.
        last: path or pandas data frame of the last call list, for orders without `customers`.
        opportunities: find the next product of customers and who moves up, instead.
        plain_ids: list customers by their IDs, not by hashes of them.
        within: time in which a customer leaves or not, as text or in months; "6mo" if None.
        options: the options of `ltv risk` with underscores: `cac=500`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import risk as steps
    from ltvcli.pipeline import risk_report
    from ltvcli.pipeline.report import refuse_unused

    question = risk_report.Question(
        outcome=outcome,
        without=tuple(without),
        within=_months(within) if within else risk_report.WITHIN,
    )
    settings = config.from_python(options)
    report = steps.run(
        inputs,
        settings,
        question,
        risk_report.Files(
            customers=customers,
            prospects=prospects,
            declined=declined,
            events=events if isinstance(events, (list, tuple)) else (events,),
            last=last,
        ),
        opportunities=opportunities,
        plain_ids=plain_ids,
    )
    refuse_unused(settings, report)
    return convertible(RiskAnswer, report)


def _months(within: str | float) -> int:
    return round(parse_months("within", within if isinstance(within, str) else f"{within}mo"))
