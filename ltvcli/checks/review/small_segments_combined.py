"""Small segments that a review puts together."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.review import ReviewReport

ABOUT = About(
    label=N_("Small segments combined"),
    definition=N_(
        "Segments with too few customers, and all beyond the 20 largest, are combined into one "
        "segment, “other”."
    ),
    source="Rule of thumb: 30 for a mean that behaves",
)


def check(report: ReviewReport) -> Finding | None:
    """Count segments that are pooled."""
    gathered = report.evidence.gathered
    if not gathered:
        return None
    return Finding(
        check="small-segments-combined",
        severity=Severity.INFO,
        says=Sentence(
            N_("{n} small {n:segment is|segments are} combined as “other”."), {"n": gathered}
        ),
    )
