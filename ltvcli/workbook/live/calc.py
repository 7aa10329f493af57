"""The live sheets of `ltv calc`: each formula beside its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ltvcli.formulas.bands import LTV_TO_CAC
from ltvcli.language import N_, translate
from ltvcli.pages import answer, shared
from ltvcli.results import Figures, Grade, Report, Source, Valuation, described
from ltvcli.text.words import SIGNS, fill, grade_label, say
from ltvcli.units import MONTHS_PER_YEAR, monthly_from_yearly
from ltvcli.workbook import inputs, methods
from ltvcli.workbook.cells import (
    CALCULATION,
    DATA,
    FIRST,
    SUMMARY,
    Live,
    Number,
    Sheet,
    Tie,
    column,
)
from ltvcli.workbook.methods import Result, Results

KEYS = (
    "margin", "cac", "retention_cost", "discount", "aov", "frequency", "lifespan", "arpu", "churn",
)  # fmt: skip
"""Figures that formulas take."""
SHEET = CALCULATION
HORIZON, GRADED = "horizon", "graded"
DELIVERED = 10
"""Row of the first value as delivered, as a spreadsheet counts."""
STEPS = tuple(zip((Grade.CAUTION, Grade.IMPROVABLE, Grade.HEALTHY), LTV_TO_CAC, strict=True))


def lay_out(report: Report, places: Mapping[str, str], lang: str) -> Live:
    """Lay out data, and every method with its formulas.

    Args:
        report: with the values.
        places: of the inputs.
        lang: of the labels.
    """
    data, months = _data(report, lang)
    calculation, results = _calculation(report, places, months, lang)
    changes = [
        (
            shared.method_label(method.method, lang),
            f"{results[method.method, 'ltv'].place}-{DATA}!$B${DELIVERED + at}",
            0.0,
        )
        for at, method in enumerate(_valued(report))
    ]
    return Live(
        summary=_summary(report, results, lang),
        sheets=[data, calculation],
        ties=list(_ties(report, results, places, months, lang)),
        names={translate(N_("Inputs"), lang): translate(N_("Figures"), lang)},
        changes=changes,
    )


def constants(report: Report, lang: str) -> list[inputs.Input]:
    """Return every constant that formulas take."""
    every: list[inputs.Input] = []

    def add(key: str, label: str, value: Number, look: str, unit: str, origin: str) -> None:
        every.append(
            inputs.Input(key=key, label=label, value=value, look=look, unit=unit, origin=origin)
        )

    for key, _ in described(Figures):
        estimate = getattr(report.figures, key)
        if key in KEYS and estimate is not None:
            figure = inputs.of_figure(key, estimate.value, estimate.source, report.currency)
            every.append(figure)
    if report.tables.get("curve"):
        add(HORIZON, N_("Horizon"), report.horizon or 0, "count", "months", N_("Measured"))
    every.append(inputs.months_a_year())
    for grade, step in STEPS:
        facts = {"grade": grade_label(grade, lang)}
        label = fill(N_("LTV/CAC from which it is {grade}"), facts, lang)
        add(grade, label, step, "ratio", "ratio", inputs.RULE)
    for grade in Grade:
        name = methods.grade_name(grade, report, lang)
        add(f"name {grade}", N_("Name of the grade"), name, "", "", inputs.RULE)
    every.append(inputs.tolerance(N_("Tolerance of checks of LTV"), 1e-6))
    measured = shared.SOURCES[Source.MEASURED]
    for method in report.methods:
        if method.method not in methods.LIVE and method.ltv is not None:
            name = shared.method_label(method.method, lang)
            text = fill(N_("LTV by {method}"), {"method": name}, lang)
            add(f"ltv {method.method}", text, method.ltv, "money", report.currency or "", measured)
            if method.payback is not None:
                text = fill(N_("Payback by {method}"), {"method": name}, lang)
                key = f"payback {method.method}"
                add(key, text, method.payback, "months", "months", measured)
    graded = report.verdict.ltv_to_cac is not None
    enough = int(any(method.grade is not Grade.UNKNOWN for method in report.methods))
    label = N_("Enough data for a grade (1 yes, 0 no)")
    add(GRADED, label, enough if graded else 1, "count", "", measured)
    return every


def _data(report: Report, lang: str) -> tuple[Sheet, int]:
    """Lay out measured values by month of age, months to the right; return their number."""
    sheet = Sheet(name=DATA, freeze=(3, 1))
    sheet.put(0, 0, translate(N_("Data by month since the first order or payment"), lang), "title")
    curve = report.tables.get("curve", ())
    rows: list[tuple[str, str, str]] = [
        (N_("Month"), "age_month", "count"),
        (N_("Months passed"), "passed", "count"),
        (N_("Customers observed"), "customers", "count"),
        (N_("Revenue per customer"), "revenue", "money"),
        (N_("Share still active"), "active", "rate"),
    ]
    for at, (label, key, look) in enumerate(rows):
        sheet.put(2 + at, 0, translate(label, lang), "head" if not at else "")
        for place, month in enumerate(curve):
            value = place + 1 if key == "passed" else month[key]
            sheet.put(2 + at, 1 + place, value, look)
    sheet.put(8, 0, translate(N_("LTV as delivered"), lang), "head")
    for at, method in enumerate(_valued(report)):
        sheet.put(DELIVERED - 1 + at, 0, shared.method_label(method.method, lang))
        sheet.put(DELIVERED - 1 + at, 1, method.ltv, "money")
    return sheet, len(curve)


def _valued(report: Report) -> list[Valuation]:
    return [method for method in shared.valuations(report) if method.ltv is not None]


def _calculation(
    report: Report, places: Mapping[str, str], months: int, lang: str
) -> tuple[Sheet, Results]:
    """Lay out value by month, then every method; return the cells of its figures."""
    sheet = Sheet(name=CALCULATION, freeze=(3, FIRST))
    sheet.put(0, 0, translate(N_("Calculation"), lang), "title")
    sheet.put(1, 0, translate(N_("Discount rate (monthly)"), lang))
    yearly = f"(1+{places['discount']})^(1/{places[inputs.MONTHS_A_YEAR]})-1"
    monthly = monthly_from_yearly(_value(report.figures, "discount", 0.0))
    sheet.reckon(1, 2, yearly, monthly, "factor")
    row = _by_month(sheet, report, places, months, lang) if months else 2
    return sheet, methods.add(sheet, report, places, months, row + 1, lang)


def _by_month(
    sheet: Sheet, report: Report, places: Mapping[str, str], months: int, lang: str
) -> int:
    """Lay out one row for each step of the observed value, months to the right."""
    curve, figures = report.tables["curve"], report.figures
    margin = _value(figures, "margin", 1.0)
    cac = _value(figures, "cac", 0.0)
    monthly = monthly_from_yearly(_value(figures, "discount", 0.0))
    yearly_cost = _value(figures, "retention_cost", 0.0)
    labels = (
        N_("Month"), N_("Months passed"), N_("Within the horizon (1 yes)"),
        N_("Margin per customer"), N_("Retention cost per customer"), N_("Discount factor"),
        N_("Discounted margin less retention cost"), N_("Cumulative value"),
        N_("Cumulative margin, undiscounted"), N_("CAC recovered (1 yes)"),
    )  # fmt: skip
    looks = [*["count"] * 3, "money", "money", "factor", *["money"] * 3, "count"]
    for at, label in enumerate(labels):
        sheet.put(2 + at, 0, translate(label, lang), "head" if not at else "")
    value = gained = 0.0
    for place in range(months):
        here, data = column(FIRST + place), column(1 + place)
        age, within = float(curve[place]["age_month"] or 0), int(place < (report.horizon or 0))
        earned = float(curve[place]["revenue"] or 0.0) * margin
        cost = yearly_cost / MONTHS_PER_YEAR * float(curve[place]["active"] or 0.0)
        factor = (1 + monthly) ** -age
        added = (earned - cost) * factor * within
        value, gained = value + added, gained + earned
        start = f"${column(FIRST)}"
        cells: list[tuple[str, Number]] = [
            (f"{DATA}!{data}$3", age),
            (f"{DATA}!{data}$4", place + 1),
            (f"IF({here}4>{places[HORIZON]},0,1)", within),
            (f"{DATA}!{data}$6*{places['margin']}", earned),
            (f"{places['retention_cost']}/{places[inputs.MONTHS_A_YEAR]}*{DATA}!{data}$7", cost),
            (f"(1+$C$2)^-{here}3", factor),
            (f"({here}6-{here}7)*{here}8*{here}5", added),
            (f"SUM({start}9:{here}9)", value),
            (f"SUM({start}6:{here}6)", gained),
            (f"IF({here}11>={places['cac']},1,0)" if "cac" in places else "0", int(gained >= cac)),
        ]
        for at, (formula, result) in enumerate(cells):
            if "cac" in places or at < len(cells) - 1:
                sheet.reckon(2 + at, FIRST + place, formula, result, looks[at])
    return 2 + len(labels)


def _value(figures: Figures, key: str, default: float) -> float:
    estimate = getattr(figures, key)
    return default if estimate is None else float(estimate.value)


def _summary(report: Report, results: Results, lang: str) -> Sheet:
    """Lay out the answer: live figures, then figures as computed by ltv."""
    sheet = Sheet(name=SUMMARY)
    head = answer.head(report, lang)
    sheet.put(0, 0, head.title, "title")
    sheet.put(1, 0, " · ".join(shared.basis(report, lang)), "line")
    sheet.put(3, 0, translate(N_("Live: follows the inputs"), lang), "head")
    row = 4
    for at, (key, (label, look)) in enumerate(methods.HEADS.items()):
        sheet.put(3, 1 + at, translate(label, lang), "right" if look != "word" else "head")
        for place, method in enumerate(_valued(report)):
            result = results.get((method.method, key))
            sheet.put(4 + place, 0, shared.method_label(method.method, lang))
            row = max(row, 5 + place)
            if result:
                sheet.reckon(4 + place, 1 + at, result.place, result.value, look)
    row += 1
    sheet.put(row, 0, translate(N_("As computed by ltv: does not follow the inputs"), lang), "head")
    for line in head.lines:
        row += 1
        sheet.put(row, 0, f"{line.label}: {line.text}", "line")
    chances = shared.chances(report.verdict, lang)
    if chances:
        row += 1
        sheet.put(row, 0, f"{translate(N_('Probability of each grade'), lang)}: {chances}", "line")
    for finding in report.findings:
        row += 1
        text = say(finding.says, lang, report.currency)
        sheet.put(row, 0, f"{SIGNS[finding.severity]} {text}", "line")
    return sheet


def _ties(
    report: Report, results: Results, places: Mapping[str, str], months: int, lang: str
) -> Iterator[Tie]:
    """Return the checks, which hold for all inputs."""

    def tie(name: str, left: str, right: Result) -> Tie:
        return Tie(
            name=fill(name, {"method": label}, lang),
            left=left,
            right=right.place,
            value=right.value,
            look="money",
            tolerance=places["tolerance"],
        )

    for method in _valued(report):
        label = shared.method_label(method.method, lang)
        ltv = results[method.method, "ltv"]
        if method.method == "observed":
            last = column(FIRST + months - 1)
            yield tie(N_("{method}: last cumulative value = LTV"), f"{CALCULATION}!${last}$10", ltv)
        if method.ltv_net is not None:
            net = results[method.method, "ltv_net"]
            yield tie(N_("{method}: LTV – CAC + CAC = LTV"), f"{net.place}+{places['cac']}", ltv)
        if method.ltv_to_cac is not None:
            ratio = results[method.method, "ltv_to_cac"]
            yield tie(N_("{method}: LTV/CAC x CAC = LTV"), f"{ratio.place}*{places['cac']}", ltv)
