"""The formulas of every method in a workbook, each with its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from ltvcli.language import N_, translate
from ltvcli.pages import shared
from ltvcli.results import Grade, Report, Source, Valuation
from ltvcli.text.words import CERTAIN, fill, grade_label
from ltvcli.workbook.cells import CALCULATION, FIRST, Number, Sheet, column

LIVE = ("basic", "ec", "arpu-churn", "observed")
"""Methods whose formulas are live; what a fitted model gives is an input."""
MONTHLY = "$C$2"
"""The cell of the monthly discount rate in the calculation."""
HEADS = {
    "ltv": (N_("LTV"), "money"),
    "ltv_net": (N_("LTV – CAC"), "money"),
    "ltv_to_cac": (N_("LTV/CAC"), "ratio"),
    "payback": (N_("CAC payback, months"), "months"),
    "grade": (N_("Grade"), "word"),
}
Places = Mapping[str, str]
"""The cell of each input, by its key."""


class Result(Struct, frozen=True, kw_only=True):
    """The cell of a figure of a method, and its label."""

    place: str
    value: Number


Results = Mapping[tuple[str, str], Result]


def add(sheet: Sheet, report: Report, places: Places, months: int, row: int, lang: str) -> Results:
    """Lay out a row for each method, and return the cells of its figures.

    Args:
        sheet: of the calculation.
        report: with the values.
        places: of the inputs.
        months: of the observed value, to the right.
        row: of the heads.
        lang: of the labels.
    """
    sheet.put(row, 0, translate(N_("Method"), lang), "head")
    for at, (label, look) in enumerate(HEADS.values()):
        sheet.put(row, FIRST + at, translate(label, lang), "head" if look == "word" else "right")
    results: dict[tuple[str, str], Result] = {}
    for method in shared.valuations(report):
        if method.ltv is None:
            continue
        row += 1
        sheet.put(row, 0, shared.method_label(method.method, lang))
        for key, formula, value in _figures(method, report, places, months, row + 1, lang):
            at = FIRST + list(HEADS).index(key)
            sheet.reckon(row, at, formula, value, HEADS[key][1])
            place = f"{CALCULATION}!${column(at)}${row + 1}"
            results[method.method, key] = Result(place=place, value=value)
    return results


def _figures(
    method: Valuation, report: Report, places: Places, months: int, row: int, lang: str
) -> Iterator[tuple[str, str, Number]]:
    """Return figure, formula and value of a method; those with a CAC only if it is known."""
    ltv, _, ratio, *_ = (f"${column(FIRST + at)}{row}" for at in range(len(HEADS)))
    yield "ltv", _value(method.method, report, places, months), method.ltv
    if "cac" not in places:
        return
    cac = places["cac"]
    yield "ltv_net", f"{ltv}-{cac}", method.ltv_net
    yield "ltv_to_cac", f'IF({cac}=0,"",{ltv}/{cac})', method.ltv_to_cac
    yield "payback", _payback(method.method, places, months), method.payback
    name = places[f"name {Grade.DANGER}"]
    for grade in (Grade.CAUTION, Grade.IMPROVABLE, Grade.HEALTHY):
        name = f"IF({ratio}>={places[grade]},{places[f'name {grade}']},{name})"
    unknown = places[f"name {Grade.UNKNOWN}"]
    formula = f'IF({ratio}="",{unknown},IF({places["graded"]}=0,{unknown},{name}))'
    yield "grade", formula, grade_name(method.grade, report, lang)


def grade_name(grade: Grade, report: Report, lang: str) -> str:
    """Return the name of a grade; without a margin, the best possible grade is marked as such.

    Args:
        grade: of LTV/CAC.
        report: with or without a margin.
        lang: of the name.
    """
    name = grade_label(grade, lang)
    if report.basis == "revenue" and grade not in CERTAIN:
        return fill(N_("at most {grade}"), {"grade": name}, lang)
    return name


def _value(name: str, report: Report, places: Places, months: int) -> str:
    """Return the formula of a lifetime value."""
    if name not in LIVE:
        return places[f"ltv {name}"]
    if name == "observed":
        return f"SUM(${column(FIRST)}$9:${column(FIRST + months - 1)}$9)"
    margin = places["margin"]
    if name == "arpu-churn":
        paid = f"{places['arpu']}*{margin}"
        if "churn" in places and not _lived(report):
            return f"{paid}*(1+{MONTHLY})/({places['churn']}+{MONTHLY})"
        life = places["lifespan"]
        due = f"{paid}*(1-(1+{MONTHLY})^-{life})*(1+{MONTHLY})/{MONTHLY}"
        return f"IF({MONTHLY}=0,{paid}*{life},{due})"
    per_year = _per_year(places)
    brought = f"{per_year}*{margin}*{places['lifespan']}/{places['months']}"
    if name == "basic":
        return brought
    return f"{brought}-{places['retention_cost']}*{places['lifespan']}/{places['months']}"


def _per_year(places: Places) -> str:
    """Return the revenue a year of an active customer; a subscription is paid each month."""
    if "aov" in places and "frequency" in places:
        return f"{places['aov']}*{places['frequency']}"
    return f"{places['arpu']}*{places['months']}"


def _lived(report: Report) -> bool:
    """Return whether a given lifespan replaces churn."""
    lifespan, churn = report.figures.lifespan, report.figures.churn
    is_given = lifespan is not None and lifespan.source is Source.GIVEN
    return is_given and (churn is None or churn.source is not Source.GIVEN)


def _payback(name: str, places: Places, months: int) -> str:
    cac = places["cac"]
    if name not in LIVE:
        return places.get(f"payback {name}", '""')
    if name == "observed":
        first, last = column(FIRST), column(FIRST + months - 1)
        reached, passed = f"${first}$12:${last}$12", f"${first}$4:${last}$4"
        return f'IF(SUM({reached})=0,"",INDEX({passed},1,MATCH(1,{reached},0)))'
    monthly = f"{_per_year(places)}/{places['months']}*{places['margin']}"
    if name == "arpu-churn":
        monthly = f"{places['arpu']}*{places['margin']}"
    return f'IF({monthly}<=0,"",{cac}/({monthly}))'
