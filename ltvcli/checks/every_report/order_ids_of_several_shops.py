"""Files of several shops that give their orders the same ids."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Order IDs of several shops"),
    definition=N_(
        "Most order IDs that two files share belong to different customers on different days, so "
        "the files come from different shops. Their orders count as different orders."
    ),
    pitfalls=N_("Customers of both shops are one customer only where their IDs are the same."),
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find files whose order IDs belong to different orders in another file."""
    return finding(
        report,
        "order-ids-of-several-shops",
        N_(
            "{file}: {orders} order IDs also occur in another file, for other customers on other "
            "days. They count as different orders, of different shops."
        ),
    )
