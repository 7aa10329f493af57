"""A review without the cost of new customers."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.review import ReviewReport

ABOUT = About(
    label=N_("Review without CAC"),
    definition=N_("Without spend or a CAC there is no LTV/CAC, and a rising CAC does not show."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)


def check(report: ReviewReport) -> Finding | None:
    """Find that no acquisition cost is known."""
    if report.evidence.cac_known:
        return None
    says = Sentence(N_("No CAC is known, so LTV/CAC and payback are not shown."))
    if report.acquisition is not None and report.span == "week":
        says = Sentence(N_("Spend is added up by month: weeks have no CAC, LTV/CAC and payback."))
    elif report.acquisition is not None:
        says = Sentence(
            N_("Spend does not cover all of {period}: no CAC, LTV/CAC and payback are shown."),
            {"period": report.period},
        )
    return Finding(
        check="review-without-cac",
        severity=Severity.INFO,
        says=says,
        option="" if report.acquisition else "--spend FILE",
    )
