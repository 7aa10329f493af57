"""Segments, and who is below 0, as rows of tables."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.results import Estimate, Row
from ltvcli.results.segments import Losses, Segment


def segments(found: Sequence[Segment]) -> tuple[Row, ...]:
    """Give each segment a row, with the ends of every interval."""
    return tuple(
        {
            "segment": one.name,
            "gathered": one.gathered,
            "customers": one.customers,
            "orders": one.orders,
            "revenue": one.revenue,
            "share": one.share,
            **_estimate("aov", one.aov),
            **_estimate("frequency", one.frequency),
            **_estimate("repeat_rate", one.repeat_rate),
            "horizon": one.horizon,
            **_estimate("ltv", one.ltv),
            **_estimate("cac", one.cac),
            **_estimate("ltv_to_cac", one.ltv_to_cac),
            **_estimate("payback", one.payback),
            "grade": one.grade.value,
            "differs": one.differs.value if one.differs else None,
            **_estimate("difference", one.difference),
            "p": one.p,
            **_estimate("marginal_cac", one.marginal_cac),
            **_estimate("returned", one.returned),
            "budget": one.budget.value if one.budget else None,
        }
        for one in found
    )


def unprofitable(found: Losses) -> tuple[Row, ...]:
    """Give each segment a row, the costliest first."""
    return tuple(
        {
            "segment": one.name,
            "gathered": one.gathered,
            "of": one.of,
            "customers": one.customers,
            "contribution": one.contribution,
            "net": one.net,
            "young_of": one.young_of,
            "young": one.young,
            "young_contribution": one.young_contribution,
        }
        for one in found.unprofitable
    )


def _estimate(key: str, one: Estimate | None) -> dict[str, float | None]:
    return {
        key: one.value if one else None,
        f"{key}_low": one.low if one else None,
        f"{key}_high": one.high if one else None,
    }
