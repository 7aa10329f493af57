"""The answer of `ltv calc` from orders and subscriptions: lifetime value and LTV/CAC of both."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_
from ltvcli.pages.answers import calc
from ltvcli.results import AnswerLine, Sentence
from ltvcli.results.combined import CombinedReport

BASES = {"margin": N_("gross margin"), "revenue": N_("revenue")}
"""Short names of bases, for two values in one answer."""


def answer(report: CombinedReport) -> Iterator[AnswerLine]:
    """Return lifetime value and the grade of LTV/CAC, from orders, then from subscriptions."""
    for name, single in (
        (N_("Orders"), report.orders),
        (N_("Subscriptions"), report.subscriptions),
    ):
        text, facts = calc.value(single, BASES)
        value = Sentence(text, facts)
        yield AnswerLine(
            label=Sentence(name),
            says=Sentence("{name} {value}", {"name": calc.label(single), "value": value}),
        )
        verdict = single.verdict
        yield AnswerLine(
            label=Sentence(N_("LTV/CAC")),
            says=verdict.says,
            grade=verdict.grade,
            upper_bound=verdict.upper_bound,
        )
