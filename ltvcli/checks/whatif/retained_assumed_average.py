"""Customers kept by a lower churn, who are assumed to behave like existing ones."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Retained customers assumed average"),
    definition=N_(
        "With less churn, more customers reach each age and are assumed to bring what "
        "existing ones did. Customers who had to be retained usually bring less. Nothing "
        "after the horizon is counted."
    ),
    source="Ascarza (2018), Journal of Marketing Research 55, 80-98, on retention that is futile",
)


def check(report: WhatIfReport) -> Finding | None:
    """Find a lower churn that is applied to measured curves."""
    gain = next(
        (row["gain"] for row in report.tables.get("levers", ()) if row["lever"] == "churn"), None
    )
    if not report.horizon or gain is None or float(gain) <= 0:
        return None
    return Finding(
        check="retained-assumed-average",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "Retained customers are assumed to behave like existing ones; revenue after "
                "{months} {months:month|months} is not counted."
            ),
            {"months": Quantity(report.horizon, Unit.COUNT)},
        ),
    )
