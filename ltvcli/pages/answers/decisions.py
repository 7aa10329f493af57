"""The answer about decisions: what is requested, from whom, and by when."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_
from ltvcli.results import AnswerLine, Sentence
from ltvcli.results.leavers import DecisionsReport

LABEL = N_("Decisions")
ENTRY = N_("{decision} ({owner}, {day})")


def answer(report: DecisionsReport) -> Iterator[AnswerLine]:
    """Return how many decisions are asked for, and the first of them."""
    yield AnswerLine(label=Sentence(LABEL), says=report.says[0].says)
    for row in report.tables["decisions"]:
        facts = {key: str(row[key] or "–") for key in ("decision", "owner", "day")}
        yield AnswerLine(label=Sentence(N_("Decision")), says=Sentence(ENTRY, facts))
