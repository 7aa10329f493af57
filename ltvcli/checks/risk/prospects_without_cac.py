"""Prospects whose expected contribution is not compared with a CAC."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.risk import RiskReport

ABOUT = About(
    label=N_("Prospects without CAC"),
    definition=N_(
        "The expected contribution of a prospect is after CAC. Without a CAC it is too high, "
        "hardly any prospect seems to lose money, and declining seems to avoid no loss."
    ),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)


def check(report: RiskReport) -> Finding | None:
    """Find that prospects or declined prospects are valued without a CAC."""
    if "cac" in report.given or not (report.prospects or report.declined):
        return None
    return Finding(
        check="prospects-without-cac",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "No CAC is given, so contributions are before CAC: the loss from prospects is "
                "understated, and what declining costs is overstated."
            )
        ),
        option="--cac CAC",
    )
