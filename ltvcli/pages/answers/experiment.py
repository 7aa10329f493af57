"""The answer of `ltv experiment`: the decision, then the effect of each arm."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.experiment import sentences
from ltvcli.language import N_, Marked
from ltvcli.results import AnswerLine, Sentence
from ltvcli.results.experiment import ExperimentReport


def answer(report: ExperimentReport) -> Iterator[AnswerLine]:
    """Return the decision, the effects behind it, and whether the arms are comparable."""
    yield AnswerLine(label=Sentence(N_("Decision")), says=report.says[0].says)
    if report.effects:
        first = sentences.main(report.effects)
        for effect in (first, *(effect for effect in report.effects if effect is not first)):
            yield AnswerLine(
                label=Sentence(Marked(effect.arm)),
                says=sentences.effect_sentence(effect, report.unit),
            )
    yield AnswerLine(
        label=Sentence(N_("Comparable")), says=sentences.checks_sentence(report.checks)
    )
