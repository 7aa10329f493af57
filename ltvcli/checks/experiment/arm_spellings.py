"""Arms that rows write in several ways."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.experiment import ExperimentReport

ABOUT = About(
    label=N_("Arms written in several ways"),
    definition=N_("Names of arms that differ in case, width or spaces only are read as one arm."),
    source="Rule of ltv",
)


def check(report: ExperimentReport) -> Finding | None:
    """Name the spellings that were read as one arm."""
    spellings = report.doubts.spellings
    if not spellings:
        return None
    names = "; ".join(", ".join(f"“{text}”" for text in arm.written) for arm in spellings)
    return Finding(
        check="arm-spellings",
        severity=Severity.INFO,
        says=Sentence(N_("Read as one arm: {names}."), {"names": names}),
    )
