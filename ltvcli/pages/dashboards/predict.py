"""Dashboard of `ltv predict`: accuracy of earlier forecasts, and ranking of customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.language import N_, translate
from ltvcli.pages.chart_types import Chart, Curve, LineChart
from ltvcli.pages.dashboards import _axes
from ltvcli.results import Row
from ltvcli.results.prediction import PredictReport


def charts(report: PredictReport, lang: str) -> Iterator[Chart]:
    """Return the forecasts of earlier days beside actual results, and the deciles of the last."""
    tested = sorted(
        (row for row in report.tables.get("backtest", ()) if row["chosen"]),
        key=lambda row: str(row["cutoff"]),
    )
    if len(tested) > 1:
        yield LineChart(
            title=translate(N_("Backtest: orders forecast and actual, by cut-off date"), lang),
            across=translate(N_("As of"), lang),
            write=_axes.count,
            curves=_curves(tested, None, lang),
            names=[str(row["cutoff"]) for row in tested],
            note=translate(N_("Shaded: 80% prediction interval"), lang),
        )
    deciles = report.tables.get("deciles", ())
    if len(deciles) > 1:
        yield LineChart(
            title=translate(N_("Deciles of customers by forecast orders"), lang),
            across=translate(N_("Decile"), lang),
            write=_axes.count,
            curves=_curves(deciles, "decile", lang),
            note=translate(N_("Shaded: 80% prediction interval"), lang),
        )


def _curves(rows: Sequence[Row], across: str | None, lang: str) -> list[Curve]:
    return [
        Curve(
            label=translate(N_("Forecast"), lang), points=_axes.points(rows, across, "predicted")
        ),
        Curve(
            label=translate(N_("Actual"), lang),
            points=_axes.points(rows, across, "actual"),
            aside=True,
        ),
    ]
