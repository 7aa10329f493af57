"""A period that is not over in the data."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.review import ReviewReport

ABOUT = About(
    label=N_("Period incomplete"),
    definition=N_(
        "The data ends within this period, so it is not reviewed: a part of a period is never "
        "compared with a full one."
    ),
    source="Definition of a review: whole periods only",
)


def check(report: ReviewReport) -> Finding | None:
    """Find a period that the data ends in."""
    evidence = report.evidence
    if not evidence.running or report.as_of is None:
        return None
    return Finding(
        check="partial-period",
        severity=Severity.WARNING if evidence.ends else Severity.INFO,
        says=Sentence(
            N_("{running} is incomplete in the data (through {day}) and is not reviewed."),
            {"running": evidence.running, "day": report.as_of},
        ),
        option=f"--as-of {evidence.ends}" if evidence.ends else "",
    )
