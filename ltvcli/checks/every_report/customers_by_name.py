"""Customers identified by name, because the file has neither IDs nor e-mail addresses."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Customers by name"),
    definition=N_(
        "The file has neither IDs nor e-mail addresses of customers, so customers are identified "
        "by name. Customers who share a name count as one, and a customer with two spellings as "
        "two."
    ),
    source="Consistency of the input",
    pitfalls=N_("If another column holds an ID or an e-mail address, type --map customer=COLUMN."),
)


def check(report: Run) -> Finding | None:
    """Find customers who are identified by name."""
    return finding(
        report,
        "customers-by-name",
        N_(
            "{file}: customers are identified by “{column}”, a name: no column of IDs or e-mail "
            "addresses was found. Customers who share a name count as one."
        ),
    )
