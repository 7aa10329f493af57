"""Where to begin: with existing customers."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Upsell and retention first"),
    definition=N_(
        "In the short term, upsell and retention act on existing customers at once; a "
        "lower CAC acts on new customers only."
    ),
    source="Gupta, Lehmann & Stuart (2004), Journal of Marketing Research 41, 7-18: "
    "retention moves value more than CAC does",
)
PRICES = ("aov", "arpu")


def check(report: WhatIfReport) -> Finding | None:
    """Compare 10% of price, churn and CAC, where nothing is planned yet."""
    rows = {str(row["lever"]): row for row in report.tables.get("sensitivity", ())}
    price = next((rows[lever] for lever in PRICES if lever in rows), None)
    levers = report.tables.get("levers", ())
    if report.tables.get("priorities") or price is None or not {"churn", "cac"} <= rows.keys():
        return None
    now = float(levers[0]["ltv"] or 0.0)
    facts = {
        "price": Quantity(float(price["ltv_up"] or 0.0) - now, Unit.MONEY),
        "churn": Quantity(float(rows["churn"]["ltv_down"] or 0.0) - now, Unit.MONEY),
        "cac": Quantity(float(rows["cac"]["value"] or 0.0) / 10, Unit.MONEY),
    }
    return Finding(
        check="short-term-first",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "Prioritise upsell and retention in the short term: +10% revenue per "
                "customer adds {price}, -10% churn adds {churn}; -10% CAC saves {cac} per"
                " new customer. --initiatives ranks your plans."
            ),
            facts,
        ),
    )
