"""A lifespan longer than the churn allows."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding
from ltvcli.results.audit import AuditReport

ABOUT = About(
    label=N_("Lifespan longer than 1 / churn"),
    definition=N_(
        "At the claimed churn, customers stay 1 / churn on average; the claimed lifespan "
        "is longer. A deliberately shorter one is fine."
    ),
    formula="lifespan <= 1 / churn",
    source="Fader & Hardie (2012), brucehardie.com/notes/024",
)
ASK = N_("How was the lifespan measured, and does it include churned customers?")


def check(report: AuditReport) -> Finding | None:
    """Find a claim that the other claims rule out, whatever their rounding."""
    return _difference.unexplained(
        "lifespan-past-churn", _difference.first(report, ("lifespan",), "")
    )
