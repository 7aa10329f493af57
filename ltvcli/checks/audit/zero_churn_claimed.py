"""A churn of zero, as claimed."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import AuditReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Zero churn claimed"),
    definition=N_(
        "Zero churn implies an infinite LTV. No churn so far shows only that churn is at "
        "most 3 / customer-months (95% bound)."
    ),
    formula="churn <= 3 / (customers x months)",
    source="Hanley & Lippman-Hand (1983), JAMA 249, 1743-1745",
)
ASK = N_("How many contracts have come up for renewal so far?")

CHURNS = ("churn", "churn_yearly", "logo_churn")


def check(report: AuditReport) -> Finding | None:
    """Find a claimed churn of 0."""
    if not any(key in report.claims and report.claims[key].value == 0 for key in CHURNS):
        return None
    says = Sentence(N_("A churn of zero implies an infinite LTV."))
    if report.seen_churn and report.seen_churn.value == 0:
        says = Sentence(
            N_(
                "A churn of zero is not proven: up to {high} per month is compatible with"
                " no churn so far."
            ),
            {"high": Quantity(report.seen_churn.high, Unit.RATE)},
        )
    return Finding(check="zero-churn-claimed", severity=Severity.WARNING, says=says)
