"""Growth that needs more cash every month."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Growth outruns cash"),
    definition=N_(
        "At this growth, monthly spend always exceeds the margin of the month: faster "
        "growth needs more cash."
    ),
    formula="growth > g, where sum over ages a of margin(a) x (1 + g)^-a = cac",
    source="Churchill & Mullins (2001), Harvard Business Review 79(5), on growth that cash allows",
)


def check(report: WhatIfReport) -> Finding | None:
    """Find growth above the rate that pays for itself."""
    row = next((row for row in report.tables.get("lows", ()) if row["what"] == "growth"), None)
    if row is None or float(row["need"] or 0.0) <= 0:
        return None
    facts = {
        "growth": Quantity(float(row["growth"] or 0.0), Unit.RATE),
        "need": Quantity(float(row["need"] or 0.0), Unit.RATE),
    }
    if row["self_funding"] is None:
        text = N_(
            "Growing {growth} per month needs outside cash of {need} of each month's "
            "spend; no growth is self-funding, as customers do not recover the CAC."
        )
    else:
        facts["most"] = Quantity(float(row["self_funding"]), Unit.RATE)
        text = N_(
            "Growing {growth} per month needs outside cash of {need} of each month's "
            "spend; growth up to {most} is self-funding."
        )
    return Finding(
        check="growth-outruns-cash", severity=Severity.WARNING, says=Sentence(text, facts)
    )
