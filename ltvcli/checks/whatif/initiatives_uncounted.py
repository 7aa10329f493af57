"""Initiatives, but nobody knows how many customers they would reach."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport

ABOUT = About(
    label=N_("Initiatives without customers"),
    definition=N_(
        "Without data or a budget nothing says how many customers an initiative would reach, so "
        "they are ranked by what one customer brings more, and ROI is unknown."
    ),
    source="Definition of ROI: what is brought less cost, per cost",
)


def check(report: WhatIfReport) -> Finding | None:
    """Find initiatives whose gain on the base is unknown."""
    rows = report.tables.get("priorities", ())
    if not rows or any(row["base_gain"] is not None for row in rows):
        return None
    return Finding(
        check="initiatives-uncounted",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "Initiatives are ranked by one customer only: nothing says how many there are. "
                "Give a file, or what is spent a month (--budget) and what a customer costs "
                "(--cac)."
            )
        ),
    )
