"""The answer of `ltv bonus`: payroll, savings, and a comparison of owners."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.bonus.sentences import LABELS
from ltvcli.results import AnswerLine, Sentence
from ltvcli.results.bonus import BonusReport


def answer(report: BonusReport) -> Iterator[AnswerLine]:
    """Return the payroll and the main facts, then information on recovery."""
    yield AnswerLine(label=Sentence(LABELS["pay"]), says=report.says[0].says)
    for statement in report.says[1:]:
        if statement.label != LABELS["recovery"]:
            yield AnswerLine(label=Sentence(statement.label), says=statement.says)
