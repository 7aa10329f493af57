"""Order IDs that lost their last digits in a spreadsheet, so that different orders share one."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Order IDs damaged"),
    definition=N_(
        "A spreadsheet shortened long order IDs (5.83871E+17), so different orders share an ID. "
        "The rows of such an ID are split into orders by customer and day."
    ),
    formula="sum of all rows of these orders - what was counted",
    source="Consistency of the input",
    pitfalls=N_(
        "Two orders of one customer on one day count as one. Export the file again and do not open "
        "it in a spreadsheet."
    ),
)


def check(report: Run) -> Finding | None:
    """Find orders that were split because their IDs are damaged, with their amounts."""
    return finding(
        report,
        "damaged-order-ids",
        N_(
            "{file}: {rows} {rows:row|rows} {rows:has|have} an order ID damaged by a spreadsheet "
            "({example}). {rows:It is|They are} split by customer and day into {orders} "
            "{orders:order|orders} of {counted}; all their rows add up to {all_rows}."
        ),
    )
