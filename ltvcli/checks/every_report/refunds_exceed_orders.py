"""Orders whose refund is larger than the order."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Refunds exceed orders"),
    definition=N_(
        "Orders with a refund larger than the order. The refund may be in another currency or unit "
        "than the amount, or the amount may already be net of refunds."
    ),
    formula="amount - refund < 0",
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find orders with a refund larger than the order."""
    return finding(
        report,
        "refunds-exceed-orders",
        N_(
            "{file}: {orders} {orders:order|orders} {orders:has|have} a refund larger than the "
            "order, {excess} in total. Check that the amount and the refund are in the same "
            "currency."
        ),
    )
