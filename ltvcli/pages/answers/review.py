"""The answer of `ltv review`: better or worse, the main reasons, and what to check first."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.review import sentences
from ltvcli.language import N_
from ltvcli.results import AnswerLine, Fact, Quantity, Sentence
from ltvcli.results.review import ReviewReport
from ltvcli.units import Unit

LINES = 10
"""Lines of the answer on a screen at most."""


def answer(report: ReviewReport) -> Iterator[AnswerLine]:
    """Return the verdict, the period LTV behind it, the reasons and what to check first."""
    yield AnswerLine(
        label=Sentence("{period}", {"period": report.period}), says=report.says[0].says
    )
    if report.explained:
        yield AnswerLine(label=Sentence(N_("Reasons")), says=sentences.reasons(report.explained[0]))
    yield AnswerLine(
        label=Sentence(N_("Look at")),
        says=sentences.look_at(report.explained, report.segments, report.tiles),
    )
    if report.explained and report.explained[0].figure != "period_ltv":
        of_ltv = report.explained[-1]
        facts: dict[str, Fact] = {
            "after": Quantity(of_ltv.after, Unit.MONEY),
            "change": sentences.signed(of_ltv.change, Unit.MONEY),
            "before": Quantity(of_ltv.before, Unit.MONEY),
        }
        yield AnswerLine(
            label=Sentence(N_("{n}-month period LTV"), {"n": of_ltv.horizon}),
            says=Sentence(
                N_("{after} on revenue, {change} from {before}")
                if of_ltv.basis == "revenue"
                else N_("{after}, {change} from {before}"),
                facts,
            ),
        )
