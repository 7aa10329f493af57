"""A lifetime longer than the company exists."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import AuditReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Lifetime exceeds the company's age"),
    definition=N_(
        "The claims assume a lifetime longer than any customer has had: that part of the "
        "LTV is an assumption, not a measurement."
    ),
    formula="lifespan, or ltv / (arpu x margin), or 1 / churn, against age",
    source="Fader & Hardie (2010), Marketing Science 29(1), 85-93: constant churn misleads",
)
ASK = N_("What share of the first customers is still active, month by month?")


def check(report: AuditReport) -> Finding | None:
    """Find that even the shortest lifetime the claims allow exceeds the company's age."""
    age = report.claims.get("age")
    if age is None or report.lifetime is None or report.lifetime_least is None:
        return None
    if report.lifetime_least <= age.high:
        return None
    return Finding(
        check="lifetime-past-company",
        severity=Severity.WARNING,
        says=Sentence(
            N_("The claims imply a customer lifetime of {lifetime}; the company is {age} old."),
            {
                "lifetime": Quantity(report.lifetime, Unit.MONTHS),
                "age": Quantity(age.value, Unit.MONTHS),
            },
        ),
    )
