"""What matters next at this stage, and limits of the numbers."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Grade, Quantity, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("What matters at this stage"),
    definition=N_(
        "Seed: find the right customers, assume short lifetimes. Growth: check how far "
        "CAC may rise, and LTV by segment. Scale: channel mix and upsell. No figure "
        "depends on the stage."
    ),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com: what to measure when",
)
YEAR = 12


def check(report: WhatIfReport) -> Finding | None:
    """Describe it with the figures of the report."""
    says = {"seed": _seed, "growth": _growth, "scale": _scale}.get(report.stage or "")
    if says is None:
        return None
    return Finding(check="stage", severity=Severity.INFO, says=says(report))


def _seed(report: WhatIfReport) -> Sentence:
    cash = report.tables.get("cash", ())
    if not cash:
        return Sentence(
            N_(
                "Seed: first find out which customers stay; each segment is a hypothesis."
                " Do not count years that no customer has stayed."
            )
        )
    row = cash[min(YEAR, len(cash) - 1)]
    brought = float(row["customer"] or 0.0) - float(cash[0]["customer"] or 0.0)
    return Sentence(
        N_(
            "Seed: assume at most {months} {months:month|months} per customer (worth {brought}) "
            "and find the right customers; each segment is a hypothesis. Do not count later years "
            "yet: the next customers may differ from the first."
        ),
        {
            "months": Quantity(float(row["month"] or 0.0), Unit.COUNT),
            "brought": Quantity(brought, Unit.MONEY),
        },
    )


def _growth(report: WhatIfReport) -> Sentence:
    edge = next(
        (
            row
            for row in report.tables.get("breakeven", ())
            if row["lever"] == "cac" and row["side"] == "up" and row["value"] is not None
        ),
        None,
    )
    ratio = report.before.ltv_to_cac
    if edge is None or ratio is None:
        return Sentence(
            N_(
                "Growth: CAC rises with spend. Track the CAC of the newest customers and "
                "LTV by segment. An average is not the return on more spend."
            )
        )
    facts: dict[str, Fact] = {
        "most": Quantity(float(edge["value"] or 0.0), Unit.MONEY),
        "grade": Grade(str(edge["grade"])),
        "ratio": Quantity(ratio, Unit.RATIO),
    }
    return Sentence(
        N_(
            "Growth: CAC rises with spend; from {most} on the grade is {grade}. Track the"
            " CAC of the newest customers and LTV by segment. {ratio} is an average, not "
            "the return on more spend."
        ),
        facts,
    )


def _scale(report: WhatIfReport) -> Sentence:
    rows = {str(row["lever"]): row for row in report.tables.get("sensitivity", ())}
    price = next((rows[lever] for lever in ("aov", "arpu") if lever in rows), None)
    if price is None:
        return Sentence(
            N_(
                "Scale: shift spend between channels by their LTV/CAC, and upsell. An "
                "average may hide a channel that loses money."
            )
        )
    more = float(price["ltv_up"] or 0.0) - float(report.tables["levers"][0]["ltv"] or 0.0)
    return Sentence(
        N_(
            "Scale: shift spend between channels by their LTV/CAC, and upsell: +10% per "
            "customer adds {more}. An average may hide a channel that loses money."
        ),
        {"more": Quantity(more, Unit.MONEY)},
    )
