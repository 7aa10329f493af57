"""The answer of `ltv report`: that of its first question, and the headline of the next one."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.pages import answer as answers
from ltvcli.results import AnswerLine
from ltvcli.results.compiled import CompiledReport

LINES = 7
"""Lines of the answer on a screen at most."""
MOST = 3
"""Lines of the first question."""


def answer(report: CompiledReport) -> Iterator[AnswerLine]:
    """Return the answer to the first question, then a line for each of the others."""
    known = [answers.answer(chapter.report) for chapter in report.chapters if chapter.report]
    known = [lines for lines in known if lines]
    yield from known[0][:MOST]
    for lines in known[1:]:
        yield lines[0]
