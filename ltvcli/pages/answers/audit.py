"""The answer of `ltv audit`: grade, data room, conservative case, best case."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_
from ltvcli.results import AnswerLine, Sentence, Statement
from ltvcli.results.audit import READINGS, AuditGrade, AuditReport


def answer(report: AuditReport) -> Iterator[AnswerLine]:
    """Return the grade with the number of contradictions, the data room, and both readings."""
    headline, verdict = report.says[0], report.says[1]
    text = N_("{verdict}; {count}")
    if verdict.grade == AuditGrade.CONTRADICTED:
        text = N_("{verdict}: {count}")
    yield AnswerLine(
        label=Sentence(verdict.label),
        says=Sentence(text, {"verdict": verdict.says, "count": headline.says}),
        grade=verdict.grade,
    )
    room = report.room[:1]
    readings = [statement for statement in report.says if statement.label in READINGS.values()]
    for statement in (*room, *readings):
        yield _line(statement)


def _line(statement: Statement) -> AnswerLine:
    return AnswerLine(
        label=Sentence(statement.label),
        says=statement.says,
        grade=statement.grade,
        upper_bound=statement.upper_bound,
    )
