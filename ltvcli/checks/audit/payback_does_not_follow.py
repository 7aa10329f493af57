"""A payback that CAC, revenue and margin do not give."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.audit import AuditReport

ABOUT = About(
    label=N_("Payback does not follow"),
    definition=N_(
        "The claimed payback is not the claimed CAC over the margin of a month, nor the longer "
        "time it takes when it counts that customers leave."
    ),
    formula="payback = cac / (arpu x margin)",
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)
ASK = N_("Is payback counted in margin, and does it count that customers leave?")


def check(report: AuditReport) -> Finding | None:
    """Find a payback that the other claims rule out, or that counts revenue."""
    name = "payback-does-not-follow"
    one = _difference.first(report, ("payback",), "revenue")
    if one is None:
        return _difference.unexplained(name, _difference.first(report, ("payback",), ""))
    says = N_("Payback of {claimed} counts revenue: with the margin, {source} is {value}.")
    facts = _difference.facts(one)
    return Finding(
        check=name,
        severity=Severity.ERROR,
        says=Sentence(says, {key: facts[key] for key in ("claimed", "source", "value")}),
    )
