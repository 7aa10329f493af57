"""The live sheet of `ltv mrr`: opening and movements make the close, month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isclose

from ltvcli.formulas import mrr as formulas
from ltvcli.language import N_, translate
from ltvcli.pages import mrr
from ltvcli.results.mrr import Month, MrrReport
from ltvcli.units import MONTHS_PER_YEAR
from ltvcli.workbook import inputs
from ltvcli.workbook.cells import FIRST, Live, Number, Sheet, Tie, column

SHEET = "MRR"
LOSSES = (*mrr.LOSSES, "customers_churn")
MONEY = ("new", "expansion", "reactivation", "contraction", "churn")
PEOPLE = ("customers_new", "customers_reactivation", "customers_churn")
UNITS = {"arpu": ("money", ""), "quick_ratio": ("ratio", N_("ratio"))}
MONTH, KNOWN, OPENING = 3, 4, 6
"""Rows as a spreadsheet counts: months, whether their rates are known, and the opening."""
TOLERANCE = 0.005
"""Half a cent."""
ALIKE = 1e-9


def constants(report: MrrReport, _lang: str) -> list[inputs.Input]:
    """Return the rules that formulas take."""
    if not report.months:
        return []
    tolerance = inputs.tolerance(N_("Tolerance of checks"), TOLERANCE)
    return [inputs.months_a_year(), inputs.decimals(), tolerance]


def lay_out(report: MrrReport, places: Mapping[str, str], lang: str) -> Live:
    """Lay out the corkscrews of MRR and customers, ARR, and rates.

    Args:
        report: with the movements.
        places: of the inputs.
        lang: of the labels.
    """
    if not report.months:
        return Live()
    sheet = Sheet(name=SHEET, freeze=(MONTH, FIRST))
    ties = add(sheet, report, places, lang)
    return Live(sheets=[sheet], ties=ties)


def add(sheet: Sheet, report: MrrReport, places: Mapping[str, str], lang: str) -> list[Tie]:
    """Lay out the movements of every month, and return the checks.

    Args:
        sheet: still empty.
        report: with the movements.
        places: of the inputs.
        lang: of the labels.
    """
    months = report.months
    sheet.put(0, 0, translate(N_("MRR, month by month"), lang), "title")
    sheet.put(
        1,
        0,
        " · ".join(filter(None, [*mrr.basis(report, lang), mrr.footnote(report, lang)])),
        "line",
    )
    sheet.put(MONTH - 1, 0, translate(N_("Month"), lang), "head")
    sheet.put(MONTH - 1, 1, translate(N_("Unit"), lang), "word head")
    sheet.put(MONTH - 1, FIRST - 1, translate(N_("Before"), lang), "right")
    for at, month in enumerate(months, FIRST):
        sheet.put(MONTH - 1, at, mrr.heading(month), "right")
    known = [int(_known(month)) for month in months]
    _line(sheet, KNOWN, N_("Rates are known (1 yes)"), "", lang)
    _values(sheet, KNOWN, known, "count")
    money = "money", report.currency or translate(N_("money"), lang)
    number = "count", translate(N_("number"), lang)
    closing = OPENING + len(MONEY) + 1
    ties = _corkscrew(sheet, months, ("opening", *MONEY, "closing"), OPENING, money, places, lang)
    arr = closing + 4
    _line(sheet, arr, N_("ARR"), money[1], lang)
    for at, month in enumerate(months, FIRST):
        formula = f"{column(at)}{closing}*{places[inputs.MONTHS_A_YEAR]}"
        sheet.reckon(arr - 1, at, formula, month.closing * MONTHS_PER_YEAR, "money")
    people = arr + 2
    keys = ("customers_opening", *PEOPLE, "customers_closing")
    ties += _corkscrew(sheet, months, keys, people, number, places, lang)
    _rates(sheet, months, people, people + len(keys) + 3, money[1], lang)
    return ties


def _line(sheet: Sheet, row: int, label: str, unit: str, lang: str) -> None:
    """Name a row, which is counted as a spreadsheet does."""
    sheet.put(row - 1, 0, translate(label, lang))
    sheet.put(row - 1, 1, unit, "word")


def _values(sheet: Sheet, row: int, values: Sequence[Number], look: str) -> None:
    for at, value in enumerate(values, FIRST):
        sheet.put(row - 1, at, value, look)


def _corkscrew(
    sheet: Sheet,
    months: Sequence[Month],
    keys: Sequence[str],
    row: int,
    unit: tuple[str, str],
    places: Mapping[str, str],
    lang: str,
) -> list[Tie]:
    """Lay out opening, movements, close, and the measured close; return the checks.

    The opening of each month is the close of the month before, which the first month has in a
    column of its own. Where a definition of churn counts other customers than those who are gone,
    movements do not add up: then all are values.
    """
    look, name = unit
    closing = row + len(keys) - 1
    for place, key in enumerate(keys, row):
        _line(sheet, place, mrr.FIGURES[key].label, name, lang)
        if place != closing:
            values = [getattr(month, key) for month in months]
            _values(sheet, place, [-value if key in LOSSES else value for value in values], look)
    if not _add_up(months, keys):
        _values(sheet, closing, [getattr(month, keys[-1]) for month in months], look)
        return []
    _line(sheet, closing + 1, N_("As delivered"), name, lang)
    _line(sheet, closing + 2, N_("Difference"), name, lang)
    before = getattr(months[0], keys[0])
    sheet.put(closing - 1, FIRST - 1, before, look)
    differences: list[float] = []
    for at, month in enumerate(months, FIRST):
        here = column(at)
        sheet.reckon(row - 1, at, f"{column(at - 1)}{closing}", before, look)
        before += _moved(month, keys[1:-1])
        delivered = getattr(month, keys[-1])
        sheet.reckon(closing - 1, at, f"SUM({here}{row}:{here}{closing - 1})", before, look)
        sheet.put(closing, at, delivered, look)
        formula = f"{here}{closing}-{here}{closing + 1}"
        formula, gap = inputs.rounded(formula, before - delivered, places)
        sheet.reckon(closing + 1, at, formula, gap, look)
        differences.append(gap)
    first, last = column(FIRST), column(FIRST + len(months) - 1)
    gaps = f"{SHEET}!${first}${closing + 2}:${last}${closing + 2}"
    return [
        Tie(
            name=f"{translate(mrr.FIGURES[keys[-1]].label, lang)}: "
            + translate(N_("opening + movements = close, in every month"), lang),
            left=f"MAX({gaps})",
            right=f"MIN({gaps})",
            value=max(differences),
            right_value=min(differences),
            look=look,
            tolerance=places["tolerance"],
        )
    ]


def _moved(month: Month, movements: Sequence[str]) -> float:
    amounts = ((key, float(getattr(month, key))) for key in movements)
    return sum(-amount if key in LOSSES else amount for key, amount in amounts)


def _add_up(months: Sequence[Month], keys: Sequence[str]) -> bool:
    """Return whether each month opens with the close before, and its movements make its close."""
    opening, *movements, closing = keys
    before = getattr(months[0], opening)
    for month in months:
        if abs(getattr(month, opening) - before) > TOLERANCE:
            return False
        before = getattr(month, closing)
        if abs(getattr(month, opening) + _moved(month, movements) - before) > TOLERANCE:
            return False
    return True


def _rates(
    sheet: Sheet, months: Sequence[Month], people: int, row: int, currency: str, lang: str
) -> None:
    """Lay out rates derived from the rows above; values if a definition uses other periods.

    Args:
        sheet: with the movements.
        months: with the rates.
        people: row of the customers at the opening, as a spreadsheet counts.
        row: of the first rate.
        currency: of money, or what money is called without one.
        lang: of the labels.
    """
    new, expansion, reactivation, contraction, churn = range(OPENING + 1, OPENING + 1 + len(MONEY))
    closing, left, paying = churn + 1, people + len(PEOPLE), people + len(PEOPLE) + 1
    lost = f"(-@{contraction}-@{churn})"
    won = f"(@{expansion}+@{reactivation})"
    recipes = {
        "arpu": (f"@{closing}", f"@{paying}"),
        "logo_churn": (f"-@{left}", f"@{people}"),
        "gross_mrr_churn": (lost, f"@{OPENING}"),
        "net_mrr_churn": (f"({lost}-{won})", f"@{OPENING}"),
        "grr": (f"(@{OPENING}-{lost})", f"@{OPENING}"),
        "nrr": (f"(@{OPENING}+@{expansion}-{lost})", f"@{OPENING}"),
        "quick_ratio": (f"(@{new}+{won})", lost),
    }
    expected = [_expected(month) for month in months]
    for place, (key, (upper, lower)) in enumerate(recipes.items(), row):
        look, unit = UNITS.get(key, ("rate", "%"))
        if key == "arpu":
            unit = currency
        _line(sheet, place, mrr.FIGURES[key].label, translate(unit, lang), lang)
        values = [getattr(month, key) for month in months]
        if not all(map(_alike, values, (rates[key] for rates in expected))):
            _values(sheet, place, values, look)
            continue
        ratio = f'IF({lower}<=0,"",{upper}/{lower})'
        if key != "arpu":
            ratio = f'IF(@{KNOWN}=0,"",{ratio})'
        for at, value in enumerate(values, FIRST):
            sheet.reckon(place - 1, at, ratio.replace("@", column(at)), value, look)


def _expected(month: Month) -> dict[str, float | None]:
    """Return the rates of a month that follow from its movements."""
    lost = {"churn": month.churn, "contraction": month.contraction}
    won = {"expansion": month.expansion, "reactivation": month.reactivation}
    rates = {
        "logo_churn": formulas.logo_churn(month.customers_churn, month.customers_opening),
        "gross_mrr_churn": formulas.gross_mrr_churn(month.opening, **lost),
        "net_mrr_churn": formulas.net_mrr_churn(month.opening, **lost, **won),
        "grr": formulas.grr(month.opening, **lost),
        "nrr": formulas.nrr(month.opening, **lost, expansion=month.expansion),
        "quick_ratio": formulas.quick_ratio(new=month.new, **lost, **won),
    }
    if not _known(month):
        rates = dict.fromkeys(rates)
    return {"arpu": formulas.arpu(month.closing, month.customers_closing), **rates}


def _known(month: Month) -> bool:
    return month.complete or month.nrr is not None


def _alike(value: float | None, expected: float | None) -> bool:
    if value is None or expected is None:
        return value is expected
    return isclose(value, expected, rel_tol=ALIKE, abs_tol=ALIKE)
