"""The answer of `ltv experiment`: the decision, then the effect of each arm."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.experiment import sentences
from ltvcli.language import N_, Marked
from ltvcli.results import AnswerLine, Sentence
from ltvcli.results.experiment import ExperimentReport


def answer(report: ExperimentReport) -> Iterator[AnswerLine]:
    """Return the decision, the effects behind it, and whether the arms are comparable."""
    if report.main == "plan":
        yield AnswerLine(label=Sentence(N_("Plan")), says=report.says[0].says)
        for statement in report.says[1:]:
            yield AnswerLine(label=Sentence(Marked(statement.label)), says=statement.says)
        return
    yield AnswerLine(label=Sentence(N_("Decision")), says=report.says[0].says)
    if report.effects:
        decided = [effect for effect in report.effects if effect.outcome == report.outcome]
        first = sentences.main(decided)
        for effect in (first, *(effect for effect in decided if effect is not first)):
            yield AnswerLine(
                label=Sentence(Marked(effect.arm)),
                says=sentences.effect_sentence(effect),
            )
    yield AnswerLine(
        label=Sentence(N_("Comparable")), says=sentences.checks_sentence(report.checks)
    )
