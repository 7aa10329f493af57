"""A period without a whole one before it."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.review import ReviewReport

ABOUT = About(
    label=N_("Nothing to compare with"),
    definition=N_(
        "The data has no full period to compare with, so there are no changes and no reasons."
    ),
    source="Definition of a review: whole periods only",
)


def check(report: ReviewReport) -> Finding | None:
    """Find that nothing could be compared."""
    if report.evidence.compared:
        return None
    return Finding(
        check="no-earlier-period",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "No period to compare {period} with: full periods in the data begin with "
                "{oldest}. Changes, reasons and signals require earlier ones."
            ),
            {"period": report.period, "oldest": report.evidence.oldest},
        ),
    )
