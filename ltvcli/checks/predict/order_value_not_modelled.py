"""Order values to which no model could be fitted."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.prediction import PredictReport

ABOUT = About(
    label=N_("Order value not modelled"),
    definition=N_(
        "The Gamma-Gamma model assumes that a customer's order value is independent of order "
        "frequency. If that does not hold, or the model cannot be fitted, each customer's average "
        "order value to date is used."
    ),
    source="Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value",
)


def check(report: PredictReport) -> Finding | None:
    """Find order values to which no model could be fitted."""
    evidence = report.evidence
    if not evidence.own_money:
        return None
    return Finding(
        check="order-value-not-modelled",
        severity=Severity.INFO,
        says=Sentence(
            N_("Forecast order value is each customer's average to date, because {because}."),
            {
                "because": evidence.own_money,
            },
        ),
    )
