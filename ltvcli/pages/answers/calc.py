"""The answer of `ltv calc`: lifetime value, LTV/CAC, payback."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ltvcli.language import N_
from ltvcli.pages import shared
from ltvcli.results import AnswerLine, Fact, Grade, Interval, Quantity, Report, Sentence
from ltvcli.text.words import CERTAIN
from ltvcli.units import Unit

BASES = {
    "margin": N_("gross-margin basis, before CAC"),
    "revenue": N_("revenue basis, before CAC"),
}


def answer(report: Report) -> Iterator[AnswerLine]:
    """Return lifetime value with its interval and basis, then both grades."""
    yield AnswerLine(label=label(report), says=Sentence(*value(report)))
    yield AnswerLine(
        label=Sentence(N_("LTV/CAC")),
        says=report.verdict.says,
        grade=report.verdict.grade,
        upper_bound=report.verdict.upper_bound,
    )
    if report.figures.cac is not None:
        yield AnswerLine(
            label=Sentence(N_("CAC payback")),
            says=report.payback_verdict.says,
            grade=report.payback_verdict.grade,
            upper_bound=report.payback_verdict.upper_bound,
        )


def label(report: Report) -> Sentence:
    """Return the name of the headline with the months that it counts, if they are limited."""
    best = shared.headline_method(report)
    if report.horizon and best and best.ltv is not None:
        return Sentence(N_("{n}-month LTV"), {"n": report.horizon})
    return Sentence(N_("LTV"))


def value(report: Report, bases: Mapping[str, str] = BASES) -> tuple[str, dict[str, Fact]]:
    """Return the text of the headline, in which `bases` name the basis, and its facts."""
    best = shared.headline_method(report)
    facts: dict[str, Fact] = {"basis": bases[report.basis]}
    if best is None or best.ltv is None:
        text = N_("unknown; {basis}")
        if report.horizon == 0:
            text = N_("unknown: too few customers observed for one full month")
        return text, facts
    facts["ltv"] = Quantity(best.ltv, Unit.MONEY)
    if best.low is not None and best.high is not None:
        facts["interval"] = Interval(best.low, best.high, Unit.MONEY, best.ltv)
        return N_("{ltv} (95% CI {interval}), {basis}"), facts
    if report.horizon:
        return N_("{ltv}, {basis}"), facts
    if (lifespan := report.figures.lifespan) is not None:
        facts["months"] = Quantity(lifespan.value, Unit.MONTHS)
        return N_("{ltv} over a lifespan of {months}, {basis}"), facts
    return N_("{ltv} over the expected lifetime (uncapped), {basis}"), facts


def graded(grade: str, *, upper_bound: bool) -> Fact:
    """Return a grade in words, as an upper bound if the true grade may be lower."""
    if upper_bound and grade not in CERTAIN:
        return Sentence(N_("at most {grade}"), {"grade": Grade(grade)})
    return Grade(grade)
