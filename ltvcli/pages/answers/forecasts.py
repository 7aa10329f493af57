"""The answer about recorded forecasts: how many held, and the newest that has ended."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_
from ltvcli.results import AnswerLine, Sentence
from ltvcli.results.leavers import ForecastsReport

LABEL = N_("Forecasts")


def answer(report: ForecastsReport) -> Iterator[AnswerLine]:
    """Return how many forecasts held, then each, the newest first."""
    yield AnswerLine(label=Sentence(LABEL), says=report.says[0].says)
    for statement in report.says[1:]:
        yield AnswerLine(label=Sentence(statement.label), says=statement.says)
