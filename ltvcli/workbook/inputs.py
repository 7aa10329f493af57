"""The sheet of inputs: every constant that a formula takes, in blue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ltvcli.language import N_, translate
from ltvcli.pages.shared import SOURCES
from ltvcli.results import Source
from ltvcli.units import MONTHS_PER_YEAR
from ltvcli.workbook.cells import INPUTS, Number, Sheet

RULE = N_("Rule")
DECIMALS = 2
MONTHS_A_YEAR = "months"
"""Key of the months per year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A constant, and where it comes from; `key` is by what formulas find its place."""

    key: str
    label: str
    value: Number
    look: str
    unit: str = ""
    origin: str = RULE


def lay_out(inputs: Sequence[Input], lang: str) -> tuple[Sheet, dict[str, str]]:
    """Lay out the constants; return where each stands."""
    sheet = Sheet(name=INPUTS, freeze=(3, 0))
    sheet.put(0, 0, translate(N_("Inputs"), lang), "title")
    for at, head in enumerate((N_("Input"), N_("Value"), N_("Unit"), N_("Origin"))):
        sheet.put(
            2, at, translate(head, lang), "right" if at == 1 else "word head" if at else "head"
        )
    places: dict[str, str] = {}
    for row, constant in enumerate(inputs, 3):
        sheet.put(row, 0, translate(constant.label, lang))
        sheet.put(row, 1, constant.value, constant.look, blue=True)
        sheet.put(row, 2, translate(constant.unit, lang), "word")
        sheet.put(row, 3, translate(constant.origin, lang), "word")
        places[constant.key] = f"{INPUTS}!$B${row + 1}"
    return sheet, places


def cac(value: float, currency: str | None) -> Input:
    """Return a given CAC, the same for all customers."""
    label, unit = N_("Acquisition cost (CAC)"), currency or N_("money")
    return Input(
        key="cac", label=label, value=value, look="money", unit=unit, origin=SOURCES[Source.GIVEN]
    )


def months_a_year() -> Input:
    """Return the months of a year, by which what is per year becomes per month."""
    return Input(
        key=MONTHS_A_YEAR,
        label=N_("Months per year"),
        value=MONTHS_PER_YEAR,
        look="count",
        unit=N_("months"),
    )


def decimals() -> Input:
    """Return to how many decimals differences are rounded: noise of sums is none."""
    return Input(key="decimals", label=N_("Decimals of differences"), value=DECIMALS, look="count")


def tolerance(label: str, value: float) -> Input:
    """Return the difference that checks of one kind allow."""
    return Input(key="tolerance", label=label, value=value, look="tiny")


def rounded(formula: str, value: float, places: Mapping[str, str]) -> tuple[str, float]:
    """Round a difference, in the formula as in its value; 0 has no sign.

    Args:
        formula: without the equals sign.
        value: of the formula.
        places: of the inputs.
    """
    return f"ROUND({formula},{places['decimals']})", round(value, DECIMALS) + 0.0
