"""The answer of `ltv risk`: the record, before anybody is named."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_
from ltvcli.results import AnswerLine, Sentence
from ltvcli.results.risk import RiskReport


def answer(report: RiskReport) -> Iterator[AnswerLine]:
    """Return the conclusion that the evaluation supports, and its limits."""
    headline, *details = report.says
    yield AnswerLine(label=Sentence(headline.label or N_("Score")), says=headline.says)
    for line in details:
        yield AnswerLine(label=Sentence(line.label), says=line.says)
