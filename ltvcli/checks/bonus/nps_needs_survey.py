"""A plan that shows NPS, without answers to show."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.bonus import BonusReport

ABOUT = About(
    label=N_("NPS without a survey"),
    definition=N_(
        "The plan says nps: on, but no file of survey answers is given, so the NPS of owners is "
        "unknown. NPS never changes pay."
    ),
    source="Rule of ltv",
)


def check(report: BonusReport) -> Finding | None:
    """Ask for the answers."""
    if not report.nps_missing:
        return None
    return Finding(
        check="nps-needs-survey",
        severity=Severity.WARNING,
        says=Sentence(N_("The plan says nps: on, but there are no answers: add --survey FILE.")),
        option="--survey FILE",
    )
