"""A lever that the headline method does not use."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport

ABOUT = About(
    label=N_("A change without effect"),
    definition=N_("A lever was changed that the headline method does not use; other methods may."),
    source="Definition of the methods",
)


def check(report: WhatIfReport) -> Finding | None:
    """Find a change that affects neither LTV nor LTV/CAC."""
    still = [
        str(row["change"])
        for row in report.tables.get("levers", ())
        if row["lever"] in report.changed
        and row["lever"] != "budget"
        and row["gain"] == 0
        and not row["ratio_gain"]
    ]
    if not still:
        return None
    return Finding(
        check="lever-without-effect",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The change {change} does not affect the headline: its method does not "
                "use it, or LTV/CAC needs a --cac. --verbose shows all methods."
            ),
            {"change": still[0]},
        ),
    )
