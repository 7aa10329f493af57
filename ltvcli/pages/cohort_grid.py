"""The triangle of cohorts: a row for each cohort, a column for each age."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ltvcli.choices import RETENTION
from ltvcli.language import N_, translate
from ltvcli.pages import shared
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.cohorts import CohortsReport
from ltvcli.text.numbers import Numeral, amounts, reworded, show
from ltvcli.text.words import fill
from ltvcli.units import Unit

TO_DATE = {
    "margin": N_("Cumulative margin per customer after n months"),
    "revenue": N_("Cumulative revenue per customer after n months"),
}
IN_MONTH = {
    "retention": N_("Customers who ordered, by month (0 is the first)"),
    "revenue-retention": N_("Revenue as a share of opening MRR, by month (0 is the first)"),
    "revenue": N_("Revenue per customer, by month (0 is the first)"),
    "margin": N_("Margin per customer, by month (0 is the first)"),
    "orders": N_("Orders per customer, by month (0 is the first)"),
}
PAYING = N_("Customers who pay in the middle of the month, by month (0 is the first)")
HEADS = {
    "cohort": N_("Cohort"),
    "customers": N_("Customers"),
    "revenue": N_("Revenue"),
    "mrr": N_("MRR"),
    "cac": N_("CAC"),
    "ltv_to_cac": N_("LTV/CAC"),
    "payback_observed": N_("Payback"),
    "grade": N_("Grade to date"),
}
LEFT = ("cohort", "grade")
NOT_OVER = "*"
CENTS_BELOW = 100
LEAST_RATE = 0.005
"""A share below this would be written as 0%."""
BEGUN = "…"
ENOUGH = 0.5
"""Smallest share of a cohort's customers whose value is shown."""
Cells = dict[tuple[object, object], Row]


def ages(report: CohortsReport, shown: Sequence[Row]) -> list[int]:
    """List the ages at which a value of a shown cohort is known."""
    names = {row["cohort"] for row in shown}
    return sorted(
        {
            int(row["age_month"] or 0)
            for row in report.tables["triangle"]
            if row["cohort"] in names and row["value"] is not None
        }
    )


def label(report: CohortsReport, age: int) -> int:
    """Return the month of a column: cumulative values are known after it, monthly ones in it."""
    return age + 1 if report.metric == "ltv" else age


def grid(
    report: CohortsReport,
    lang: str,
    shown: Sequence[Row],
    chosen: Sequence[int],
    before: Sequence[str],
    after: Sequence[str] = (),
) -> Grid:
    """Draw cohorts and all customers, the ages between the columns `before` and `after`.

    Args:
        report: of the command.
        lang: of the words.
        shown: rows of the cohorts to draw.
        chosen: ages to draw.
        before: columns before the ages.
        after: columns after them.
    """
    cells: Cells = {(row["cohort"], row["age_month"]): row for row in report.tables["triangle"]}
    every = {row["age_month"]: row for row in report.tables["by_age"]}
    write = _writer(report, lang)
    most = max(
        (_value(row) for row in cells.values() if row["complete"] and row["age_month"]), default=0.0
    )
    rows: list[list[str]] = []
    shades: list[list[float | None]] = []
    dim: list[list[bool]] = []
    for cohort in shown:
        values = [cells.get((cohort["cohort"], age)) for age in chosen]
        rows.append(
            [
                *(_cell(report, cohort, key, lang) for key in before),
                *map(write, values),
                *(_cell(report, cohort, key, lang) for key in after),
            ]
        )
        aside = [None] * len(before), [None] * len(after)
        shades.append([*aside[0], *(_shade(row, most) for row in values), *aside[1]])
        dim.append([row is not None and not row["complete"] for row in _all(aside, values)])
    total: Row = {
        "cohort": translate(N_("All"), lang),
        "customers": report.evidence.customers,
        "revenue": report.evidence.revenue,
        "mrr": report.evidence.mrr,
        "over": True,
    }
    rows.append(
        [
            *(_cell(report, total, key, lang) for key in before),
            *(write(every.get(age)) for age in chosen),
            *[""] * len(after),
        ]
    )
    plain = [None] * len(rows[-1])
    keys = [*before, *[""] * len(chosen), *after]
    heads = {key: translate(HEADS[key], lang) for key in (*before, *after)}
    return Grid(
        title=translate(title_of(report), lang),
        heads=[
            *(heads[key] for key in before),
            *(f"{label(report, age)} " for age in chosen),
            *(heads[key] for key in after),
        ],
        rows=rows,
        left=[place for place, key in enumerate(keys) if key in LEFT],
        shades=[*shades, plain],
        dim=[*dim, [False] * len(plain)],
        notes=_notes(shown, cells, chosen, "grade" in after, lang),
    )


def title_of(report: CohortsReport) -> str:
    """Return the title of the triangle."""
    if report.metric == "ltv":
        return TO_DATE[str(report.basis)]
    if report.metric == "retention" and report.evidence.mrr is not None:
        return PAYING
    return IN_MONTH[report.metric]


def _all(aside: tuple[list[None], list[None]], values: Sequence[Row | None]) -> list[Row | None]:
    return [*aside[0], *values, *aside[1]]


def _writer(report: CohortsReport, lang: str) -> Callable[[Row | None], str]:
    """Return a function that writes a value, in brackets if some customers are too young for it.

    It leaves the cell empty if most of them are.
    """
    size = {row["cohort"]: int(row["customers"] or 0) for row in report.tables["cohorts"]}
    money = amounts(
        (
            _value(row)
            for name in ("triangle", "by_age")
            for row in report.tables[name]
            if row["value"] is not None
        ),
        whole_from=CENTS_BELOW,
    )

    def write(row: Row | None) -> str:
        if row is None:
            return ""
        if int(row["customers"] or 0) <= ENOUGH * size.get(row.get("cohort"), 0):
            return f"({BEGUN})"
        value = _value(row)
        if report.metric in RETENTION:
            share = f"{value:.0%}" if value == 0 or value >= LEAST_RATE else "<1%"
            text: str = Numeral(share, value, Unit.RATE)
        elif report.metric == "orders":
            text = show(value, Unit.RATIO, None, lang)
        else:
            text = money(value)
        return reworded(text, f"{text} " if row.get("complete", True) else f"({text})")

    return write


def _value(row: Row) -> float:
    return float(row["value"] or 0.0)


def _shade(row: Row | None, most: float) -> float | None:
    """Return the shade of a value, the same whatever its age."""
    if row is None or row["value"] is None or not row["complete"] or most <= 0:
        return None
    return min(max(_value(row) / most, 0.0), 1.0)


def _cell(report: CohortsReport, row: Row, key: str, lang: str) -> str:
    value = row.get(key)
    if key == "cohort":
        return f"{value}" if row["over"] else f"{value}{NOT_OVER}"
    if key == "grade":
        return shared.graded(str(value), lang, upper_bound=report.basis == "revenue")
    if key == "payback_observed" and shared.awaits_payback(row, key):
        return translate(shared.NOT_YET, lang)
    if value is None:
        return ""
    if key == "payback_observed":
        return fill(N_("{n} mo"), {"n": int(value)}, lang)
    unit = {"customers": Unit.COUNT, "ltv_to_cac": Unit.RATIO}.get(key, Unit.MONEY)
    return show(float(value), unit, report.currency, lang)


def _notes(
    shown: Sequence[Row],
    cells: Cells,
    chosen: Sequence[int],
    graded: bool,
    lang: str,
) -> list[str]:
    """Explain the marks that are shown."""
    seen = [cells.get((cohort["cohort"], age)) for cohort in shown for age in chosen]
    notes = []
    if any(row and not row["complete"] for row in seen):
        text = N_("( ) only customers observed for the full month; (…) fewer than half were")
        notes.append(translate(text, lang))
    if not all(cohort["over"] for cohort in shown):
        text = N_("{mark} incomplete: customers still join this cohort")
        notes.append(fill(text, {"mark": NOT_OVER}, lang))
    if graded:
        text = N_("Grade to date: realised value only; young cohorts have had less time")
        notes.append(translate(text, lang))
    return notes
