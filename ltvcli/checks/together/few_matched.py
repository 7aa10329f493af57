"""Few customers of one file are found in the other."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.together import TogetherReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Few customers matched"),
    definition=N_(
        "Less than a tenth of the customers of the smaller side were found on the other. Either "
        "few buy both, or the two systems call them by different ids."
    ),
    formula="matched / min(order_customers, subscription_customers)",
    source="Rule of thumb",
)

FEW = 0.1


def check(report: TogetherReport) -> Finding | None:
    """Find that ids or e-mails hardly meet."""
    found = report.matched
    matched = found.by_id + found.by_email
    fewer = min(found.order_customers, found.subscription_customers)
    if matched >= FEW * fewer:
        return None
    return Finding(
        check="few-matched",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "Only {matched} of {fewer} customers were found in both; if their ids differ, "
                "choose columns that hold the same: --map customer=COLUMN."
            ),
            {"matched": Quantity(matched, Unit.COUNT), "fewer": Quantity(fewer, Unit.COUNT)},
        ),
    )
