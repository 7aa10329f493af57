"""Orders without an ID in several files, which may be counted twice."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("The same rows in several files"),
    definition=N_(
        "Several files contain rows with the same customer, date and amount, and no column has an "
        "order ID. If the exports overlap, these orders are counted twice."
    ),
    source="Consistency of the input",
    pitfalls=N_(
        "Export periods that do not overlap, or export the order ID, too, and type "
        "--map order=COLUMN."
    ),
)


def check(report: Run) -> Finding | None:
    """Find orders in several files, with their revenue."""
    return finding(
        report,
        "rows-in-several-files",
        N_(
            "{file}: {orders} {orders:order|orders} ({revenue}) also {orders:occurs|occur} in "
            "{other} and {orders:is|are} counted twice. If the exports overlap, use exports with "
            "an order ID or periods that do not overlap."
        ),
    )
