"""Texts that all pages about MRR share: headline, labels, months, differences and causes."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec.structs import asdict

from ltvcli.language import N_, printable, translate
from ltvcli.results import Figure, described
from ltvcli.results.mrr import Comparison, Month, MrrReport, PlanMonth
from ltvcli.text.words import fill
from ltvcli.units import Unit

FIGURES = dict(described(Month))
MOVEMENTS = ("opening", "new", "expansion", "reactivation", "contraction", "churn", "closing")
"""Movements in the order in which they add up."""
PEOPLE = tuple(key for key, figure in FIGURES.items() if figure.unit is Unit.COUNT)
RATES = ("arpu", "logo_churn", "gross_mrr_churn", "net_mrr_churn", "grr", "nrr", "quick_ratio")
LOSSES = ("contraction", "churn", "moved_out")
"""Movements that are subtracted; records hold them as positive amounts."""
SHORT = {
    "opening": N_("Opening"),
    "churn": N_("Churn"),
    "closing": N_("MRR"),
    "customers_closing": N_("Customers"),
    "arpu": N_("ARPU"),
    "grr": N_("GRR"),
    "nrr": N_("NRR"),
    "moved_in": N_("Moved in"),
    "moved_out": N_("Moved out"),
}
"""Short labels, and those of figures that only plans have."""
SAME_AS = {"mrr": "closing", "customers": "customers_closing"}
"""Fields of a month by their names in a comparison."""
PARTIAL = "*"
POINT = N_("pt")
"""One percentage point."""


def label(key: str, lang: str) -> str:
    """Return the label of a column."""
    key = SAME_AS.get(key, key)
    return translate(SHORT.get(key) or FIGURES[key].label, lang)


def figure(key: str) -> Figure:
    """Return the figure of a comparison, with its label and unit."""
    return FIGURES[SAME_AS.get(key, key)]


def month_name(month: date) -> str:
    """Write a month the same in every language.

    >>> month_name(date(2026, 10, 1))
    '2026-10'
    """
    return f"{month:%Y-%m}"


def heading(month: Month | PlanMonth) -> str:
    """Write a month as the head of a column, marked if it is incomplete."""
    return month_name(month.month) + ("" if month.complete else PARTIAL)


def tables(report: MrrReport) -> dict[str, list[dict[str, Any]]]:
    """Return the tables as programs read them: the requested ones first, survival last."""
    rows_by_name: dict[str, Sequence[Any]] = {"movements": report.months}
    if report.plans:
        rows_by_name["plans"] = report.plans
    if report.comparisons:
        rows_by_name["conventions"] = report.comparisons
    records = {name: [_record(row) for row in rows] for name, rows in rows_by_name.items()}
    return records | {"survival": [dict(row) for row in report.survival]}


def _record(row: Month | PlanMonth | Comparison) -> dict[str, Any]:
    record = asdict(row)
    return record | {"month": month_name(record["month"])} if "month" in record else record


def basis(report: MrrReport, lang: str) -> list[str]:
    """Return the day of the headline and the name of the definition."""
    parts = [fill(N_("definition: {name}"), {"name": report.convention}, lang)]
    if report.as_of:
        day = report.as_of
        if report.months:
            month = report.months[-1].month
            day = min(day, month.replace(day=monthrange(month.year, month.month)[1]))
        parts.insert(0, fill(N_("at the end of {day}"), {"day": day}, lang))
    return parts


def footnote(report: MrrReport, lang: str) -> str:
    """Explain the mark of a partial month, if there is one."""
    if not report.months or report.months[-1].complete:
        return ""
    text = (
        N_("{mark} partial month: movements through {day}, no rates")
        if report.months[-1].nrr is None
        else N_("{mark} partial month: movements through {day}")
    )
    return fill(text, {"mark": PARTIAL, "day": report.as_of}, lang)


def signed(key: str, value: float) -> float:
    """Return the effect of a movement on MRR."""
    return 0.0 - value if key in LOSSES else value


def plan_name(plan: str | None, lang: str) -> str:
    """Return the name of a plan."""
    return translate(N_("(no plan)"), lang) if plan is None else printable(plan)


def largest(plans: Sequence[PlanMonth]) -> list[str | None]:
    """List the plans with MRR, the largest first."""
    last = max((plan_month.month for plan_month in plans), default=None)
    rows = [
        plan_month
        for plan_month in plans
        if plan_month.month == last and (plan_month.opening or plan_month.closing)
    ]
    rows.sort(key=lambda row: (-row.closing, -row.opening, row.plan or ""))
    return [row.plan for row in rows]


def moved(plan_month: PlanMonth, key: str) -> float:
    """Return the effect of a movement on a plan; `moved` is the net of plan changes."""
    if key == "moved":
        return plan_month.moved_in - plan_month.moved_out
    return signed(key, getattr(plan_month, key))


def difference(comparison: Comparison, lang: str) -> str:
    """Write a difference with its sign, those of rates in percentage points; "" if it shows as 0.

    Losses are negative, here as in every table.
    """
    unit = figure(comparison.key).unit
    size = signed(comparison.key, comparison.difference or 0.0)
    if unit is Unit.RATE:
        text = f"{size * 100:+.2f} {translate(POINT, lang)}"
    elif unit is Unit.RATIO or comparison.key == "arpu":
        text = f"{size:+,.2f}"
    else:
        text = f"{size:+,.0f}"
    return text if any(digit in text for digit in "123456789") else ""
