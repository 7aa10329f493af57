"""Customers kept by less churn are taken for customers who stayed by themselves."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Kept customers bring what stayers brought"),
    definition=N_(
        "With less churn, more customers reach each age, and are taken to bring there what those "
        "who reached it brought. Who had to be kept usually brings less. Nothing after the horizon "
        "is counted, which is where more of them would be."
    ),
    source="Ascarza (2018), Journal of Marketing Research 55, 80-98, on retention that is futile",
)


def check(report: WhatIfReport) -> Finding | None:
    """Find a churn that is lowered on measured curves."""
    gain = next(
        (row["gain"] for row in report.tables.get("levers", ()) if row["lever"] == "churn"), None
    )
    if not report.horizon or gain is None or float(gain) <= 0:
        return None
    return Finding(
        check="kept-like-stayers",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "Customers who are kept count like those who stayed by themselves; what they bring "
                "after {months} months does not count."
            ),
            {"months": Quantity(report.horizon, Unit.COUNT)},
        ),
    )
