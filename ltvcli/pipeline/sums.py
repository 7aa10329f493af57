"""Sums over the loaded data: grouping columns, facts, and CAC."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ltvcli.errors import SpendElsewhereError
from ltvcli.facts import kept
from ltvcli.pipeline.kind_settings import without_spend_roles
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.facts.orders import Facts, Span
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.load import Reading
    from ltvcli.read.orders.requested_columns import RequestedColumns
    from ltvcli.read.recognise import Kind
    from ltvcli.results.acquisition import Acquisition

By = Literal["", "channel", "segments", "plan", "product"]
"""What is grouped by: nothing, the channel of orders if spend is given, the columns of --by, the
plan of subscriptions if they have one, or the product of orders and the plan of subscriptions."""


def requested(
    kind: Kind, sheets: Sequence[Sheet], settings: Settings, temp: Path, by: By
) -> RequestedColumns:
    """Return the columns to group by: those of --by; of orders the channel if spend is given.

    Args:
        kind: what the sheets hold.
        sheets: of one kind.
        settings: all settings.
        temp: a private folder.
        by: what to group by.
    """
    from ltvcli.read.orders import requested_columns

    if kind == "subscriptions" and by == "segments":
        return requested_columns.RequestedColumns(by=settings.by)
    if kind == "subscriptions" and by in ("plan", "product"):
        return requested_columns.RequestedColumns(by=("plan",), is_optional=True)
    if kind == "orders" and by == "segments":
        return requested_columns.requested(without_spend_roles(settings), temp)
    if kind == "orders" and by == "channel" and settings.spend:
        return requested_columns.of_channel(sheets, without_spend_roles(settings), temp)
    if kind == "orders" and by == "product":
        return requested_columns.of_product(sheets, settings)
    return requested_columns.RequestedColumns()


def gather(
    engine: DuckDB,
    reading: Reading,
    settings: Settings,
    *,
    by_segment: bool,
    with_costs: bool,
    span: Span | None = None,
) -> Facts | Subscriptions:
    """Gather the facts of orders or of subscriptions.

    Args:
        engine: holds what was read.
        reading: what was read.
        settings: all settings.
        by_segment: whether rows have segments.
        with_costs: keep the costs of single customers in the engine, of orders.
        span: add up by periods of this length too, of orders.
    """
    if reading.inputs[0].kind == "orders":
        from ltvcli.facts import orders

        return orders.gather(
            engine,
            reading.as_of,
            settings.lapse_after,
            by_segment=by_segment,
            with_costs=with_costs,
            numbering=reading.numbering,
            span=span,
            has_cost=reading.has_cost,
            has_segment_keys=reading.has_segment_keys,
        )
    from ltvcli.facts import subscriptions
    from ltvcli.read.subscriptions import billing

    billed = billing.of(engine)
    return subscriptions.gather(
        engine,
        reading.as_of,
        billed.customers,
        billed.amount,
        billed.dated,
        by_segment=by_segment,
    )


def acquisition(
    engine: DuckDB,
    facts: Facts | Subscriptions,
    settings: Settings,
    spend_engine: DuckDB | None = None,
) -> Acquisition | None:
    """Compare spend with new customers; None without spend.

    Args:
        engine: holds the customers, and spend.
        facts: of the customers.
        settings: all settings.
        spend_engine: engine that holds spend, if `engine` does not.

    Raises:
        SpendElsewhereError: there is no day for which both are known.
    """
    if not settings.spend:
        return None
    from ltvcli.analyses.acquisition import cac
    from ltvcli.facts import spend

    begin = facts.first or facts.as_of
    segments = getattr(facts, "segments", ("",))
    spend_in = spend_engine or engine
    sums = spend.gather(spend_in, begin, facts.as_of, settings.cac_lag, segments, engine)
    if sums is None:
        known = spend_in.row("read/spend/days", {"lag": spend.days(settings.cac_lag)})
        raise SpendElsewhereError(**known, begin=begin, end=facts.as_of)
    kept.keep("spend", sums)
    return cac.answer(sums)
