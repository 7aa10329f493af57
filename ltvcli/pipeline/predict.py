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
)
from ltvcli.language import N_, why
from ltvcli.pipeline import load, report
from ltvcli.pipeline.load import By
from ltvcli.pipeline.steps import Step, unwatched
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
"""Settings that change the answer."""
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
        include_customers: list the top ten retention targets, and the ten with most value at risk.
        plain_ids: show ids as they are, not hashes of them.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.cohorts import left_truncation
    from ltvcli.analyses.predict import answer as prediction

    if customers_to and customers_to.suffix not in (CSV, PARQUET):
        raise OutputOfCustomersError(path=str(customers_to))
    if not inputs:
        raise NoFileError(command="predict", example="orders.csv")
    by: By = "segments" if settings.by else "channel"
    with load.load_orders(inputs, settings, rejects, step, command="predict", by=by) as loaded:
        facts, engine, reading = loaded.facts, loaded.engine, loaded.reading
        truncation = left_truncation.find(facts, settings)
        step(N_("Predicting, and looking back"))
        answer = prediction.answer(
            engine,
            facts,
            settings,
            model,
            loaded.acquisition,
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
    predict_report = PredictReport(
        command="predict",
        version=__version__,
        as_of=reading.as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        given=report.given_settings(settings, SETTINGS),
        acquisition=loaded.acquisition,
        left_truncation=truncation,
        horizon=round(answer.horizon),
        basis=answer.basis,
        says=answer.says,
        terms=terms,
        main="keep" if include_customers else "totals",
        tables=tables,
        evidence=answer.evidence,
    )
    return report.with_findings(settings, predict_report)


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
        with replacing(path) as temporary:
            shutil.move(made, temporary)
    except OSError as error:
        raise OutputError(path=str(path), because=why(error)) from error
