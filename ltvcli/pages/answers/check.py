"""The answer of `ltv check`: how many rules fire, and the first that does with its reasons."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.check import sentences
from ltvcli.language import N_, Marked
from ltvcli.results import AnswerLine, Sentence
from ltvcli.results.check import CheckReport, RuleState

ORDER = (RuleState.FIRING, RuleState.NO_DATA, RuleState.PENDING, RuleState.RESOLVED, RuleState.OK)
"""States, those that matter most first."""


def answer(report: CheckReport) -> Iterator[AnswerLine]:
    """Return the count of firing rules, then the most important one."""
    yield AnswerLine(label=Sentence(N_("Rules")), says=report.says[0].says)
    for replay in sorted(report.replays, key=lambda replay: -len(replay.episodes)):
        yield AnswerLine(
            label=Sentence("{rule}", {"rule": replay.rule}), says=sentences.replay_of(replay)
        )
    ranked = sorted(
        report.watches,
        key=lambda watch: (
            ORDER.index(watch.standing.state),
            watch.severity != "error",
            -(watch.evaluation.probability or 0.0),
        ),
    )
    for watch in ranked[:1]:
        for statement in sentences.statements(watch):
            yield AnswerLine(
                label=Sentence("{rule}", {"rule": statement.label})
                if statement.label == watch.evaluation.rule
                else Sentence(Marked(statement.label)),
                says=statement.says,
                grade=statement.grade,
            )
