"""No grade without a CAC."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Report, Sentence, Severity

ABOUT = About(
    label=N_("CAC missing"),
    definition=N_("LTV/CAC and payback need a CAC."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)


def check(report: Report) -> Finding | None:
    """Find that no CAC is known."""
    if report.figures.cac is not None:
        return None
    return Finding(
        check="cac-missing",
        severity=Severity.WARNING,
        says=Sentence(N_("No CAC is known, so LTV/CAC and payback are not shown.")),
        option="--cac CAC",
    )
