"""A payback that does not follow from CAC, revenue and margin."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.audit import AuditReport

ABOUT = About(
    label=N_("Payback inconsistent"),
    definition=N_(
        "The claimed payback is neither the claimed CAC divided by the monthly margin, "
        "nor the longer time after churn."
    ),
    formula="payback = cac / (arpu x margin)",
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)
ASK = N_("Is payback on a gross-margin basis, and does it include churn?")


def check(report: AuditReport) -> Finding | None:
    """Find a payback that the other claims rule out, or that counts revenue."""
    name = "payback-does-not-follow"
    difference = _difference.first(report, ("payback",), "revenue")
    if difference is None:
        return _difference.unexplained(name, _difference.first(report, ("payback",), ""))
    says = N_("Payback of {claimed} is on a revenue basis: with the margin, {source} = {value}.")
    facts = _difference.facts(difference)
    return Finding(
        check=name,
        severity=Severity.ERROR,
        says=Sentence(says, {key: facts[key] for key in ("claimed", "source", "value")}),
    )
