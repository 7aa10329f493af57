"""A horizon that was asked for."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.review import ReviewReport

ABOUT = About(
    label=N_("Horizon of the review"),
    definition=N_(
        "Two periods are compared up to the oldest age with 30 customers in both; --horizon "
        "overrides it."
    ),
    source="Rule of thumb: 30 for a mean that behaves",
)


def check(report: ReviewReport) -> Finding | None:
    """Find a given horizon; a warning if the data supports less."""
    if not report.evidence.horizon_given or report.horizon is None:
        return None
    supported = report.evidence.supported
    beyond = report.horizon > supported
    text = N_(
        "The horizon of {months} {months:month|months} was given; the periods support {supported}."
    )
    if beyond:
        text = N_(
            "The horizon of {months} {months:month|months} was given, but beyond {supported} fewer "
            "than 30 customers were observed in one of the periods."
        )
    return Finding(
        check="review-horizon",
        severity=Severity.WARNING if beyond else Severity.INFO,
        says=Sentence(text, {"months": report.horizon, "supported": supported}),
    )
