"""Triangles of cohorts month by month: revenue and customers as values, the rest as formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ltvcli.language import N_, translate
from ltvcli.results import Row
from ltvcli.results.cohorts import CohortsReport
from ltvcli.workbook import inputs
from ltvcli.workbook.cells import FIRST, Sheet, column

TRIANGLE = "Triangle"
MONTH, FACTOR, TOP = 3, 4, 6
"""Rows as a spreadsheet counts: months of age, discount factors, and the first triangle."""


class Grid(Struct, frozen=True, kw_only=True):
    """Inputs of formulas: cohorts, their cells by age, and the cells of inputs.

    `discount` is per month. `blocks` are the rows of the first cohort in each triangle.
    """

    cohorts: Sequence[Row]
    cells: Mapping[tuple[object, int], Row]
    ages: int
    places: Mapping[str, str]
    blocks: Mapping[str, int]
    discount: float

    def along(self, block: str, nth: int) -> str:
        """Return the cells of a cohort in a triangle."""
        row = self.blocks[block] + nth
        return f"${column(FIRST)}{row}:${column(FIRST + self.ages - 1)}{row}"

    def number(self, cohort: Row, age: int, key: str) -> float | None:
        """Return a number of a cell; None where it is not known.

        Args:
            cohort: of the cell.
            age: of the cell, in months.
            key: of the number.
        """
        value = self.cells.get((cohort["cohort"], age), {}).get(key)
        return float(value) if isinstance(value, (int, float)) else None


def lay_out(report: CohortsReport, grid: Grid, lang: str) -> tuple[Sheet, list[list[float | None]]]:
    """Lay out one triangle below the other, and return LTV by cohort and age.

    Args:
        report: with currency and metric.
        grid: of the cohorts.
        lang: of the labels.
    """
    sheet = Sheet(name=TRIANGLE, freeze=(FACTOR, FIRST))
    sheet.put(
        0, 0, translate(N_("Cohorts by month since the first order or payment"), lang), "title"
    )
    sheet.put(MONTH - 1, 0, translate(N_("Month"), lang), "head")
    sheet.put(MONTH - 1, 1, translate(N_("Customers"), lang), "right")
    sheet.put(MONTH - 1, 2, translate(N_("Margin"), lang), "right")
    sheet.put(FACTOR - 1, 0, translate(N_("Discount factor"), lang))
    yearly, months = grid.places["discount"], grid.places[inputs.MONTHS_A_YEAR]
    for age in range(grid.ages):
        here = column(FIRST + age)
        sheet.put(MONTH - 1, FIRST + age, age, "right")
        formula = f"(1+{yearly})^(-{here}{MONTH}/{months})"
        sheet.reckon(FACTOR - 1, FIRST + age, formula, (1 + grid.discount) ** -age, "factor")
    money = f" ({report.currency})" if report.currency else ""
    titles = {
        "revenue": translate(N_("Revenue in the month, incomplete months included"), lang) + money,
        "observed": translate(N_("Customers observed for the whole month"), lang),
        "complete": translate(N_("Whole cohort observed (1 yes)"), lang),
        "margin": translate(N_("Discounted margin per customer in the month"), lang) + money,
        "ltv": translate(N_("LTV per customer up to the month"), lang) + money,
        "active": translate(N_("Active customers"), lang),
        "retention": translate(N_("Retention"), lang),
    }
    worth = []
    for name, row in grid.blocks.items():
        sheet.put(row - 2, 0, titles[name], "section")
    for nth, cohort in enumerate(grid.cohorts):
        for row in (top + nth for top in grid.blocks.values()):
            sheet.put(row - 1, 0, cohort["cohort"])
            sheet.put(row - 1, 1, cohort["customers"], "count")
        worth.append(_cohort(sheet, report, grid, nth))
    return sheet, worth


def _cohort(sheet: Sheet, report: CohortsReport, grid: Grid, nth: int) -> list[float | None]:
    """Write a cohort into every triangle; return its LTV by age, None where it is not complete."""
    cohort = grid.cohorts[nth]
    rows = {name: top + nth for name, top in grid.blocks.items()}
    known = cohort.get("margin")
    margin = float(known) if isinstance(known, (int, float)) else 1.0
    if "margin" in grid.places:
        sheet.reckon(rows["margin"] - 1, 2, grid.places["margin"], margin, "rate")
    else:
        sheet.put(rows["margin"] - 1, 2, margin, "rate")
    size = int(cohort["customers"] or 0)
    worth: list[float | None] = []
    ltv = 0.0
    for age in range(grid.ages):
        at, here = FIRST + age, column(FIRST + age)
        revenue, observed = (grid.number(cohort, age, key) for key in ("revenue", "customers"))
        sheet.put(rows["revenue"] - 1, at, revenue, "money")
        sheet.put(rows["observed"] - 1, at, observed, "count")
        is_complete = bool(size) and observed == size
        formula = f"IF({here}{rows['observed']}=$B{rows['complete']},1,0)"
        sheet.reckon(rows["complete"] - 1, at, formula, int(is_complete), "count")
        worth_of_month = 0.0
        if is_complete:
            worth_of_month = (revenue or 0.0) * margin * (1 + grid.discount) ** -age / size
        formula = (
            f"IF({here}{rows['complete']}=0,0,{here}{rows['revenue']}*$C{rows['margin']}"
            f"*{here}${FACTOR}/{here}{rows['observed']})"
        )
        sheet.reckon(rows["margin"] - 1, at, formula, worth_of_month, "money")
        ltv += worth_of_month
        worth.append(ltv if is_complete else None)
        summed = f"SUM(${column(FIRST)}{rows['margin']}:{here}{rows['margin']})"
        formula = f'IF({here}{rows["complete"]}=0,"",{summed})'
        sheet.reckon(rows["ltv"] - 1, at, formula, worth[-1], "money")
        if report.metric == "retention":
            share = grid.number(cohort, age, "value")
            active = None if share is None or observed is None else round(share * observed)
            sheet.put(rows["active"] - 1, at, active, "count")
            formula = (
                f'IF({here}{rows["active"]}="","",{here}{rows["active"]}/{here}{rows["observed"]})'
            )
            kept = active / observed if active is not None and observed else None
            sheet.reckon(rows["retention"] - 1, at, formula, kept, "rate")
    return worth
