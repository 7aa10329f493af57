"""Retention of 100% over a year, which is rarer than an export without ended subscriptions."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.benchmark import BenchmarkReport

ABOUT = About(
    label=N_("No churned customers"),
    definition=N_(
        "No customer left within 12 months. By default many exports contain only active "
        "subscriptions, and retention then shows no loss."
    ),
    source="Definition of customer churn",
)


def check(report: BenchmarkReport) -> Finding | None:
    """Find a year in which no customer left."""
    churn = next((figure.now for figure in report.figures if figure.metric == "logo_churn"), None)
    if churn is None or churn.value > 0:
        return None
    return Finding(
        check="no-churned-customers",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "No customer left within 12 months. Check that the export includes subscriptions "
                "that have ended: without them NRR and GRR are too high."
            )
        ),
    )
