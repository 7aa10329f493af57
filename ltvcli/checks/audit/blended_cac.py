"""A CAC that counts organic customers."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import AuditReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Blended CAC"),
    definition=N_(
        "The claimed CAC divides spend by all new customers, organic ones included. The "
        "next customer has to be paid for and costs more."
    ),
    formula="cac = spend / (new_customers x (1 - organic_share))",
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)
ASK = N_("What does the next customer cost in the channel that would receive the new funds?")


def check(report: AuditReport) -> Finding | None:
    """Find a CAC that counts organic customers."""
    difference = _difference.first(report, ("cac",), "blended")
    if difference is None:
        return None
    facts = _difference.facts(difference)
    return Finding(
        check="blended-cac",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "CAC of {claimed} includes the {organic} of new customers who are "
                "organic; paid CAC is {value}."
            ),
            {
                "claimed": facts["claimed"],
                "organic": Quantity(report.claims["organic_share"].value, Unit.RATE),
                "value": facts["value"],
            },
        ),
    )
