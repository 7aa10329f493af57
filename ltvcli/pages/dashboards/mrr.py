"""`ltv mrr` at a look: MRR and retention of the last complete month; their course, movements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.language import N_, translate
from ltvcli.pages import mrr
from ltvcli.pages.chart_types import BarChart, Chart, Curve, LineChart, Point
from ltvcli.pages.content import Tile
from ltvcli.pages.dashboards import _axes
from ltvcli.results.mrr import Month, MrrReport
from ltvcli.text.numbers import show
from ltvcli.text.words import fill
from ltvcli.units import Unit

MOVED = ("new", "expansion", "reactivation", "contraction", "churn")
MOST = 36
"""Months in a chart of bars."""
MONTH = N_("Month")


def tiles(report: MrrReport, lang: str) -> Iterator[Tile]:
    """Return MRR, and the rates of the last complete month."""
    if not report.months:
        return
    last = report.months[-1]
    yield Tile(
        label=mrr.label("closing", lang),
        value=show(last.closing, Unit.MONEY, report.currency, lang),
        note=mrr.basis(report, lang)[0],
    )
    complete = [month for month in report.months if month.nrr is not None]
    for key in ("nrr", "grr", "logo_churn"):
        if complete:
            note = fill(N_("in {month}"), {"month": mrr.month_name(complete[-1].month)}, lang)
            value = show(getattr(complete[-1], key), Unit.RATE, None, lang)
            yield Tile(label=translate(mrr.FIGURES[key].label, lang), value=value, note=note)


def charts(report: MrrReport, lang: str) -> Iterator[Chart]:
    """Return the course of MRR, its movements, and both retentions."""
    months = report.months
    if len(months) < 2:  # noqa: PLR2004 - one month has no course
        return
    money = _axes.money(report.currency, lang)
    note = mrr.footnote(report, lang)
    label = f"{mrr.label('closing', lang)} {money(months[-1].closing)}"
    yield LineChart(
        title=translate(N_("MRR at the end of each month"), lang),
        across=translate(MONTH, lang),
        write=money,
        curves=[Curve(label=label, points=_points(months, "closing"))],
        names=[mrr.heading(month) for month in months],
        note=note,
    )
    newest = months[-MOST:]
    parts = [
        (mrr.label(key, lang), [mrr.signed(key, getattr(month, key)) for month in newest])
        for key in MOVED
    ]
    yield BarChart(
        title=translate(N_("MRR movements"), lang),
        write=money,
        names=[mrr.heading(month) for month in newest],
        parts=[(name, values) for name, values in parts if any(values)],
        note=note,
    )
    rated = [month for month in months if month.nrr is not None and month.grr is not None][-MOST:]
    if len(rated) > 1:
        yield LineChart(
            title=translate(N_("Revenue retention by month"), lang),
            across=translate(MONTH, lang),
            write=_axes.percent,
            curves=[
                Curve(
                    label=f"{mrr.label(key, lang)} {_axes.percent(getattr(rated[-1], key))}",
                    points=_points(rated, key),
                    aside=key == "grr",
                )
                for key in ("nrr", "grr")
            ],
            names=[mrr.month_name(month.month) for month in rated],
            from_zero=False,
        )


def _points(months: Sequence[Month], key: str) -> list[Point]:
    return [Point(x=place, y=getattr(month, key)) for place, month in enumerate(months)]
