"""Rules on lifetime values in revenue as if it were profit."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.check import CheckReport

ABOUT = About(
    label=N_("Rules in revenue"),
    definition=N_(
        "No margin is known, so the period LTV is revenue and LTV/CAC an upper bound: a rule that "
        "does not fire proves little."
    ),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com: LTV is gross margin, not revenue",
)


def check(report: CheckReport) -> Finding | None:
    """Find that rules are evaluated against revenue."""
    if report.basis != "revenue":
        return None
    return Finding(
        check="rules-in-revenue",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "Rules are evaluated on revenue, not profit, because no margin is known: a rule "
                "may fail to fire."
            )
        ),
        option="--margin MARGIN",
    )
