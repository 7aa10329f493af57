"""Customers without an outcome: it may be 0 or unknown."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.experiment import ExperimentReport

ABOUT = About(
    label=N_("Blank outcomes"),
    definition=N_(
        "A blank outcome counts as 0, because customers without an outcome belong to the mean of "
        "their arm. If blank means unknown, the mean is too low."
    ),
    source="Intention to treat: every assigned customer counts",
)


def check(report: ExperimentReport) -> Finding | None:
    """Count the blank outcomes."""
    blank = report.doubts.blank
    if not blank:
        return None
    return Finding(
        check="blank-outcomes",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "“{outcome}” is blank in {n} {n:row|rows}, which {n:counts|count} as 0. If blank "
                "means unknown, remove them from every arm."
            ),
            {"outcome": report.outcome, "n": blank},
        ),
    )
