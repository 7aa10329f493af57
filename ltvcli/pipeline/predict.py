"""What customers will bring, and how often that was right: the steps of `ltv predict`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ltvcli import __version__, reported
from ltvcli.config import Settings
from ltvcli.errors import NoFileError, SubscriptionsError
from ltvcli.language import N_
from ltvcli.pipeline import reading, spending
from ltvcli.pipeline.reading import Step, unwatched
from ltvcli.results.prediction import PredictReport

SETTINGS = (
    "as_of", "by", "cac", "cac_lag", "currency", "customers", "date_format", "discount", "encoding",
    "from_", "horizon", "margin", "new_since", "spend", "to",
)  # fmt: skip
"""Settings that change what is said."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    *,
    model: str = "auto",
    rejects: Path | None = None,
    step: Step = unwatched,
) -> PredictReport:
    """Predict what the customers of exports of orders will bring, and test that on earlier days.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given.
        model: "auto" for the mixture with the best record, or the name of one forecast.
        rejects: where to write the rows that were set aside.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli import facts
    from ltvcli.analyses import prediction
    from ltvcli.read import asked, kind, orders

    if not inputs:
        raise NoFileError(command="predict", example="orders.csv")
    of_orders = spending.left_out(settings)
    with reading.opened(inputs, of_orders, step) as (sheets, temp):
        if "subscriptions" in kind.split(sheets, of_orders.map):
            raise SubscriptionsError(command="predict")
        wanted = asked.asked(of_orders, temp)
        spent = spending.opened(settings, temp)
        others = [*wanted.sheets, *spent]
        load = spending.beside(
            partial(orders.load, asked=wanted), spent, len(sheets) + len(wanted.sheets)
        )
        stored = reading.stored(sheets, temp, settings, rejects, step, load, others)
        with stored as (found, engine):
            step(N_("Adding up"))
            sums = facts.gather(
                engine, found.as_of, settings.lapse_after, by_segment=bool(settings.by)
            )
            step(N_("Predicting, and looking back"))
            answer = prediction.answer(engine, sums, settings, model)
    report = PredictReport(
        command="predict",
        version=__version__,
        as_of=found.as_of,
        currency=found.currency,
        inputs=found.inputs,
        given=reported.said(settings, SETTINGS),
        horizon=round(answer.horizon),
        basis=answer.basis,
        says=answer.says,
        terms=answer.terms,
        main="totals",
        tables=answer.tables,
        evidence=answer.evidence,
    )
    return reported.judged(settings, report)
