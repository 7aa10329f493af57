"""Orders in different states in several files, none of which is known to be later."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import finding
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run

ABOUT = About(
    label=N_("Unclear which state of an order is later"),
    definition=N_(
        "Several files contain the same order with different amounts and end on the same day, so "
        "either state may be the later one. The lower amount counts."
    ),
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find orders whose amount depends on which file is newer."""
    return finding(
        report,
        "equal-states-differ",
        N_(
            "{file}: {orders} {orders:order|orders} {orders:differs|differ} from another file that "
            "reaches the same day; the lower amount counts, {kept} instead of {replaced}. If a "
            "column says when an order was last changed, add --map updated=COLUMN."
        ),
    )
