"""Orders whose rows disagree on the customer, the date or the total."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Rows of an order disagree"),
    definition=N_(
        "Rows with the same order ID have different customers, dates or totals, so they may be "
        "different orders. The first row of each order counts."
    ),
    formula="sum of all rows of these orders - what was counted",
    source="Consistency of the input",
    pitfalls=N_(
        "If the IDs are right and each row has its own amount, type --map line_total=COLUMN; if "
        "another column holds the order ID, type --map order=COLUMN."
    ),
)


def check(report: Run) -> Finding | None:
    """Find orders whose rows disagree, with their amounts."""
    return finding(
        report,
        "order-rows-disagree",
        N_(
            "{file}: orders whose rows disagree: {orders} (customer {customers}, date {days}, "
            "total {amounts}). All rows of these orders add up to {all_rows}; {counted} is "
            "counted."
        ),
    )
