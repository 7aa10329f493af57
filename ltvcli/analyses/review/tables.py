"""The tables of a review, for JSON and CSV."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.analyses.review.comparison import change_of
from ltvcli.analyses.review.subscriber_timeline import SubscriberSums
from ltvcli.results import Row, interval_columns

if TYPE_CHECKING:
    from ltvcli.analyses.review.charts import Chart
    from ltvcli.analyses.review.comparison import Comparison
    from ltvcli.analyses.review.figures import Figure
    from ltvcli.analyses.review.period_ltv import AnySums
    from ltvcli.formulas.periods import Period
    from ltvcli.results.review import Explained, SegmentChange, Tile
    from ltvcli.results.scorecard import ScoreTile


def tiles(measured: Sequence[Tile]) -> tuple[Row, ...]:
    """Return the table `tiles`."""
    return tuple(
        {
            "tile": tile.figure,
            **compared(tile),
            "per_day": tile.per_day,
            "source": tile.now.source,
        }
        for tile in measured
    )


def compared(tile: Tile | ScoreTile) -> Row:
    """Return the value of a tile, earlier ones, the change, the target and the signal."""
    return {
        "value": tile.now.value,
        "low": tile.now.low,
        "high": tile.now.high,
        "previous": tile.previous,
        **interval_columns("change", tile.change),
        "last_year": tile.last_year,
        "target": tile.target,
        "signal": tile.signal,
    }


def why(explanations: Sequence[Explained]) -> tuple[Row, ...]:
    """Return the table `why`: the factors of each figure, which add up to its change."""
    return tuple(
        {
            "figure": explained.figure,
            "period": explained.period,
            "against": explained.against,
            "horizon": explained.horizon,
            "factor": reason.factor,
            "contribution": reason.contribution,
            "low": reason.low,
            "high": reason.high,
            "distinguishable": reason.distinguishable,
        }
        for explained in explanations
        for reason in explained.reasons
    )


def changes(explanations: Sequence[Explained]) -> tuple[Row, ...]:
    """Return the table `changes`: figures that are explained, before and after."""
    return tuple(
        {
            "figure": explained.figure,
            "period": explained.period,
            "against": explained.against,
            "horizon": explained.horizon,
            "before": explained.before,
            "after": explained.after,
            **interval_columns("change", explained.change),
            **interval_columns("not_distinguishable", explained.chance),
        }
        for explained in explanations
    )


def why_segments(comparison: Comparison, labels: Sequence[str]) -> Iterator[Row]:
    """Return the share of each segment in each contribution; over segments they add up to it."""
    for figure, decomposed in (("ltv_to_cac", comparison.ratio), ("period_ltv", comparison.ltv)):
        # Of LTV/CAC a segment has no part of its own: the ratio is of all customers.
        if decomposed is None or decomposed.by_segment.shape[1] != len(labels) or len(labels) == 1:
            continue
        for factor, of_factor in zip(decomposed.parts, decomposed.by_segment, strict=True):
            for segment, samples in zip(labels, of_factor, strict=True):
                contribution = change_of(samples)
                yield {
                    "figure": figure,
                    "factor": factor.factor,
                    "segment": segment,
                    "contribution": contribution.value,
                    "low": contribution.low,
                    "high": contribution.high,
                }


def segments(compared: Sequence[SegmentChange]) -> tuple[Row, ...]:
    """Return the table `segments`: the figures compared of each."""
    return tuple(
        {
            "segment": change.segment,
            "figure": change.figure,
            "value": change.now,
            "previous": change.previous,
            **interval_columns("change", change.change),
            "p": change.p,
            "changed": change.changed,
        }
        for change in compared
    )


def period_rates(comparison: Comparison, labels: Sequence[str]) -> Iterator[Row]:
    """Return the rates of both periods by segment and age; None where they are unknown."""
    for period, sums in (
        (comparison.period, comparison.new),
        (comparison.against, comparison.old),
    ):
        for row, segment in enumerate(labels):
            for age in range(comparison.pair.horizon):
                yield {
                    "period": period.name,
                    "segment": segment,
                    "age_month": age,
                    **_rates(sums, row, age),
                }


def _rates(sums: AnySums, row: int, age: int) -> Row:
    if isinstance(sums, SubscriberSums):
        exposure, at_risk, leavers, revenue = (
            float(getattr(sums, name)[row, age, 0])
            for name in ("exposure", "at_risk", "leavers", "revenue")
        )
        return {
            "exposure": exposure,
            "staying": math.exp(-leavers / at_risk) if at_risk else None,
            "arpu": revenue / exposure if exposure else None,
        }
    exposure, buyers, orders, revenue = (
        float(getattr(sums, name)[row, age, 0])
        for name in ("exposure", "buyers", "orders", "revenue")
    )
    return {
        "exposure": exposure,
        "returning": buyers / exposure if exposure else None,
        "orders": orders / buyers if buyers else None,
        "value": revenue / orders if orders else None,
    }


def series(charts: Mapping[Figure, Chart]) -> Iterator[Row]:
    """Return the table `series`, in which signals are found; totals are per day."""
    for figure, chart in charts.items():
        for period, value in zip(chart.periods, chart.values, strict=True):
            yield {
                "figure": figure,
                "period": period.name,
                "value": value,
                **_limits(period, chart),
            }


def _limits(period: Period, chart: Chart) -> Row:
    """Return the limits of earlier values for the last one."""
    is_last = period == chart.periods[-1]
    return {
        "low_limit": chart.low if is_last else None,
        "high_limit": chart.high if is_last else None,
        "signal": chart.signal if is_last else None,
    }
