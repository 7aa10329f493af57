"""What every page for people says in the same words: headline, basis, inputs, rows, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from ltvcli import methods, registry
from ltvcli.formats._numbers import interval, show
from ltvcli.formats._words import SIGNS, fill
from ltvcli.language import N_, printable, translate
from ltvcli.results import (
    EXPECTED,
    Estimate,
    Figure,
    Figures,
    InputFile,
    PaybackVerdict,
    Quantity,
    Report,
    Source,
    Valuation,
    Verdict,
    described,
)
from ltvcli.units import Unit

NOT_YET = N_("not yet")
WORTH_SAYING = 0.005
"""A probability below this reads 0%."""

SOURCES = {
    Source.GIVEN: N_("Given"),
    Source.MEASURED: N_("Measured"),
    Source.ASSUMED: N_("Assumed"),
}


KINDS = {
    "orders": N_("orders"),
    "subscriptions": N_("subscriptions"),
    "spend": N_("spend"),
    "customers": N_("customers"),
}


def headline_method(report: Report) -> Valuation | None:
    """Give the valuation that the verdict speaks of."""
    return next((one for one in report.methods if one.method == report.verdict.method), None)


def valuations(report: Report) -> list[Valuation]:
    """List the methods, the headline's first."""
    return sorted(report.methods, key=lambda one: one.method != report.verdict.method)


def headline(report: Report, lang: str) -> str:
    """Say the one number, with its interval."""
    best = headline_method(report)
    if best is None or best.ltv is None:
        return translate(N_("Lifetime value: unknown"), lang)
    range_ = interval(best.low, best.high, Unit.MONEY, best.ltv, report.currency)
    text = (
        N_("Lifetime value {ltv} per customer (95% interval {interval})")
        if range_
        else N_("Lifetime value {ltv} per customer")
    )
    return fill(
        text, {"ltv": Quantity(best.ltv, Unit.MONEY), "interval": range_}, lang, report.currency
    )


def basis(report: Report, lang: str) -> list[str]:
    """Say what the headline stands on: margin or revenue, how far ahead, method, until when."""
    best = headline_method(report)
    said = [
        translate(
            N_("in margin, before CAC")
            if report.basis == "margin"
            else N_("in revenue, not profit"),
            lang,
        ),
        _reach(report, lang),
    ]
    if best:
        name = method_label(best.method, lang)
        said.append(fill(N_("method: {method}"), {"method": name}, lang))
    if report.as_of:
        said.append(fill(N_("until {day}"), {"day": report.as_of}, lang))
    return said


def chances(verdict: Verdict, lang: str) -> str:
    """Say how likely each grade is, the likely ones only: `healthy 20% · improvable 80%`."""
    likely = (verdict.probability or {}).items()
    return " · ".join(
        f"{translate(grade, lang)} {chance:.0%}"
        for grade, chance in likely
        if chance >= WORTH_SAYING
    )


def _reach(report: Report, lang: str) -> str:
    """Say how much of a customer's life is counted."""
    if report.horizon == 0:
        return translate(N_("no whole month observed yet"), lang)
    if report.horizon:
        return fill(N_("first {n} months"), {"n": report.horizon}, lang)
    if lifespan := report.figures.lifespan:
        months = Quantity(lifespan.value, Unit.MONTHS)
        return fill(N_("over a lifespan of {months}"), {"months": months}, lang)
    return translate(N_("over the expected life"), lang)


def method_label(name: str, lang: str) -> str:
    """Say what a method is called."""
    if name not in registry.names(methods):
        return name
    return translate(registry.load(methods, name).ABOUT.label, lang)


def payback(months: float | None, lang: str, *, with_data: bool) -> str:
    """Write a payback; with data but no payback in it, say that it has not happened yet.

    >>> payback(7.5, "en", with_data=True), payback(None, "en", with_data=True)
    ('7.5 months', 'not yet')
    """
    if months is None:
        return translate(NOT_YET, lang) if with_data else ""
    return show(months, Unit.MONTHS, None, lang)


def valuation_payback(one: Valuation, lang: str) -> str:
    """Write the payback of a method; of what was observed, "not yet" where the data ends first."""
    is_observed = one.method == "observed" and one.ltv_to_cac is not None
    return payback(one.payback, lang, with_data=is_observed)


def valuation_label(one: Valuation, lang: str) -> str:
    """Say what a method is called, and how far it counts if that is not as far as the others."""
    name = method_label(one.method, lang)
    if one.horizon is None:
        return name
    return fill(N_("{method} {n}mo"), {"method": name, "n": one.horizon}, lang)


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
    """Write an estimate for a reader."""
    text = show(estimate.value, figure.unit, report.currency, lang)
    range_ = ""
    if with_interval:
        range_ = interval(estimate.low, estimate.high, figure.unit, estimate.value, report.currency)
    return f"{text} ({range_})" if range_ else text


def rows(files: Sequence[InputFile], lang: str, most: int | None = None) -> tuple[str, list[str]]:
    """Account for every row that was read: the sum, and the reasons for those set aside.

    Reasons beyond the `most` common ones are added up.
    """
    kinds = dict.fromkeys(one.kind for one in files)
    aside: Counter[str] = Counter()
    for one in files:
        aside.update(one.set_aside)
    total = fill(
        N_("{read} rows of {kind} = {used} used + {aside} set aside"),
        {
            "kind": " + ".join(translate(KINDS[kind], lang) for kind in kinds),
            "read": sum(one.rows_read for one in files),
            "used": sum(one.rows_used for one in files),
            "aside": aside.total(),
        },
        lang,
    )
    named = aside.most_common(most)
    reasons = [f"{_reason(name, lang)} {n:,}" for name, n in named]
    if rest := aside.total() - sum(n for _, n in named):
        reasons.append(fill(N_("other reasons {n}"), {"n": rest}, lang))
    return total, reasons


def _reason(name: str, lang: str) -> str:
    """Say why rows were set aside."""
    from ltvcli.read.reasons import REASONS

    return translate(REASONS[name].label, lang) if name in REASONS else printable(name)


def graded(grade: str, lang: str) -> str:
    """Write a grade as a sign and a word."""
    return f"{SIGNS[grade]} {translate(grade, lang)}"


def every_figure() -> Iterator[tuple[str, Figure]]:
    """List every figure that a result can carry: (key, figure)."""
    for record in (Figures, Valuation, PaybackVerdict):
        yield from described(record)
    yield from EXPECTED.items()


def definitions(report: Report) -> Iterator[tuple[str, str]]:
    """Say what each method and figure on the page means: (label, definition)."""
    for one in report.methods:
        if one.method in registry.names(methods):
            about = registry.load(methods, one.method).ABOUT
            yield about.label, about.definition
    for key, figure in every_figure():
        if key in EXPECTED and not report.tables.get("lifetime"):
            continue
        if getattr(report.figures, key, 0) is not None:
            yield figure.label, figure.definition
