"""The sheet of inputs: every constant used by a formula, in blue, and where it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ltvcli.language import N_, translate
from ltvcli.pages.shared import SOURCES
from ltvcli.results import Figures, Source, described
from ltvcli.units import MONTHS_PER_YEAR, Unit, unit_of
from ltvcli.workbook.cells import INPUTS, Number, Sheet

RULE = N_("Rule")
FIRST = 4
"""Row of the first constant, as a spreadsheet counts."""
HEADS = (N_("Input"), N_("Value"), N_("Unit"), N_("Origin"), N_("Used on"))
LOOKS = {Unit.MONEY: "money", Unit.RATE: "rate", Unit.RATIO: "ratio", Unit.MONTHS: "months"}
DECIMALS = 2
MONTHS_A_YEAR = "months"
"""Key of the months per year."""


class Input(Struct, frozen=True, kw_only=True):
    """A constant, and its source; `key` is the name by which formulas find its cell."""

    key: str
    label: str
    value: Number
    look: str
    unit: str = ""
    origin: str = RULE


def lay_out(
    inputs: Mapping[str, Sequence[Input]], lang: str
) -> tuple[Sheet, dict[str, dict[str, str]]]:
    """Lay out the constants, each once; return the cell of each by key.

    A constant that several sheets use has one row, so that a change applies to all of them.

    Args:
        inputs: constants by the name of the sheet that takes them.
        lang: of the labels.
    """
    sheet = Sheet(name=INPUTS, freeze=(FIRST - 1, 0))
    sheet.put(0, 0, translate(N_("Inputs"), lang), "title")
    for at, head in enumerate(HEADS):
        look = "right" if at == 1 else "word head" if at else "head"
        sheet.put(FIRST - 2, at, translate(head, lang), look)
    users: dict[Input, list[str]] = {}
    for name, constants in inputs.items():
        for constant in constants:
            users.setdefault(constant, []).append(name)
    rows = {constant: row for row, constant in enumerate(users, FIRST)}
    for constant, row in rows.items():
        sheet.put(row - 1, 0, translate(constant.label, lang))
        sheet.put(row - 1, 1, constant.value, constant.look, blue=True)
        sheet.put(row - 1, 2, translate(constant.unit, lang), "word")
        sheet.put(row - 1, 3, translate(constant.origin, lang), "word")
        sheet.put(row - 1, 4, ", ".join(users[constant]), "word")
    places = {
        name: {constant.key: f"{INPUTS}!$B${rows[constant]}" for constant in constants}
        for name, constants in inputs.items()
    }
    return sheet, places


def of_figure(key: str, value: float, source: Source, currency: str | None) -> Input:
    """Return an input of the methods, such as the margin.

    Args:
        key: name of the figure.
        value: of the figure.
        source: whether it was measured, given or assumed.
        currency: of money; None if it is not known.
    """
    about = dict(described(Figures))[key]
    look = LOOKS[unit_of(about.measure)]
    return Input(
        key=key,
        label=about.label,
        value=value,
        look=look,
        unit=currency or "" if look == "money" else about.measure,
        origin=SOURCES[source],
    )


def months_a_year() -> Input:
    """Return the months of a year, to convert from per year to per month."""
    return Input(
        key=MONTHS_A_YEAR,
        label=N_("Months per year"),
        value=MONTHS_PER_YEAR,
        look="count",
        unit=N_("months"),
    )


def decimals() -> Input:
    """Return the decimals to which differences are rounded, so that noise of sums vanishes."""
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
