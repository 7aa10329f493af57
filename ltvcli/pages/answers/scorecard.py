"""The answer of `ltv scorecard`: the contradiction where there is one, then both sides."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.scorecard import sentences
from ltvcli.language import N_
from ltvcli.results import AnswerLine, Sentence
from ltvcli.results.scorecard import ScorecardReport

LINES = 10
"""Lines of the answer on a screen at most."""


def answer(report: ScorecardReport) -> Iterator[AnswerLine]:
    """Return the contradiction or the balance, then results, trust, and the saving of declining."""
    first = report.says[0]
    is_burnt = first.label == sentences.SCORCHED
    label = N_("Scorched earth") if is_burnt else N_("Balance")
    yield AnswerLine(label=Sentence(label), says=first.says)
    if is_burnt:
        yield AnswerLine(
            label=Sentence(N_("Balance")), says=sentences.of_quadrant(report.quadrants[0])
        )
    for side, name in (("front", N_("Front")), ("trust", N_("Trust"))):
        tiles = [tile for tile in report.tiles if tile.side == side and not tile.group]
        if tiles:
            yield AnswerLine(
                label=Sentence(name), says=sentences.side(tiles, report.basis or "margin")
            )
    for statement in report.says:
        if statement.label == sentences.DECLINED:
            yield AnswerLine(label=Sentence(sentences.DECLINED), says=statement.says)
