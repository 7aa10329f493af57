"""A CAC that does not follow from spend and new customers."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding
from ltvcli.results.audit import AuditReport

ABOUT = About(
    label=N_("CAC inconsistent"),
    definition=N_("The claimed CAC is not the claimed spend divided by the new customers."),
    formula="cac = spend / (new_customers x (1 - organic_share))",
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)
ASK = N_("What is in the CAC: salaries, agencies, discounts to new customers?")


def check(report: AuditReport) -> Finding | None:
    """Find a claim that the other claims rule out, whatever their rounding."""
    return _difference.unexplained("cac-does-not-follow", _difference.first(report, ("cac",), ""))
