"""Rows of the tables of segments and of unprofitable customers."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.results import Row, interval_columns
from ltvcli.results.segments import Losses, Recurring, Segment


def segments(compared: Sequence[Segment]) -> tuple[Row, ...]:
    """Return a row for each segment, with the ends of every interval."""
    return tuple(
        {
            "segment": segment.name,
            "gathered": segment.gathered,
            "customers": segment.customers,
            "subscriptions" if segment.recurring else "orders": segment.orders,
            "revenue": segment.revenue,
            "share": segment.share,
            **(_recurring(segment.recurring) if segment.recurring else _of_orders(segment)),
            "horizon": segment.horizon,
            **interval_columns("ltv", segment.ltv),
            **interval_columns("cac", segment.cac),
            **interval_columns("ltv_to_cac", segment.ltv_to_cac),
            **interval_columns("payback", segment.payback),
            "grade": segment.grade.value,
            "differs": segment.differs.value if segment.differs else None,
            **interval_columns("difference", segment.difference),
            "p": segment.p,
            **interval_columns("marginal_cac", segment.marginal_cac),
            **interval_columns("returned", segment.returned),
            "budget": segment.budget.value if segment.budget else None,
        }
        for segment in compared
    )


def _of_orders(segment: Segment) -> Row:
    return {
        **interval_columns("aov", segment.aov),
        **interval_columns("frequency", segment.frequency),
        **interval_columns("repeat_rate", segment.repeat_rate),
    }


def _recurring(recurring: Recurring) -> Row:
    return {
        "customers_closing": recurring.paying,
        "mrr": recurring.mrr,
        **interval_columns("arpu", recurring.arpu),
        **interval_columns("churn", recurring.churn),
        **interval_columns("lifespan", recurring.lifespan),
    }


def unprofitable(losses: Losses) -> tuple[Row, ...]:
    """Return a row for each segment, the largest loss first."""
    return tuple(
        {
            "segment": group.name,
            "gathered": group.gathered,
            "of": group.of,
            "customers": group.customers,
            "contribution": group.contribution,
            "net": group.net,
            "young_of": group.young_of,
            "young": group.young,
            "young_contribution": group.young_contribution,
        }
        for group in losses.unprofitable
    )
