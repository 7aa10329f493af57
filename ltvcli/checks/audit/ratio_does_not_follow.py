"""An LTV/CAC that does not follow from LTV and CAC."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding
from ltvcli.results.audit import AuditReport

ABOUT = About(
    label=N_("LTV/CAC inconsistent"),
    definition=N_(
        "The claimed LTV/CAC is not the claimed LTV (gross margin) divided by the claimed CAC."
    ),
    formula="ltv_to_cac = ltv / cac",
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)
ASK = N_("Which LTV and which CAC is this LTV/CAC based on?")


def check(report: AuditReport) -> Finding | None:
    """Find a claim that the other claims rule out, whatever their rounding."""
    return _difference.unexplained(
        "ratio-does-not-follow", _difference.first(report, ("ltv_to_cac",), "")
    )
