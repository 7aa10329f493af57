"""Orders in different states in several files."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Later state of an order counts"),
    definition=N_(
        "Several files contain the same order with different amounts. The state that was updated "
        "last counts; without such a column, the state in the file that ends later."
    ),
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find orders whose earlier state was replaced."""
    return finding(
        report,
        "later-state-counts",
        N_(
            "{orders} {orders:order|orders} {orders:is|are} in several files with different "
            "amounts. The later state counts, that of {file}: {kept} instead of {replaced}."
        ),
    )
