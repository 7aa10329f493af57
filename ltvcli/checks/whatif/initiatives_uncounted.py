"""Initiatives without a known number of customers."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport

ABOUT = About(
    label=N_("Initiatives without customers"),
    definition=N_(
        "Without data or a budget, the number of customers an initiative reaches is "
        "unknown, so initiatives are ranked by gain per customer and ROI is unknown."
    ),
    source="Definition of ROI: (gain - cost) / cost",
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
                "Initiatives are ranked by gain per customer: the number of customers is "
                "unknown. Add a file, or --budget and --cac."
            )
        ),
    )
