"""The value of customers of each segment: the steps of `ltv segments`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__, customer_ids
from ltvcli.errors import NoFileError
from ltvcli.language import N_
from ltvcli.pipeline import load, report, table_limits
from ltvcli.pipeline.kind_settings import refuse_orders_only
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results.segments import SegmentsReport
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.load import Reading

SETTINGS = (
    "as_of", "by", "cac", "cac_lag", "cost_to_serve", "currency", "customers", "date_format",
    "discount", "encoding", "exclude", "from_", "horizon", "lapse_after", "margin", "min_customers",
    "new_since", "retention_cost", "spend", "to", "status_paid",
)  # fmt: skip
"""Settings that change the answer."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    *,
    minus: bool = False,
    include_customers: bool = False,
    plain_ids: bool = False,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> SegmentsReport:
    """Segment customers by columns of the export or of a customers file, and value each segment.

    Args:
        inputs: paths, globs, "-" or pandas data frames, of orders or of subscriptions.
        settings: what was given; `by` names the columns to segment customers by.
        minus: find unprofitable customers; this is the default without `by`, of orders.
        include_customers: list them.
        plain_ids: list them, by their IDs and not by hashes of these.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.cohorts import left_truncation
    from ltvcli.analyses.segments import answer as segments
    from ltvcli.analyses.valuation.given import refuse_what_takes_orders

    if not inputs:
        raise NoFileError(command="segments", example="orders.csv --by channel")
    listed = include_customers or plain_ids
    losses = minus or listed or not settings.by
    loading = load.load(
        inputs,
        settings,
        rejects,
        step,
        command="segments",
        by="segments",
        with_costs=losses,
    )
    with loading as loaded:
        hashes = listed and not (plain_ids or settings.id_key)
        table_limits.refuse_customers_elsewhere(loaded.sheets, {"--include-customers": hashes})
        facts, engine, reading = loaded.facts, loaded.engine, loaded.reading
        kind = loaded.kind
        if kind == "subscriptions":
            refuse_what_takes_orders(settings)
            refuse_orders_only(
                "segments",
                {
                    "--minus": minus,
                    "--include-customers": include_customers,
                    "--plain-ids": plain_ids,
                    "--customers": settings.is_typed("customers"),
                    "--cost-to-serve": settings.is_typed("cost_to_serve"),
                },
            )
            losses = False
        truncation = left_truncation.find_in_orders(facts, settings)
        step(N_("Valuing segments"))
        answer = segments.answer(
            engine,
            facts,
            settings,
            loaded.acquisition,
            losses=losses,
            columns=_free(loaded.sheets, reading),
            listed=listed,
        )
        tables, terms = answer.tables, answer.terms
        if listed:
            terms = (*terms, customer_ids.term(settings, plain=plain_ids))
        if listed and not plain_ids:
            tables = customer_ids.hidden(tables, customer_ids.key(engine, settings))
    unused = "lapse_after" if minus else "cost_to_serve"
    used = [name for name in SETTINGS if name != unused]
    segments_report = SegmentsReport(
        command="segments",
        version=__version__,
        as_of=reading.as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        acquisition=loaded.acquisition,
        left_truncation=truncation,
        given=report.settings_of_kind(settings, used, kind),
        horizon=answer.horizon,
        basis=answer.basis,
        says=answer.says,
        terms=terms,
        main=_main(settings, minus=minus, listed=listed),
        tables=tables,
        by=settings.by,
        segments=answer.segments,
        concentration=answer.concentration,
        losses=answer.losses,
    )
    return report.with_findings(settings, segments_report)


def _free(sheets: Sequence[Sheet], reading: Reading) -> list[str]:
    """List the columns without a role, and the plan of subscriptions."""
    used = {
        header for file in reading.inputs for role, header in file.columns.items() if role != "plan"
    }
    every = dict.fromkeys(header for sheet in sheets for header in sheet.header)
    return [header for header in every if header not in used]


def _main(settings: Settings, *, minus: bool, listed: bool) -> str:
    """Return the name of the main table."""
    if listed:
        return "minus_customers"
    if minus:
        return "minus"
    return "segments" if settings.by else "concentration"
