"""Few customers of one file are found in the other."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.together import TogetherReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Few customers matched"),
    definition=N_(
        "Less than 10% of the smaller group of customers was found in the other. Either few buy "
        "both, or the two systems use different IDs."
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
                "Only {matched} of {fewer} customers {matched:was|were} found in both. If IDs "
                "differ, choose columns with the same IDs: --map customer=COLUMN."
            ),
            {"matched": Quantity(matched, Unit.COUNT), "fewer": Quantity(fewer, Unit.COUNT)},
        ),
    )
