"""An initiative with an expected loss."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("An initiative loses money"),
    definition=N_("Its expected gain (gain x probability) is less than its cost."),
    formula="base_gain x probability - cost < 0",
    source="Expected value",
)


def check(report: WhatIfReport) -> Finding | None:
    """Find initiatives with an expected loss, and name the worst."""
    rows = [
        row
        for row in report.tables.get("priorities", ())
        if row["score"] is not None and float(row["score"]) < 0
    ]
    if not rows:
        return None
    worst = min(rows, key=lambda row: float(row["score"] or 0.0))
    return Finding(
        check="initiative-loses",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{n} of {all} initiatives have an expected loss; the largest is “{name}” "
                "with {loss}."
            ),
            {
                "n": len(rows),
                "all": len(report.tables["priorities"]),
                "name": str(worst["name"]),
                "loss": Quantity(-float(worst["score"] or 0.0), Unit.MONEY),
            },
        ),
    )
