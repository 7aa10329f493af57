"""The answer about who left."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.leavers.sentences import LABELS
from ltvcli.results import AnswerLine, Sentence
from ltvcli.results.leavers import LeaversReport


def answer(report: LeaversReport) -> Iterator[AnswerLine]:
    """Return churned customers, reasons and lost revenue."""
    yield AnswerLine(label=Sentence(LABELS["left"]), says=report.says[0].says)
    for statement in report.says[1:]:
        yield AnswerLine(label=Sentence(statement.label), says=statement.says)
