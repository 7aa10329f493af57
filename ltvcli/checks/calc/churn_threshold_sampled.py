"""A lapse time measured on a sample."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Report, Sentence, Severity

ABOUT = About(
    label=N_("Churn threshold from a sample"),
    definition=N_(
        "With over a million orders, gaps between orders are measured on 1 customer in 20."
    ),
    source="Twentieth of the customers by a hash of their ID: the same in every run",
)


def check(report: Report) -> Finding | None:
    """Find that lapse_after was not measured on every customer."""
    if report.evidence is None or not report.evidence.lapse_sampled:
        return None
    return Finding(
        check="churn-threshold-sampled",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "The time after which customers count as churned was measured on a fixed "
                "sample of 1 customer in 20."
            )
        ),
    )
