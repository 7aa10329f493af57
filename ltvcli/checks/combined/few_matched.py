"""Few customers of one source are in the other."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.combined import CombinedReport
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


def check(report: CombinedReport) -> Finding | None:
    """Find that few IDs or e-mail addresses match."""
    matching = report.matched
    matched = matching.by_id + matching.by_email
    fewer = min(matching.order_customers, matching.subscription_customers)
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
