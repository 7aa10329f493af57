"""Forecasts of customer value: `ltvcli.predict("orders.csv", horizon="12mo")`."""

from __future__ import annotations

from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

from ltvcli import targets
from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.api.recording import answered
from ltvcli.results.prediction import PredictReport


class PredictAnswer(Convertible, PredictReport, frozen=True, kw_only=True):
    """A PredictReport with methods to convert it."""


@written_errors()
def predict(
    *inputs: Any,
    model: str = "auto",
    out: str | PathLike[str] | None = None,
    include_customers: bool = False,
    plain_ids: bool = False,
    events: Any = (),
    **options: Any,
) -> PredictAnswer:
    """Predict the future value of customers, with a backtest.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or of subscriptions.
        model: "auto" for the forecast with the best record, or the name of one forecast.
        out: a .csv or .parquet file to write, with the past and future of every customer of orders.
        include_customers: list customers of orders, in tables["keep"] and tables["at_risk"].
        plain_ids: show the IDs of customers, not hashes of them.
        events: path or pandas data frame of a log of events, or a list of them: used if the first
            days reduce the error of a customer's value.
        options: the options of `ltv predict` with underscores: `horizon="12mo"`, `by="channel"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import predict as steps

    with targets.run({targets.OUT: out}):
        report = answered(
            options,
            partial(
                steps.run,
                inputs,
                model=model,
                customers_to=Path(out) if out else None,
                include_customers=include_customers,
                plain_ids=plain_ids,
                events=events if isinstance(events, (list, tuple)) else (events,),
            ),
        )
    return convertible(PredictAnswer, report)
