"""Reasons of few of those who left."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.leavers import LeaversReport

ABOUT = About(
    label=N_("Few reasons"),
    definition=N_(
        "Fewer than half of the customers who left gave a reason. They may differ from those who "
        "did not, so the shares of reasons say little about all who left."
    ),
    source="Rule of ltv",
)


def check(report: LeaversReport) -> Finding | None:
    """Count customers without a stated reason."""
    if not report.left or 2 * report.stated >= report.left:
        return None
    text = N_("Only {said} of {left} {left:customer|customers} who left gave a reason.")
    if not report.asked:
        text = N_(
            "It is unknown why customers left: add their reasons with --cancellations churn.csv."
        )
    return Finding(
        check="few-reasons",
        severity=Severity.WARNING,
        says=Sentence(text, {"said": report.stated, "left": report.left}),
    )
