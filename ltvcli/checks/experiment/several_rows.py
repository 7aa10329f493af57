"""Customers with several rows, whose outcomes were added up."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.experiment import ExperimentReport

ABOUT = About(
    label=N_("Several rows per customer"),
    definition=N_(
        "A file of results has one row per customer. If a customer has several, their outcomes "
        "are added up: correct for orders, too much for rows that repeat a total."
    ),
    source="Rule of ltv",
)


def check(report: ExperimentReport) -> Finding | None:
    """Count the customers with several rows."""
    count = report.doubts.repeated
    if not count:
        return None
    return Finding(
        check="several-rows",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{n} {n:customer has|customers have} several rows: their outcomes were added up. "
                "If rows repeat a total, keep one per customer."
            ),
            {"n": count},
        ),
    )
