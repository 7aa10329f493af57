"""Customers who were assigned several times to one arm."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.experiment import ExperimentReport

ABOUT = About(
    label=N_("Assigned several times"),
    definition=N_("A customer has several rows for one arm. Outcomes count from the first day."),
    source="Intention to treat: the first assignment counts",
)


def check(report: ExperimentReport) -> Finding | None:
    """Count the customers with several rows for one arm."""
    count = report.doubts.reassigned
    if not count:
        return None
    return Finding(
        check="reassigned",
        severity=Severity.INFO,
        says=Sentence(
            N_("{n} {n:customer was|customers were} assigned several times: the first day counts."),
            {"n": count},
        ),
    )
