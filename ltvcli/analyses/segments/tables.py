"""Rows of the tables of segments and of unprofitable customers."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.results import Estimate, Row
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
            **_estimate("ltv", segment.ltv),
            **_estimate("cac", segment.cac),
            **_estimate("ltv_to_cac", segment.ltv_to_cac),
            **_estimate("payback", segment.payback),
            "grade": segment.grade.value,
            "differs": segment.differs.value if segment.differs else None,
            **_estimate("difference", segment.difference),
            "p": segment.p,
            **_estimate("marginal_cac", segment.marginal_cac),
            **_estimate("returned", segment.returned),
            "budget": segment.budget.value if segment.budget else None,
        }
        for segment in compared
    )


def _of_orders(segment: Segment) -> Row:
    return {
        **_estimate("aov", segment.aov),
        **_estimate("frequency", segment.frequency),
        **_estimate("repeat_rate", segment.repeat_rate),
    }


def _recurring(recurring: Recurring) -> Row:
    return {
        "customers_closing": recurring.paying,
        "mrr": recurring.mrr,
        **_estimate("arpu", recurring.arpu),
        **_estimate("churn", recurring.churn),
        **_estimate("lifespan", recurring.lifespan),
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


def _estimate(key: str, estimate: Estimate | None) -> dict[str, float | None]:
    return {
        key: estimate.value if estimate else None,
        f"{key}_low": estimate.low if estimate else None,
        f"{key}_high": estimate.high if estimate else None,
    }
