"""Find money that no model could be fitted to."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.prediction import PredictReport

ABOUT = About(
    label=N_("Money by each customer's own mean"),
    definition=N_(
        "The model of money (Gamma-Gamma) takes what a customer spends on an order to be "
        "unrelated to how often they order; where that does not hold, or it cannot be fitted, "
        "each customer's mean so far is carried on."
    ),
    source="Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value",
)


def check(report: PredictReport) -> Finding | None:
    """Find money that no model could be fitted to."""
    evidence = report.evidence
    if not evidence.own_money:
        return None
    return Finding(
        check="money-by-own-mean",
        severity=Severity.INFO,
        says=Sentence(
            N_("What an order will bring is each customer's own mean so far, because {because}."),
            {
                "because": evidence.own_money,
            },
        ),
    )
