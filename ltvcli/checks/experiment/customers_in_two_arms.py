"""Customers who were in several arms."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.experiment import ExperimentReport

ABOUT = About(
    label=N_("Customers in two arms"),
    definition=N_(
        "Customers in more than one arm are excluded, because their outcome cannot be credited to "
        "one arm. If there are many, the assignment was not kept."
    ),
    source="Rule of ltv",
)


def check(report: ExperimentReport) -> Finding | None:
    """Count the customers in several arms."""
    count = report.doubts.in_two_arms
    if not count:
        return None
    return Finding(
        check="customers-in-two-arms",
        severity=Severity.WARNING,
        says=Sentence(
            N_("{n} {n:customer was|customers were} in two arms and excluded."), {"n": count}
        ),
    )
