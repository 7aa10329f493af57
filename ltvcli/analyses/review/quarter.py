"""The parts of a quarterly review: its cohorts, and last quarter's forecast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct

from ltvcli.analyses.review import figures
from ltvcli.analyses.review.timeline import Sums
from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.formulas.periods import Period
from ltvcli.language import N_
from ltvcli.results import (
    Estimate,
    Fact,
    Interval,
    Quantity,
    Row,
    Sentence,
    Source,
    Statement,
    interval_columns,
)
from ltvcli.results.benchmark import Compared
from ltvcli.units import Rate, Unit

if TYPE_CHECKING:
    from ltvcli.analyses.review.comparison import Comparison
    from ltvcli.analyses.review.figures import Costs
    from ltvcli.analyses.review.subscriber_timeline import SubscriberTimeline
    from ltvcli.analyses.review.timeline import Timeline

FORECAST = N_("Forecast")
BENCHMARKS = N_("Benchmarks")


class Forecast(Struct, frozen=True, kw_only=True):
    """The forecast for a quarter of customers known before it, and the actual result.

    `counted` are orders, or of subscriptions customers who still pay at the end (`figure` says
    which); `value` is revenue times margin. Their intervals are 80% prediction intervals.
    """

    figure: Literal["orders", "customers"]
    counted: Estimate
    value: Estimate
    actual_counted: int
    actual_value: float


def forecast_of(
    predicted: Row,
    margin: Rate,
    figure: Literal["orders", "customers"],
    actual: int,
    actual_revenue: float,
) -> Forecast:
    """Join the forecast with the actual results.

    Args:
        predicted: row `future` of the table `totals` of a prediction.
        margin: that turned revenue into value.
        figure: that is counted.
        actual: number of it that came, of the customers known before the quarter.
        actual_revenue: of the same customers.
    """

    def interval(key: str) -> Estimate:
        ends = {end: predicted.get(f"{key}_{end}") for end in ("low", "high")}
        return Estimate(
            value=float(predicted[key] or 0.0),
            low=None if ends["low"] is None else float(ends["low"]),
            high=None if ends["high"] is None else float(ends["high"]),
            source=Source.MEASURED,
        )

    return Forecast(
        figure=figure,
        counted=interval(figure),
        value=interval("value"),
        actual_counted=actual,
        actual_value=actual_revenue * margin,
    )


def forecast_rows(forecast: Forecast) -> tuple[Row, ...]:
    """Return the table `forecast`."""
    both: tuple[tuple[str, Estimate, float], ...] = (
        (forecast.figure, forecast.counted, forecast.actual_counted),
        ("value", forecast.value, forecast.actual_value),
    )
    return tuple(
        {
            "figure": figure,
            "forecast": predicted.value,
            "forecast_low": predicted.low,
            "forecast_high": predicted.high,
            "actual": actual,
            "within": _within(predicted, actual),
        }
        for figure, predicted, actual in both
    )


def _within(predicted: Estimate, actual: float) -> bool | None:
    if predicted.low is None or predicted.high is None:
        return None
    return predicted.low <= actual <= predicted.high


def forecast_statement(forecast: Forecast | None) -> Statement:
    """Describe last quarter's forecast and the actual result."""
    if forecast is None:
        text = N_("a quarter ago there was too little data for a forecast.")
        return Statement(label=FORECAST, says=Sentence(text))
    counted, value = forecast.counted, forecast.value
    facts: dict[str, Fact] = {
        "counted": Quantity(counted.value, Unit.COUNT),
        "came": Quantity(forecast.actual_counted, Unit.COUNT),
        "value": Quantity(value.value, Unit.MONEY),
        "value_range": Interval(value.low or 0.0, value.high or 0.0, Unit.MONEY, value.value),
        "value_came": Quantity(forecast.actual_value, Unit.MONEY),
    }
    if forecast.figure == "customers":
        text = N_(
            "a quarter ago, {value} (80% CI {value_range}) of value was forecast for the customers "
            "who paid then; actual: {value_came}. {counted} of them were expected to still pay; "
            "{came} do."
        )
        return Statement(label=FORECAST, says=Sentence(text, facts))
    facts["range"] = Interval(counted.low or 0.0, counted.high or 0.0, Unit.COUNT, counted.value)
    text = N_(
        "a quarter ago, {counted} {counted:order|orders} (80% CI {range}) {counted:was|were} "
        "forecast for the customers known then; actual: {came}. Value: {value} (80% CI "
        "{value_range}); actual: {value_came}."
    )
    return Statement(label=FORECAST, says=Sentence(text, facts))


def benchmark_statement(compared: Compared | None) -> Statement:
    """Describe how many figures can be compared with a benchmark."""
    if compared is None:
        text = N_("the quarter has too little data for a comparison.")
        return Statement(label=BENCHMARKS, says=Sentence(text))
    metrics = {row.figure.metric for row in compared.comparisons}
    could = {row.figure.metric for row in compared.comparisons if row.because is None}
    facts: dict[str, Fact] = {"n": len(could), "of": len(metrics)}
    text = N_("{n} of {of} {of:figure|figures} can be compared with a benchmark.")
    return Statement(label=BENCHMARKS, says=Sentence(text, facts))


def cohorts(
    timeline: Timeline | SubscriberTimeline, comparison: Comparison, costs: Costs
) -> Iterator[Row]:
    """Return the monthly cohorts of both quarters: size, first revenue and CAC.

    Args:
        timeline: with samples.
        comparison: of both quarters.
        costs: what is known of costs.
    """
    for quarter in (comparison.against, comparison.period):
        for number in quarter.cells:
            month = Period("month", number)
            sums = timeline.sums(month)
            rates = comparison.pair.new
            cac = figures.estimated("cac", sums, rates, costs, month)
            row: dict[str, float | str | None] = {
                "period": quarter.name,
                "cohort": month.name,
                "customers": float(sums.new[:, 0].sum()),
            }
            if isinstance(sums, Sums):
                row |= interval_columns("first", _first(sums))
            yield row | interval_columns("cac", cac)


def _first(sums: Sums) -> Estimate | None:
    """Return the mean revenue of a first day."""
    with np.errstate(divide="ignore", invalid="ignore"):
        samples = sums.first_revenue.sum(axis=0) / sums.new.sum(axis=0)
    return estimate(samples, Source.MEASURED)
