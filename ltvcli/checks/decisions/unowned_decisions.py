"""Decisions without an owner or a day."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.leavers import DecisionsReport

ABOUT = About(
    label=N_("Decisions without owner or day"),
    definition=N_("A decision without an owner or a day is less likely to be carried out."),
    source="Rule of ltv",
)


def check(report: DecisionsReport) -> Finding | None:
    """Name the decisions."""
    if not report.undated:
        return None
    return Finding(
        check="unowned-decisions",
        severity=Severity.WARNING,
        says=Sentence(
            N_("Name an owner and a day in ltv.yaml for: {decisions}."),
            {"decisions": "; ".join(report.undated)},
        ),
    )
