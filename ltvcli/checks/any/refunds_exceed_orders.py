"""Orders whose refund is larger than the order."""

from __future__ import annotations

from ltvcli.checks.any._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

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
    facts = combined(report, "refunds-exceed-orders")
    if facts is None:
        return None
    return Finding(
        check="refunds-exceed-orders",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{file}: {orders} orders have a refund larger than the order, {excess} in total. "
                "Check that the amount and the refund are in the same currency."
            ),
            facts,
        ),
    )
