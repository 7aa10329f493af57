"""An LTV in revenue, compared with a cost."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.audit import AuditReport

ABOUT = About(
    label=N_("LTV on a revenue basis"),
    definition=N_(
        "The claimed LTV is revenue. Apply the gross margin before comparing it with CAC."
    ),
    formula="ltv = arpu x margin / churn, not arpu / churn",
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com: LTV takes gross margin",
)
ASK = N_("What is the margin after hosting, support, payment fees, returns and shipping?")


def check(report: AuditReport) -> Finding | None:
    """Find an LTV, or LTV/CAC, to which no margin was applied."""
    difference = _difference.first(report, ("ltv", "ltv_to_cac"), "revenue")
    if difference is None:
        return None
    facts = _difference.facts(difference)
    if "margin" in report.claims:
        keys = ["claim", "claimed", "source", "value"]
        says = N_("{claim} of {claimed} does not apply the margin: {source} = {value}.")
    else:
        keys = ["claim", "claimed", "source"]
        says = N_("{claim} of {claimed} is on a revenue basis ({source}); no margin is claimed.")
    return Finding(
        check="ltv-in-revenue",
        severity=Severity.ERROR,
        says=Sentence(says, {key: facts[key] for key in keys}),
    )
