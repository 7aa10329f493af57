"""An LTV/CAC that LTV and CAC do not give."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding
from ltvcli.results.audit import AuditReport

ABOUT = About(
    label=N_("LTV/CAC does not follow"),
    definition=N_("The claimed LTV/CAC is not the claimed LTV, in margin, over the claimed CAC."),
    formula="ltv_to_cac = ltv / cac",
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)
ASK = N_("Which LTV and which CAC make this LTV/CAC?")


def check(report: AuditReport) -> Finding | None:
    """Find a claim that the other claims rule out, however they were rounded."""
    return _difference.unexplained(
        "ratio-does-not-follow", _difference.first(report, ("ltv_to_cac",), "")
    )
