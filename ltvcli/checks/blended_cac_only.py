"""Paid customers cannot be told from others, so only a blended CAC is known."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Only a blended CAC"),
    definition=N_(
        "A paid CAC takes channels on both sides: of the spend, and of the customers it won."
    ),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com (blended and paid CAC)",
)

OF = Run


def check(report: Run) -> Finding | None:
    """Find that there is spend, but no paid CAC."""
    if report.acquisition is None or report.acquisition.paid_missing is None:
        return None
    missing = report.acquisition.paid_missing
    return Finding(
        check="blended-cac-only",
        severity=Severity.INFO,
        says=Sentence(
            N_("Only a blended CAC is known, with customers who came by themselves: {because}."),
            {"because": missing.text},
        ),
    )
