"""A higher price without a price elasticity."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport

ABOUT = About(
    label=N_("No price elasticity"),
    definition=N_("The price rises, but no elasticity is set for the response of orders or churn."),
    source="Tellis (1988), Journal of Marketing Research 25, 331-341: price elasticities of demand",
)
PRICES = ("aov", "arpu")
ANSWERS = ("churn", "frequency")


def check(report: WhatIfReport) -> Finding | None:
    """Find a price that rises without an elasticity of any other lever."""
    raised = [
        row["lever"]
        for row in report.tables.get("levers", ())
        if row["lever"] in PRICES and float(row["gain"] or 0.0) > 0
    ]
    answered = {mover for lever in ANSWERS for mover in report.links.get(lever, ())}
    if not raised or answered & set(raised) or set(ANSWERS) & set(report.changed):
        return None
    return Finding(
        check="no-price-elasticity",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "The price change is assumed to affect neither orders nor churn; set the "
                "response in ltv.yaml, for example elasticities: {{churn: {{aov: 0.5}}}}."
            )
        ),
    )
