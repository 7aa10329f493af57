"""The pages of `ltv cohorts`: the triangle as far as it fits, and every table in a memo."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ltvcli.analyses.cohorts.sentences import UNITS
from ltvcli.choices import RETENTION
from ltvcli.language import N_, translate
from ltvcli.pages import grid_lines, shared, table_page
from ltvcli.pages.cohort_grid import ages, grid, label
from ltvcli.pages.content import Grid
from ltvcli.results import Row, described
from ltvcli.results.cohorts import CohortsReport, Conversion
from ltvcli.text.layout import width_of
from ltvcli.text.numbers import reworded
from ltvcli.text.words import fill
from ltvcli.units import Unit

TITLES = {
    "cohorts": N_("Cohorts to date"),
    "triangle": N_("Cohorts by month of age"),
    "by_age": N_("Value of an average customer by month of age"),
    "trend": N_("Newer vs. older cohorts at the same age"),
    "acquisition": N_("CAC of new customers by month"),
}
COLUMNS = {
    "cohorts": {
        "cohort": (N_("Cohort"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "revenue": (N_("Revenue"), Unit.MONEY),
        "customers_closing": (N_("Paying customers"), Unit.COUNT),
        "mrr": (N_("MRR"), Unit.MONEY),
        "margin": (N_("Margin"), Unit.RATE),
        "months": (N_("Months"), Unit.COUNT),
        "ltv": (N_("LTV to date"), Unit.MONEY),
        "cac": (N_("CAC"), Unit.MONEY),
        "ltv_to_cac": (N_("LTV/CAC"), Unit.RATIO),
        "payback_observed": (N_("Payback, month"), Unit.COUNT),
        "f2_conversion": (N_("F2 conversion"), Unit.RATE),
        "f3_conversion": (N_("F3 conversion"), Unit.RATE),
        "grade": (N_("Grade to date"), Unit.TEXT),
    },
    "triangle": {
        "cohort": (N_("Cohort"), Unit.TEXT),
        "age_month": (N_("Month"), Unit.COUNT),
        "customers": (N_("Customers observed"), Unit.COUNT),
        "value": (N_("Value"), Unit.MONEY),
        "complete": (N_("Complete"), Unit.TEXT),
        "revenue": (N_("Revenue"), Unit.MONEY),
    },
    "by_age": {
        "age_month": (N_("Month"), Unit.COUNT),
        "customers": (N_("Customers observed"), Unit.COUNT),
        "value": (N_("Value"), Unit.MONEY),
        "ltv": (N_("LTV to date"), Unit.MONEY),
    },
    "trend": {
        "months": (N_("Months"), Unit.COUNT),
        "older_first": (N_("Older: first"), Unit.TEXT),
        "older_last": (N_("Older: last"), Unit.TEXT),
        "older_customers": (N_("Customers"), Unit.COUNT),
        "older": (N_("Older"), Unit.MONEY),
        "newer_first": (N_("Newer: first"), Unit.TEXT),
        "newer_last": (N_("Newer: last"), Unit.TEXT),
        "newer_customers": (N_("Customers"), Unit.COUNT),
        "newer": (N_("Newer"), Unit.MONEY),
        "difference": (N_("Difference"), Unit.MONEY),
        "differs": (N_("Significant"), Unit.TEXT),
    },
    "acquisition": {
        "month": (N_("Month"), Unit.TEXT),
        "channel": (N_("Channel"), Unit.TEXT),
        "spend": (N_("Spend"), Unit.MONEY),
        "customers": (N_("Customers"), Unit.COUNT),
        "cac": (N_("CAC"), Unit.MONEY),
    },
}
DEFINITIONS = {
    N_("Cohort"): N_(
        "Customers whose first order, or first paid day of a subscription, lies in the same month "
        "or quarter."
    ),
    N_("Month"): N_(
        "Month since the customer's first order or first paid day; 0 is the first. Only months "
        "that are complete for a customer count in values."
    ),
    N_("LTV to date"): N_(
        "Cumulative margin per customer over the months that are complete for all customers of "
        "the cohort. Compare cohorts at the same age only: younger ones have had less time."
    ),
    N_("Payback, month"): N_("Month in which the cohort recovered its CAC."),
    **{figure.label: figure.definition for _, figure in described(Conversion)},
    N_("Significant"): N_(
        "Whether newer cohorts of the last three years differ significantly from older ones "
        "(Holm-adjusted over all ages)."
    ),
}
IN_UNIT = ("value", "older", "newer", "difference")
"""Columns that are in the unit of the metric."""
MOST_ROWS = 24
"""Cohorts on a screen: two years by month."""
WIDE = 100
"""From this width on, revenue and LTV/CAC are shown."""
FIRST = (0, 1, 3, 6, 12, 2, 24, 9, 18, 36, 48, 60, 4, 5, 30, 15, 21)
"""Ages in the order in which columns are filled; all others follow by age."""


def grids(report: CohortsReport, lang: str, width: int) -> list[Grid]:
    """Draw the newest cohorts, with a column for each age that fits.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
    """
    cohorts = report.tables["cohorts"]
    shown = cohorts[-MOST_ROWS:]
    known = ages(report, shown)
    wide = width >= WIDE
    recurs = report.evidence.mrr is not None
    before = ("cohort", "customers", *(["revenue"] if wide else []))
    before = (*before, *(["mrr"] if wide and recurs else []))
    spent = report.acquisition is not None and "acquisition" in report.tables
    after = (
        *(["cac"] if wide and spent else []),
        "ltv_to_cac",
        "payback_observed",
        "grade",
    )
    after = after if report.evidence.cac_known else ()
    complete = grid(report, lang, shown, known, before, after)
    chosen = _fitting(complete, len(before), [label(report, age) for age in known], width)
    drawn = grid(report, lang, shown, [known[place] for place in chosen], before, after)
    notes = list(drawn.notes)
    further = 1 + recurs + (report.evidence.cac_known and spent)  # revenue, MRR and the CAC
    unshown = 0 if wide else further
    if left := len(known) - len(chosen) + unshown:
        notes.append(grid_lines.hidden_columns(left, lang))
    if older := cohorts[:-MOST_ROWS]:
        facts = {
            "n": len(older),
            "first": older[0]["cohort"],
            "last": older[-1]["cohort"],
            "customers": sum(int(row["customers"] or 0) for row in older),
        }
        text = N_(
            "{n} older {n:cohort|cohorts} hidden ({first} to {last}, {customers} "
            "{customers:customer|customers}): use --by quarter or --verbose"
        )
        notes.append(fill(text, facts, lang))
    return [replace(drawn, notes=notes)]


def _fitting(complete: Grid, before: int, labels: Sequence[int], width: int) -> list[int]:
    """Choose the ages that fit, as indices of `labels`."""
    columns = zip(complete.heads, *complete.rows, strict=True)
    widths = [max(map(width_of, column)) + 1 for column in columns]
    of_ages = widths[before : before + len(labels)]
    room = width + 1 - (sum(widths) - sum(of_ages))
    chosen = []
    rank = {age: place for place, age in enumerate(FIRST)}
    for place in sorted(
        range(len(labels)), key=lambda index: rank.get(labels[index], 1000 + index)
    ):
        room -= of_ages[place]
        if room < 0:
            break
        chosen.append(place)
    return sorted(chosen)


def _worded(row: Row) -> Row:
    """Write "not yet" for a cohort with a CAC that has not paid back."""
    waits = shared.awaits_payback(row, "payback_observed")
    return {**row, "payback_observed": shared.NOT_YET} if waits else row


def memo(report: CohortsReport, lang: str) -> list[Grid]:
    """Return every table, the triangle by cohort and age."""
    unit = UNITS.get(report.metric, Unit.MONEY)
    drawn_grids: list[Grid] = []
    aside = {("by_age", "value")} if report.metric == "ltv" else set()
    if not report.evidence.cac_known:
        aside.add(("cohorts", "grade"))
    for name, plain in report.tables.items():
        rows = [_worded(row) for row in plain] if name == "cohorts" else plain
        columns = {
            key: (text, unit if key in IN_UNIT else usual)
            for key, (text, usual) in COLUMNS[name].items()
            if any(row.get(key) is not None for row in rows) and (name, key) not in aside
        }
        if report.metric in RETENTION and "difference" in columns:
            columns["difference"] = (N_("Difference, points"), unit)
        if name == "triangle":
            cohorts = report.tables["cohorts"]
            recurs = report.evidence.mrr is not None
            before = ("cohort", "customers", "revenue", *(["mrr"] if recurs else []))
            drawn = grid(report, lang, cohorts, ages(report, cohorts), before)
            bare = [
                [reworded(cell, cell.strip()) for cell in row] for row in (drawn.heads, *drawn.rows)
            ]
            drawn_grids.append(replace(drawn, heads=bare[0], rows=bare[1:]))
        elif rows:
            title = translate(TITLES[name], lang)
            on_revenue = report.basis == "revenue"
            drawn_grids.append(
                table_page.grid(title, columns, rows, report.currency, lang, upper_bound=on_revenue)
            )
    return drawn_grids
