"""Segments that a rule skipped."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.check import CheckReport

ABOUT = About(
    label=N_("Segments not checked"),
    definition=N_(
        "Segments with fewer customers than --min-customers, and segments without the figure of "
        "the rule, such as organic customers without CAC."
    ),
    source="Rule of ltv",
)


def check(report: CheckReport) -> Finding | None:
    """Name the segments that a rule skipped."""
    if not report.skipped:
        return None
    names = dict.fromkeys(name for segments in report.skipped.values() for name in segments)
    return Finding(
        check="segments-not-checked",
        severity=Severity.INFO,
        says=Sentence(
            N_("Not checked (too few customers, or the figure of the rule is missing): {names}."),
            {"names": ", ".join(names)},
        ),
    )
