"""Forecasts of customer value, with a backtest: the steps of `ltv predict`."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct
from msgspec.structs import replace

from ltvcli import __version__, customer_ids, targets
from ltvcli.atomic_write import replacing
from ltvcli.errors import (
    CustomersOfSubscriptionsError,
    NoFileError,
    OutputError,
    OutputOfCustomersError,
    TwoKindsError,
)
from ltvcli.language import N_, why
from ltvcli.pipeline import event_logs, load, report, table_limits
from ltvcli.pipeline.kind_settings import refuse_orders_only, without_roles
from ltvcli.pipeline.load import Loaded
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.pipeline.sums import By
from ltvcli.results.prediction import PredictReport
from ltvcli.settings.settings import Settings
from ltvcli.spreadsheets import as_cell

if TYPE_CHECKING:
    from ltvcli.analyses.predict.answer import Prediction
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.facts.early_behaviour import EarlyBehaviour
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions

SETTINGS = (
    "as_of", "by", "cac", "cac_lag", "currency", "customers", "date_format", "discount",
    "encoding", "exclude", "from_", "horizon", "margin", "new_customers", "new_since",
    "retention_cost", "spend", "status_paid", "to",
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
    events: Sequence[Any] = (),
    rejects: Path | None = None,
    step: Step = unwatched,
) -> PredictReport:
    """Forecast the value of customers of exports, and backtest the forecast.

    Args:
        inputs: paths, globs, "-" or pandas data frames, of orders or of subscriptions.
        settings: what was given.
        model: "auto" for the forecast with the best record, or the name of one forecast.
        customers_to: where to write a row for every customer of orders, a .csv or .parquet file.
        include_customers: list the top ten retention targets, and the ten with most value at risk.
        plain_ids: show IDs as they are, not hashes of them.
        events: paths, globs or pandas data frames of logs of events of customers of orders.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.cohorts import left_truncation

    if customers_to and customers_to.suffix not in (CSV, PARQUET):
        raise OutputOfCustomersError(path=str(customers_to))
    if not inputs:
        raise NoFileError(command="predict", example="orders.csv")
    exports = without_roles(settings, "event") if events else settings
    with load.opened(inputs, exports, step) as files:
        hashes = include_customers and not (plain_ids or settings.id_key)
        lists = {"--out": customers_to is not None, "--include-customers": hashes}
        table_limits.refuse_customers_elsewhere(files.sheets, lists)
        if len(files.kinds) > 1:
            raise TwoKindsError(command="predict")
        kind = next(iter(files.kinds))
        usual: By = "channel" if kind == "orders" else "plan"
        by: By = "segments" if settings.by else usual
        if kind == "subscriptions":
            refuse_orders_only("predict", {"--events": bool(events)})
        logs = event_logs.opened(files, settings, events)
        rejects_of_exports = None if logs else rejects
        with load.load_kind(
            files, kind, exports, rejects_of_exports, step, by=by, further=logs
        ) as loaded:
            read = event_logs.read(loaded, logs, settings, rejects, step)
            if kind == "subscriptions":
                listed = {"--include-customers": include_customers, "--plain-ids": plain_ids}
                answer = _of_subscribers(loaded, model, customers_to, listed, step)
            else:
                to = _Lists(customers_to, include_customers, plain_ids)
                answer = _of_customers(loaded, model, to, read.early, step)
    reading = loaded.reading
    predict_report = PredictReport(
        command="predict",
        version=__version__,
        as_of=reading.as_of,
        currency=reading.currency,
        inputs=read.inputs,
        given=report.settings_of_kind(settings, SETTINGS, kind),
        acquisition=loaded.acquisition,
        left_truncation=left_truncation.find_in_orders(loaded.facts, settings),
        horizon=round(answer.horizon),
        basis=answer.basis,
        says=answer.says,
        terms=answer.terms,
        main="keep" if include_customers else "totals",
        tables=answer.tables,
        evidence=answer.evidence,
    )
    return report.with_findings(settings, predict_report)


def _of_subscribers(
    loaded: Loaded[Facts | Subscriptions],
    model: str,
    customers_to: Path | None,
    listed: Mapping[str, bool],
    step: Step,
) -> Prediction:
    """Forecast payments of subscribers; single customers are not listed.

    Raises:
        OrdersOnlyError: a list of single customers was asked for.
        CustomersOfSubscriptionsError: a file of them was.
    """
    from ltvcli.analyses.predict import subscribers

    given = loaded.settings
    typed = {
        "--customers": given.is_typed("customers"),
        "--new-customers": given.new_customers is not None,
    }
    refuse_orders_only("predict", {**listed, **typed})
    if customers_to:
        raise CustomersOfSubscriptionsError(
            path=str(customers_to), csv=str(customers_to.with_suffix(CSV))
        )
    facts, every = cast("Subscriptions", loaded.facts), renewal_intervals(loaded)
    step(N_("Forecasting and backtesting"))
    return subscribers.answer(loaded.engine, facts, given, model, loaded.acquisition, every)


def renewal_intervals(loaded: Loaded[Facts | Subscriptions]) -> dict[str, int]:
    """Return the months from one renewal to the next, by the name of a segment."""
    from ltvcli.analyses.subscriptions.retention import renewal_interval
    from ltvcli.read.subscriptions import billing

    return {
        loaded.facts.segments[code]: renewal_interval(billed)
        for code, billed in billing.by_segment(loaded.engine).items()
    }


class _Lists(Struct, frozen=True):
    """Where to write a row for every customer, and whether to list some of them, by their IDs."""

    customers_to: Path | None
    include_customers: bool
    plain_ids: bool


def _of_customers(
    loaded: Loaded[Facts | Subscriptions],
    model: str,
    lists: _Lists,
    early: EarlyBehaviour | None,
    step: Step,
) -> Prediction:
    """Forecast orders of customers, and write or list single customers.

    Args:
        loaded: orders.
        model: asked for.
        lists: what to write and list.
        early: what customers did in their first days; None without a log of events.
        step: called with the name of each step.
    """
    from ltvcli.analyses.cohorts import left_truncation
    from ltvcli.analyses.predict import answer as prediction

    settings, engine = loaded.settings, loaded.engine
    step(N_("Forecasting and backtesting"))
    answer = prediction.answer(
        engine,
        cast("Facts", loaded.facts),
        settings,
        model,
        loaded.acquisition,
        each=lists.customers_to is not None,
        listed=lists.include_customers,
        early=early,
        truncation=(
            left_truncation.find_in_orders(loaded.facts, settings)
            if settings.new_customers
            else None
        ),
    )
    tables, terms = answer.tables, answer.terms
    are_shown = lists.customers_to is not None or lists.include_customers
    if are_shown:
        terms = (*terms, customer_ids.term(settings, plain=lists.plain_ids))
    hash_key = None
    if are_shown and not lists.plain_ids:
        hash_key = customer_ids.key(engine, settings)
        tables = customer_ids.hidden(tables, hash_key)
    if lists.customers_to:
        _write(engine, answer.margin, lists.customers_to, hash_key)
    return replace(answer, tables=tables, terms=terms)


def _write(engine: DuckDB, margin: float, path: Path, hash_key: bytes | None) -> None:
    """Write the forecast of every customer; with a key, by hashes of their IDs.

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
