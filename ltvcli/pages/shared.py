"""Texts that all pages share: headline, basis, inputs, names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ltvcli import methods, registry
from ltvcli.formulas.horizons import SHOWN
from ltvcli.language import N_, translate
from ltvcli.results import (
    EXPECTED,
    Estimate,
    Figure,
    Figures,
    PaybackVerdict,
    Quantity,
    Report,
    Row,
    Run,
    Source,
    Valuation,
    Verdict,
    described,
)
from ltvcli.text.numbers import Numeral, bracketed, interval, money_interval, show
from ltvcli.text.words import CERTAIN, SIGNS, fill, grade_label
from ltvcli.units import Unit

NOT_YET = N_("not yet")
WORTH_SAYING = 0.005
"""A probability below this would be written as 0%."""

SOURCES = {
    Source.GIVEN: N_("Given"),
    Source.MEASURED: N_("Measured"),
    Source.ASSUMED: N_("Assumed"),
}


def headline_method(report: Report) -> Valuation | None:
    """Return the valuation of the graded method."""
    return next(
        (method for method in report.methods if method.method == report.verdict.method), None
    )


def valuations(report: Report) -> list[Valuation]:
    """List the methods, the headline's first."""
    return sorted(report.methods, key=lambda valuation: valuation.method != report.verdict.method)


def headline(report: Report, lang: str) -> str:
    """Write the headline number with its interval."""
    best = headline_method(report)
    if best is None or best.ltv is None:
        return translate(N_("LTV unknown"), lang)
    facts = {
        "n": report.horizon,
        "ltv": Quantity(best.ltv, Unit.MONEY),
        "interval": money_interval(best.low, best.high, best.ltv, report.currency, lang),
    }
    if not report.horizon:
        text = N_("LTV {ltv} per customer")
    elif facts["interval"]:
        text = N_("{n}-month LTV {ltv} per customer (95% CI {interval})")
    else:
        text = N_("{n}-month LTV {ltv} per customer")
    return fill(text, facts, lang, report.currency)


def awaits_payback(row: Row, key: str) -> bool:
    """Return whether a row has a CAC above 0 that has not been recovered; `key` is of payback."""
    return row[key] is None and float(row["cac"] or 0) > 0


def basis(report: Report, lang: str) -> list[str]:
    """Describe the basis of the headline: margin or revenue, method, last day of the data."""
    best = headline_method(report)
    parts = [
        translate(
            N_("gross-margin basis, before CAC")
            if report.basis == "margin"
            else N_("revenue basis (no margin applied), before CAC"),
            lang,
        ),
        *_reach(report, lang),
    ]
    if best:
        parts.append(
            translate(N_("observed"), lang)
            if best.method == "observed"
            else fill(N_("method: {method}"), {"method": method_label(best.method, lang)}, lang)
        )
    if report.as_of:
        parts.append(fill(N_("data through {day}"), {"day": report.as_of}, lang))
    return [*parts, *zones(report, lang)]


def zones(report: Run, lang: str) -> list[str]:
    """Describe the time zones in which the days of orders are taken, where their times have one."""
    of_files = dict.fromkeys(file.zone for file in report.inputs if file.zone)
    return [fill(N_("days in {zone}"), {"zone": zone}, lang) for zone in of_files]


def other_horizons(report: Report, lang: str) -> list[str]:
    """List the value at other horizons for which enough customers were observed."""
    return [
        fill(
            N_("{n} {n:month|months} {ltv}"),
            {"n": row["horizon"], "ltv": Quantity(float(row["ltv"] or 0), Unit.MONEY)},
            lang,
            report.currency,
        )
        for row in report.tables.get("horizons", ())
        if row["horizon"] in SHOWN and row["horizon"] != report.horizon and row["enough"]
    ]


def chances(verdict: Verdict, lang: str) -> str:
    """Write the probability of each grade above 0%: `healthy 20% · fair 80%`."""
    likely = (verdict.probability or {}).items()
    return " · ".join(
        f"{grade_label(grade, lang)} {chance:.0%}"
        for grade, chance in likely
        if chance >= WORTH_SAYING
    )


def _reach(report: Report, lang: str) -> list[str]:
    """Describe the months of a customer's lifetime that count, if the headline does not."""
    if report.horizon:
        return []
    if report.horizon == 0:
        return [translate(N_("too few customers observed for one full month"), lang)]
    if lifespan := report.figures.lifespan:
        months = Quantity(lifespan.value, Unit.MONTHS)
        return [fill(N_("over a lifespan of {months}"), {"months": months}, lang)]
    return [translate(N_("over the expected lifetime (uncapped)"), lang)]


def method_label(name: str, lang: str) -> str:
    """Return the label of a method."""
    if name not in registry.names(methods):
        return name
    return translate(registry.load(methods, name).ABOUT.label, lang)


def payback(months: float | None, lang: str, *, with_data: bool) -> str:
    """Write a payback; "not yet" if the data has none.

    Args:
        months: until the CAC is recovered; None if it is not.
        lang: of the words.
        with_data: whether customers were observed.

    >>> payback(7.5, "en", with_data=True), payback(None, "en", with_data=True)
    ('7.5 months', 'not yet')
    """
    if months is None:
        return translate(NOT_YET, lang) if with_data else ""
    return show(months, Unit.MONTHS, None, lang)


def valuation_payback(valuation: Valuation, lang: str) -> str:
    """Write the payback of a method; "not yet" if it was not observed within the data."""
    if valuation.payback is not None:
        return months(valuation.payback, lang)
    is_observed = valuation.method == "observed" and valuation.ltv_to_cac is not None
    return payback(None, lang, with_data=is_observed)


def horizon_label(months: float | int | str | None, lang: str) -> str:
    """Write the months that a method counts.

    >>> horizon_label(12, "en"), horizon_label(24.5, "en"), horizon_label(None, "en")
    ('12 mo', '24.5 mo', 'uncapped')
    """
    if months is None:
        return translate(N_("uncapped"), lang)
    text = fill(N_("{months} mo"), {"months": f"{months:g}"}, lang)
    return Numeral(text, float(months), Unit.MONTHS)


def months(value: float, lang: str) -> str:
    """Write months in short form.

    >>> months(4.32, "en")
    '4.3 mo'
    """
    text = fill(N_("{months} mo"), {"months": f"{value:,.1f}"}, lang)
    return Numeral(text, value, Unit.MONTHS)


def inputs(report: Report, source: Source) -> Iterator[tuple[str, Figure, Estimate]]:
    """List the figures that came from `source`, in reading order."""
    for key, figure in _figures():
        estimate = getattr(report.figures, key)
        if estimate is not None and estimate.source is source:
            yield key, figure, estimate


@cache
def _figures() -> tuple[tuple[str, Figure], ...]:
    return tuple(described(Figures))


def shown(
    figure: Figure, estimate: Estimate, report: Report, lang: str, *, with_interval: bool = False
) -> str:
    """Write an estimate for a reader.

    Args:
        figure: with label and unit.
        estimate: to write.
        report: of the command.
        lang: of the words.
        with_interval: write its interval as well.
    """
    text = show(estimate.value, figure.unit, report.currency, lang)
    range_ = ""
    if with_interval:
        range_ = interval(estimate.low, estimate.high, figure.unit, estimate.value, report.currency)
    return bracketed(text, range_)


def graded(grade: str, lang: str, *, upper_bound: bool = False) -> str:
    """Write a grade as a sign and a word, or as an upper bound.

    Args:
        grade: to write.
        lang: of the words.
        upper_bound: whether it is only the best grade possible.

    >>> graded("healthy", "en"), graded("healthy", "en", upper_bound=True)
    ('✓ healthy', 'at most healthy')
    """
    word = grade_label(grade, lang)
    if upper_bound and grade not in CERTAIN:
        return fill(N_("at most {grade}"), {"grade": word}, lang)
    return f"{SIGNS[grade]} {word}"


def every_figure() -> Iterator[tuple[str, Figure]]:
    """List every figure of results: (key, figure)."""
    from ltvcli.results.cohorts import Conversion
    from ltvcli.results.review import REVIEWED
    from ltvcli.results.scorecard import SCORED

    yield from _of_calc()
    yield from described(Conversion)
    yield from EXPECTED.items()
    yield from REVIEWED.items()
    yield from SCORED.items()


def _of_calc() -> Iterator[tuple[str, Figure]]:
    for record in (Figures, Valuation, PaybackVerdict):
        yield from described(record)


def definitions(report: Report) -> Iterator[tuple[str, str]]:
    """List the methods and figures of the page: (label, definition)."""
    for method in report.methods:
        if method.method in registry.names(methods):
            about = registry.load(methods, method.method).ABOUT
            yield about.label, about.definition
    for key, figure in (*_of_calc(), *EXPECTED.items()):
        if key in EXPECTED and not report.tables.get("lifetime"):
            continue
        if getattr(report.figures, key, 0) is not None:
            yield figure.label, figure.definition
