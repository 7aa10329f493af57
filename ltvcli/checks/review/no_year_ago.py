"""A review without a year of history."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.review import ReviewReport

ABOUT = About(
    label=N_("No data of a year ago"),
    definition=N_(
        "Without the same period of the year before, a season cannot be distinguished from a "
        "change."
    ),
    source="Definition of a review",
)


def check(report: ReviewReport) -> Finding | None:
    """Find that the same period a year before is not in the data."""
    if report.evidence.year_ago or not report.evidence.compared:
        return None
    return Finding(
        check="no-year-ago",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "No figures of a year ago: full periods in the data begin with {oldest}. A season "
                "cannot be distinguished from a change."
            ),
            {"oldest": report.evidence.oldest},
        ),
    )
