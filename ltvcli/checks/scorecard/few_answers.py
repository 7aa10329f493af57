"""An NPS that rests on few answers."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Interval, Sentence, Severity
from ltvcli.results.scorecard import ScorecardReport
from ltvcli.units import Unit

FEW = 100
ABOUT = About(
    label=N_("Few answers"),
    definition=N_(
        "With fewer than 100 answers the interval of NPS is 30 points wide or more, so that most "
        "changes from wave to wave are chance."
    ),
    source="Rocks (2016), The American Statistician 70, 365-372",
)


def check(report: ScorecardReport) -> Finding | None:
    """Find a last wave of few answers."""
    wave = next((wave for wave in reversed(report.waves) if not wave.group), None)
    if wave is None:
        return None
    answers = wave.promoters + wave.passives + wave.detractors
    low, high = wave.nps.low, wave.nps.high
    if answers >= FEW or low is None or high is None:
        return None
    return Finding(
        check="few-answers",
        severity=Severity.INFO,
        says=Sentence(
            N_("NPS of {wave} is based on {n} {n:answer|answers} (95% CI {interval})."),
            {
                "wave": wave.name,
                "n": answers,
                "interval": Interval(low, high, Unit.RATIO, wave.nps.value),
            },
        ),
    )
