"""A churn of zero, as claimed."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import AuditReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Zero churn claimed"),
    definition=N_(
        "Nobody leaves, it is claimed, so a customer is worth an endless sum. That nobody has left "
        "yet says only that churn is not high: at 95%, not above 3 / customer-months."
    ),
    formula="churn <= 3 / (customers x months)",
    source="Hanley & Lippman-Hand (1983), JAMA 249, 1743-1745",
)
ASK = N_("Since when do customers pay who could have left: how many contracts came up for renewal?")

CHURNS = ("churn", "churn_yearly", "logo_churn")


def check(report: AuditReport) -> Finding | None:
    """Find a churn of nothing at all."""
    if not any(key in report.claims and report.claims[key].value == 0 for key in CHURNS):
        return None
    says = Sentence(N_("A churn of zero cannot last, and gives a lifetime value without end."))
    if report.seen_churn and report.seen_churn.value == 0:
        says = Sentence(
            N_("A churn of zero cannot last: up to {high} a month would go unseen so far."),
            {"high": Quantity(report.seen_churn.high, Unit.RATE)},
        )
    return Finding(check="nobody-leaves", severity=Severity.WARNING, says=says)
