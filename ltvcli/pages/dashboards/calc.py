"""`ltv calc` at a look: LTV, LTV/CAC, payback, how likely each grade is; the curve against CAC."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages import calc_tables, shared
from ltvcli.pages.answers.calc import label
from ltvcli.pages.chart_types import Chart, Curve, Dot, DotChart, Level, LineChart, Point
from ltvcli.pages.content import Tile
from ltvcli.pages.dashboards import _axes
from ltvcli.results import Report
from ltvcli.text.numbers import MISSING, money_interval, show
from ltvcli.text.words import fill, grade_label, say
from ltvcli.units import Unit

ANSWERED = True
CERTAIN = 0.995
"""A probability above this reads 100%."""
LTV, CAC = N_("LTV"), N_("CAC")


def tiles(report: Report, lang: str) -> Iterator[Tile]:
    """Return the four numbers of unit economics."""
    best, verdict, payback = shared.headline_method(report), report.verdict, report.payback_verdict
    notes = shared.basis(report, lang)[:1]
    if best and (ends := money_interval(best.low, best.high, best.ltv, report.currency, lang)):
        notes.insert(0, f"{translate(N_('95% CI'), lang)} {ends}")
    yield Tile(
        label=say(label(report), lang, report.currency),
        value=show(best.ltv if best else None, Unit.MONEY, report.currency, lang),
        note=" · ".join(notes),
    )
    yield Tile(
        label=translate(N_("LTV/CAC"), lang),
        value=show(verdict.ltv_to_cac, Unit.RATIO, None, lang),
        note=say(verdict.says, lang, report.currency),
        grade="" if verdict.upper_bound else verdict.grade,
    )
    observed = payback.payback_observed
    known = observed if observed is not None else payback.payback
    yield Tile(
        label=translate(N_("CAC payback"), lang),
        value=show(known, Unit.MONTHS, None, lang),
        note=say(payback.says, lang, report.currency) if report.figures.cac else "",
        grade="" if payback.upper_bound else payback.grade,
    )
    likely = sorted((verdict.probability or {}).items(), key=lambda item: -item[1])
    yield Tile(
        label=translate(N_("Probability of each grade"), lang),
        value=f"{likely[0][1]:.0%} {grade_label(likely[0][0], lang)}" if likely else MISSING,
        note=shared.chances(verdict, lang) if len(likely) > 1 and likely[0][1] < CERTAIN else "",
    )


def charts(report: Report, lang: str) -> Iterator[Chart]:
    """Return the curve of LTV, retention, methods, and CAC by month."""
    money = _axes.money(report.currency, lang)
    cac = report.figures.cac
    levels = (
        [Level(label=f"{translate(CAC, lang)} {money(cac.value)}", value=cac.value)] if cac else []
    )
    curve = report.tables.get("curve", ())
    points = _axes.points(curve, "age_month", "cumulative", shift=1)
    if len(points) > 1:
        yield LineChart(
            title=translate(_title(report), lang),
            across=translate(_across(report), lang),
            write=money,
            curves=[
                Curve(label=f"{translate(N_('LTV'), lang)} {money(points[-1].y)}", points=points)
            ],
            levels=levels,
            marks=_payback(report, points, lang),
            note=_shaded(points, lang),
        )
    survival = report.tables.get("survival", ())
    if len(survival) > 1:
        curves = [
            Curve(
                label=translate(N_("Observed"), lang),
                points=_axes.points(survival, "age_month", "survival"),
            ),
            Curve(
                label=translate(N_("sBG model"), lang),
                points=_axes.points(survival, "age_month", "projected"),
                aside=True,
            ),
        ]
        yield LineChart(
            title=translate(calc_tables.TITLES["survival"], lang),
            across=translate(N_("Months since the first payment"), lang),
            write=_axes.percent,
            curves=[curve for curve in curves if curve.points],
            note=_shaded(curves[0].points, lang),
        )
    dots = [
        Dot(
            label=shared.method_label(method.method, lang),
            value=method.ltv,
            low=method.low,
            high=method.high,
        )
        for method in shared.valuations(report)
        if method.ltv is not None
    ]
    if len(dots) > 1:
        note = N_("The methods cover different numbers of months; see the table of methods.")
        yield DotChart(
            title=translate(N_("LTV by method"), lang),
            write=money,
            dots=dots,
            levels=levels,
            note=translate(note, lang),
        )
    yield from acquisition(report, lang)


def acquisition(report: object, lang: str) -> Iterator[Chart]:
    """Return the CAC of all channels together by complete month, where spend was given."""
    tables, currency = getattr(report, "tables", {}), getattr(report, "currency", None)
    rows = [
        row
        for row in tables.get("acquisition", ())
        if row["channel"] is None and row["complete"] and row["cac"] is not None
    ]
    if len(rows) > 1:
        points = _axes.points(rows, None, "cac")
        money = _axes.money(currency, lang)
        yield LineChart(
            title=translate(N_("CAC by month"), lang),
            across=translate(N_("Month"), lang),
            write=money,
            curves=[Curve(label=f"{translate(CAC, lang)} {money(points[-1].y)}", points=points)],
            names=[str(row["month"]) for row in rows],
            note=_shaded(points, lang),
        )


def _title(report: Report) -> str:
    if report.basis == "revenue":
        return N_("Revenue per customer, cumulative")
    return N_("Margin per customer, cumulative, against the CAC")


def _across(report: Report) -> str:
    if report.tables.get("survival"):
        return N_("Months since the first payment")
    return N_("Months since the first order")


def _payback(report: Report, points: list[Point], lang: str) -> list[tuple[Point, str]]:
    """Return the point at which the CAC is recovered, if the curve reaches it."""
    observed = report.payback_verdict.payback_observed
    reached = [point for point in points if observed is not None and point.x == observed]
    facts = {"months": show(observed, Unit.MONTHS, None, lang)}
    return [(point, fill(N_("Payback {months}"), facts, lang)) for point in reached]


def _shaded(points: object, lang: str) -> str:
    has_interval = any(point.low is not None for point in points)  # type: ignore[attr-defined]
    return translate(N_("Shaded: 95% CI"), lang) if has_interval else ""
