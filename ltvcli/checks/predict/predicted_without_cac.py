"""A prediction without a CAC."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.prediction import PredictReport

ABOUT = About(
    label=N_("Prediction without CAC"),
    definition=N_("Without an acquisition cost there is no pLTV/CAC and no expected payback."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)


def check(report: PredictReport) -> Finding | None:
    """Find that no CAC is known."""
    if any("cac" in row for row in report.tables.get("cohorts", ())):
        return None
    return Finding(
        check="predicted-without-cac",
        severity=Severity.INFO,
        says=Sentence(
            N_("No acquisition cost is known, so there is no pLTV/CAC and no expected payback.")
        ),
        option="--cac CAC",
    )
