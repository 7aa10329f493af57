"""The live sheets of `ltv cohorts`: triangles month by month, and the value of each cohort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ltvcli.language import N_, translate
from ltvcli.pages import cohorts as words
from ltvcli.results import Source
from ltvcli.results.cohorts import CohortsReport
from ltvcli.text.words import fill
from ltvcli.units import Unit, monthly_from_yearly
from ltvcli.workbook import inputs, triangles
from ltvcli.workbook.cells import Live, Number, Sheet, Tie, column
from ltvcli.workbook.tables import LOOKS, unit_label

SHEET = "Cohorts"
MOST_CELLS = 20_000
"""Cohorts times months of which formulas are written; a spreadsheet of more opens slowly."""
TOO_MANY = N_(
    "The cohorts have no formulas in this workbook: a spreadsheet opens at most {most} cells of "
    "them fast, and there are {cells}. Their values stand on other sheets."
)
FEWER = N_("For formulas, type ltv cohorts with --by quarter.")
MONTHS_A_QUARTER = 3
TOLERANCE = 0.005
"""Half a cent."""
HEADS = {
    "cohort": words.COLUMNS["cohorts"]["cohort"],
    "customers": words.COLUMNS["cohorts"]["customers"],
    "revenue": words.COLUMNS["cohorts"]["revenue"],
    "summed": (N_("Revenue of the triangle"), Unit.MONEY),
    "difference": (N_("Difference"), Unit.MONEY),
    "months": (N_("Complete months"), Unit.COUNT),
    "ltv": words.COLUMNS["cohorts"]["ltv"],
    "cac": words.COLUMNS["cohorts"]["cac"],
    "ltv_to_cac": words.COLUMNS["cohorts"]["ltv_to_cac"],
    "net": (N_("LTV – CAC"), Unit.MONEY),
    "delivered": (N_("LTV as delivered"), Unit.MONEY),
    "change": (N_("Change of LTV since delivery"), Unit.MONEY),
}
AT = {key: column(place) for place, key in enumerate(HEADS)}
ROW = 6
"""Row of the first cohort; all of them together stand above."""


def lay_out(report: CohortsReport, places: Mapping[str, str], lang: str) -> Live:
    """Lay out revenue and customers by month as values, retention and LTV as formulas.

    Args:
        report: with the triangle.
        places: of the inputs.
        lang: of the labels.
    """
    cohorts, triangle = report.tables["cohorts"], report.tables["triangle"]
    ages = _ages(report)
    if not _is_live(report):
        return Live(notes=_notes(report, lang))
    names = ["revenue", "observed", "complete", "margin", "ltv"]
    names += ["active", "retention"] if report.metric == "retention" else []
    grid = triangles.Grid(
        cohorts=cohorts,
        cells={(row["cohort"], int(row["age_month"] or 0)): row for row in triangle},
        ages=ages,
        places=places,
        blocks={
            name: triangles.TOP + 1 + nth * (len(cohorts) + 2) for nth, name in enumerate(names)
        },
        discount=monthly_from_yearly(float(report.given.get("discount") or 0.0)),
    )
    by_month, worth = triangles.lay_out(report, grid, lang)
    sheet = _values(report, grid, worth, lang)
    number = list(HEADS).index
    known = [sheet.cells[ROW - 1 + nth, number("difference")].value for nth in range(len(cohorts))]
    differences = [float(gap) for gap in known if isinstance(gap, float)] or [0.0]
    first, last = ROW, ROW + len(cohorts) - 1
    gaps = f"{SHEET}!${AT['difference']}${first}:${AT['difference']}${last}"
    customers = sum(int(row["customers"] or 0) for row in cohorts)
    ties = [
        Tie(
            name=translate(N_("Revenue by month adds up to that of each cohort"), lang),
            left=f"MAX({gaps})",
            right=f"MIN({gaps})",
            value=max(differences),
            right_value=min(differences),
            look="money",
            tolerance=places["tolerance"],
        ),
        Tie(
            name=translate(N_("Revenue of all cohorts = all included revenue"), lang),
            left=f"{SHEET}!${AT['summed']}${ROW - 1}",
            right=f"{SHEET}!${AT['revenue']}${last + 2}",
            value=sheet.cells[ROW - 2, number("summed")].value,
            right_value=report.evidence.revenue,
            look="money",
            tolerance=places["tolerance"],
        ),
        Tie(
            name=translate(N_("Customers of all cohorts = all customers"), lang),
            left=f"{SHEET}!${AT['customers']}${ROW - 1}",
            right=f"{SHEET}!${AT['customers']}${last + 2}",
            value=customers,
        ),
    ]
    change = f"{SHEET}!${AT['change']}${ROW - 1}"
    return Live(
        sheets=[by_month, sheet],
        ties=ties,
        changes=[
            (
                translate(N_("All cohorts, summed"), lang),
                change,
                sheet.cells[ROW - 2, number("change")].value,
            )
        ],
    )


def constants(report: CohortsReport, _lang: str) -> list[inputs.Input]:
    """Return margin and CAC where they are the same for all cohorts, discount and rules."""
    if not _is_live(report):
        return []
    given, currency = report.given, report.currency
    every = []
    if report.basis == "revenue":
        every.append(inputs.of_figure("margin", 1.0, Source.ASSUMED, currency))
    elif "margin" in given:
        every.append(inputs.of_figure("margin", float(given["margin"]), Source.GIVEN, currency))
    if "cac" in given:
        every.append(inputs.of_figure("cac", float(given["cac"]), Source.GIVEN, currency))
    source = Source.GIVEN if "discount" in given else Source.ASSUMED
    return [
        *every,
        inputs.of_figure("discount", float(given.get("discount") or 0.0), source, currency),
        inputs.months_a_year(),
        inputs.decimals(),
        inputs.tolerance(N_("Tolerance of checks"), TOLERANCE),
    ]


def _ages(report: CohortsReport) -> int:
    """Return the number of months in the triangle."""
    triangle = report.tables["triangle"]
    return 1 + max((int(row["age_month"] or 0) for row in triangle), default=-1)


def _is_live(report: CohortsReport) -> bool:
    """Return whether there is a triangle, and a spreadsheet opens its formulas fast."""
    return 0 < len(report.tables["cohorts"]) * _ages(report) <= MOST_CELLS


def _notes(report: CohortsReport, lang: str) -> list[str]:
    """Describe why a triangle has no formulas."""
    if not (cells := len(report.tables["cohorts"]) * _ages(report)):
        return []
    notes = [fill(TOO_MANY, {"cells": cells, "most": MOST_CELLS}, lang)]
    # Two quarters more, since the first and the last may be incomplete.
    quarters = len(report.tables["cohorts"]) // MONTHS_A_QUARTER + 2
    if report.by == "month" and quarters * _ages(report) <= MOST_CELLS:
        notes.append(translate(FEWER, lang))
    return notes


def _values(
    report: CohortsReport, grid: triangles.Grid, worth: Sequence[Sequence[float | None]], lang: str
) -> Sheet:
    """Lay out a row for each cohort: sums of the triangles, LTV to date against CAC."""
    sheet = Sheet(name=SHEET, freeze=(ROW - 1, 1))
    sheet.put(0, 0, translate(N_("Cohorts: value to date"), lang), "title")
    for at, (label, unit) in enumerate(HEADS.values()):
        is_text = unit is Unit.TEXT
        sheet.put(2, at, translate(label, lang), "head" if is_text else "right")
        sheet.put(3, at, "" if is_text else unit_label(unit, report.currency, lang), "unit")
    last = ROW + len(grid.cohorts) - 1
    sheet.put(ROW - 2, 0, translate(N_("All"), lang), "label")
    totals = dict.fromkeys(("customers", "revenue", "summed", "change"), 0.0)
    for nth, cohort in enumerate(grid.cohorts):
        row, here = ROW + nth, {key: f"${letter}{ROW + nth}" for key, letter in AT.items()}
        summed = sum(grid.number(cohort, age, "revenue") or 0.0 for age in range(grid.ages))
        revenue = float(cohort["revenue"] or 0.0)
        months = sum(value is not None for value in worth[nth])
        ltv = worth[nth][months - 1] if months else None
        cac = float(cohort["cac"]) if isinstance(cohort["cac"], (int, float)) else None
        sheet.put(row - 1, 0, cohort["cohort"])
        for key in ("customers", "revenue"):
            sheet.put(row - 1, list(HEADS).index(key), cohort[key], LOOKS[HEADS[key][1]])
        _formula(
            sheet, row, "summed", f"SUM({triangles.TRIANGLE}!{grid.along('revenue', nth)})", summed
        )
        formula = f"{here['summed']}-{here['revenue']}"
        gap = inputs.rounded(formula, summed - revenue, grid.places)
        _formula(sheet, row, "difference", *gap)
        formula = f"SUM({triangles.TRIANGLE}!{grid.along('complete', nth)})"
        _formula(sheet, row, "months", formula, months)
        newest = f"INDEX({triangles.TRIANGLE}!{grid.along('ltv', nth)},1,{here['months']})"
        _formula(sheet, row, "ltv", f'IF({here["months"]}=0,"",{newest})', ltv)
        if "cac" in grid.places:
            _formula(sheet, row, "cac", grid.places["cac"], cac)
        else:
            sheet.put(row - 1, list(HEADS).index("cac"), cac, "money")
        unknown = f'IF({here["ltv"]}="","",'
        ratio = ltv / cac if ltv is not None and cac is not None and cac > 0 else None
        formula = f'{unknown}IF({here["cac"]}<=0,"",{here["ltv"]}/{here["cac"]}))'
        _formula(sheet, row, "ltv_to_cac", formula, ratio)
        net = ltv - cac if ltv is not None and cac is not None else None
        formula = f'{unknown}IF({here["cac"]}="","",{here["ltv"]}-{here["cac"]}))'
        _formula(sheet, row, "net", formula, net)
        delivered = float(cohort["ltv"]) if isinstance(cohort["ltv"], (int, float)) else None
        sheet.put(row - 1, list(HEADS).index("delivered"), delivered, "money")
        change = ltv - delivered if ltv is not None and delivered is not None else None
        formula = f"{here['ltv']}-{here['delivered']}"
        formula, moved = inputs.rounded(formula, change or 0.0, grid.places)
        known = None if change is None else moved
        _formula(sheet, row, "change", f"{unknown}{formula})", known)
        added = {"customers": int(cohort["customers"] or 0), "revenue": revenue, "summed": summed}
        for key, amount in (added | {"change": moved}).items():
            totals[key] += amount
    for key, total in totals.items():
        formula = f"SUM(${AT[key]}${ROW}:${AT[key]}${last})"
        _formula(sheet, ROW - 1, key, formula, total)
    sheet.put(last + 1, 0, translate(N_("As read from the files"), lang))
    sheet.put(last + 1, list(HEADS).index("customers"), report.evidence.customers, "count")
    sheet.put(last + 1, list(HEADS).index("revenue"), report.evidence.revenue, "money")
    return sheet


def _formula(sheet: Sheet, row: int, key: str, formula: str, value: Number) -> None:
    sheet.reckon(row - 1, list(HEADS).index(key), formula, value, LOOKS[HEADS[key][1]])
