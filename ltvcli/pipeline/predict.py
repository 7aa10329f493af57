"""What customers will bring, and how often that was right: the steps of `ltv predict`."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__, customer_ids, targets
from ltvcli.atomic_write import replacing
from ltvcli.errors import (
    NoFileError,
    OutputError,
    OutputOfCustomersError,
    SubscriptionsError,
)
from ltvcli.language import N_, why
from ltvcli.pipeline import load, spending
from ltvcli.pipeline import report as reported
from ltvcli.pipeline.load import Step, unwatched
from ltvcli.results.prediction import PredictReport
from ltvcli.settings.settings import Settings
from ltvcli.spreadsheets import as_cell

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

SETTINGS = (
    "as_of", "by", "cac", "cac_lag", "currency", "customers", "date_format", "discount",
    "encoding", "exclude", "from_", "horizon", "margin", "new_since", "retention_cost", "spend",
    "status_paid", "to",
)  # fmt: skip
"""Settings that change what is said."""
CSV, PARQUET = ".csv", ".parquet"
"""What files of customers end with."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    *,
    model: str = "auto",
    customers_to: Path | None = None,
    include_customers: bool = False,
    plain_ids: bool = False,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> PredictReport:
    """Predict what the customers of exports of orders will bring, and test that on earlier days.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given.
        model: "auto" for the mixture with the best record, or the name of one forecast.
        customers_to: where to write a row for every customer, a .csv or .parquet file.
        include_customers: list the ten most worth keeping, and the ten most at risk.
        plain_ids: show ids as they are, not hashes of them.
        rejects: where to write the rows that were set aside.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.cohorts import left_truncation
    from ltvcli.analyses.predict import answer as prediction
    from ltvcli.facts import orders
    from ltvcli.read import recognise
    from ltvcli.read.orders import requested_columns

    if customers_to and customers_to.suffix not in (CSV, PARQUET):
        raise OutputOfCustomersError(path=str(customers_to))
    if not inputs:
        raise NoFileError(command="predict", example="orders.csv")
    of_orders = spending.left_out(settings)
    with load.opened(inputs, of_orders, step) as (sheets, temp):
        if "subscriptions" in recognise.split(sheets, of_orders.map):
            raise SubscriptionsError(command="predict")
        wanted = (
            requested_columns.asked(of_orders, temp)
            if settings.by
            else spending.asked("orders", sheets, settings, temp)
        )
        spent = spending.opened(settings, temp)
        stored = spending.stored("orders", sheets, spent, temp, settings, rejects, step, wanted)
        with stored as (found, engine):
            step(N_("Adding up"))
            sums = orders.gather(
                engine, found.as_of, settings.lapse_after, by_segment=bool(wanted.by)
            )
            costs = spending.acquisition(engine, sums, settings)
            crowd = left_truncation.found(sums, settings)
            step(N_("Predicting, and looking back"))
            answer = prediction.answer(
                engine,
                sums,
                settings,
                model,
                costs,
                each=customers_to is not None,
                listed=include_customers,
            )
            tables, terms = answer.tables, answer.terms
            hash_key = None if plain_ids else customer_ids.key(engine, settings)
            if customers_to or include_customers:
                terms = (*terms, customer_ids.term(settings, plain=plain_ids))
            if hash_key:
                tables = customer_ids.hidden(tables, hash_key)
            if customers_to:
                _write(engine, answer.margin, customers_to, hash_key)
    report = PredictReport(
        command="predict",
        version=__version__,
        as_of=found.as_of,
        currency=found.currency,
        inputs=found.inputs,
        given=reported.said(settings, SETTINGS),
        acquisition=costs,
        crowd=crowd,
        horizon=round(answer.horizon),
        basis=answer.basis,
        says=answer.says,
        terms=terms,
        main="keep" if include_customers else "totals",
        tables=tables,
        evidence=answer.evidence,
    )
    return reported.judged(settings, report)


def _write(engine: DuckDB, margin: float, path: Path, hash_key: bytes | None) -> None:
    """Write what is expected of every customer; with a key, by hashes of their ids.

    Raises:
        OutputError: it cannot be written.
    """
    targets.writing(targets.OUT, path)
    engine.run("predict/worth", {"margin": margin})
    engine.define("as_cell", as_cell)
    name = "predict/customers_for_spreadsheets" if path.suffix == CSV else "predict/customers"
    if hash_key:
        engine.run("customer_ids/pads", customer_ids.pads(hash_key))
        name = "predict/customers_hashed"
    made = engine.export(name, path.suffix)
    try:
        with replacing(path) as beside:
            shutil.move(made, beside)
    except OSError as error:
        raise OutputError(path=str(path), because=why(error)) from error
