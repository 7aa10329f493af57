"""Dashboard of `ltv whatif`: before and after, the most important levers, and cash by month."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages import whatif
from ltvcli.pages.chart_types import Chart, Curve, LineChart, Span, SpanChart
from ltvcli.pages.content import Tile
from ltvcli.pages.dashboards import _axes
from ltvcli.results.whatif import WhatIfReport
from ltvcli.text.numbers import show
from ltvcli.text.words import fill
from ltvcli.units import Unit

SHOWN = {
    "ltv": (N_("LTV"), Unit.MONEY),
    "ltv_to_cac": (N_("LTV/CAC"), Unit.RATIO),
    "payback": (N_("Payback"), Unit.MONTHS),
}


def tiles(report: WhatIfReport, lang: str) -> Iterator[Tile]:
    """Return LTV, LTV/CAC and payback after the changes, each with its earlier value."""
    rows = report.tables["levers"]
    before, after = rows[0], rows[-1]
    for key, (label, unit) in SHOWN.items():
        if after[key] is None:
            continue
        was = show(_axes.number(before, key), unit, report.currency, lang)
        graded = key == "ltv_to_cac" and not after["upper_bound"]
        yield Tile(
            label=translate(label, lang),
            value=show(_axes.number(after, key), unit, report.currency, lang),
            note=fill(N_("before: {value}"), {"value": was}, lang) if report.changed else "",
            grade=str(after["grade"]) if graded else "",
        )


def charts(report: WhatIfReport, lang: str) -> Iterator[Chart]:
    """Return the tornado, and cash per customer by month."""
    rows = report.tables.get("sensitivity", ())
    key = "ltv_to_cac" if any(row["ltv_to_cac_up"] is not None for row in rows) else "ltv"
    spans = [
        Span(label=whatif.lever(row, "lever", lang), falling=falling, rising=rising)
        for row in rows
        if (falling := _axes.number(row, f"{key}_down")) is not None
        and (rising := _axes.number(row, f"{key}_up")) is not None
        and falling != rising
    ]
    middle = _axes.number(report.tables["levers"][0], key)
    money = _axes.money(report.currency, lang)
    if spans and middle is not None:
        title = N_("Sensitivity of {figure} (±10%)")
        yield SpanChart(
            title=fill(title, {"figure": translate(SHOWN[key][0], lang)}, lang),
            write=_axes.ratio if key == "ltv_to_cac" else money,
            middle=middle,
            spans=spans,
            words=("-10%", "+10%"),
        )
    cash = report.tables.get("cash", ())
    now = _axes.points(cash, "month", "customer")
    if len(now) > 1:
        curves = [Curve(label=translate(N_("now"), lang), points=now)]
        if report.changed:
            after = _axes.points(cash, "month", "customer_after")
            label = translate(N_("after changes"), lang)
            curves.append(Curve(label=label, points=after, aside=True))
        yield LineChart(
            title=translate(N_("Cumulative cash of one customer (undiscounted)"), lang),
            across=translate(N_("After month"), lang),
            write=money,
            curves=curves,
            note=translate(N_("Shaded: 95% CI"), lang),
        )
