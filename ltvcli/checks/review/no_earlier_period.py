"""A period without a whole one before it."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.review import ReviewReport

ABOUT = About(
    label=N_("Nothing to compare with"),
    definition=N_(
        "The data holds no whole period to compare with, so that neither a change nor its "
        "reasons can be told."
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
                "Nothing to compare {period} with: whole periods in the data begin with {oldest}. "
                "Changes, reasons and signals need earlier ones."
            ),
            {"period": report.period, "oldest": report.evidence.oldest},
        ),
    )
