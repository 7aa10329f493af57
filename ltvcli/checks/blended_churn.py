"""One churn for all ages against what customers of each age did."""

from __future__ import annotations

from ltvcli.formulas.lifetime_value import constant_churn_within
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Blended churn misleads"),
    definition=N_(
        "Over the same months, ARPU and one churn for all ages say something else than seen."
    ),
    formula="arpu x margin x (1 - (1 - churn)^horizon) / churn against the observed margin",
    source="Fader & Hardie (2010), Marketing Science 29(1), 85-93",
)

# A tenth apart is more than rounding and enough to move a verdict.
APART = 0.1


def check(report: Report) -> Finding | None:
    """Compare both over the horizon, undiscounted and before retention cost."""
    figures, curve = report.figures, report.tables.get("curve", ())
    arpu, churn, margin = figures.arpu, figures.churn, figures.margin
    if not curve or arpu is None or churn is None or margin is None:
        return None
    if arpu.source is not Source.MEASURED or churn.source is not Source.MEASURED:
        return None
    seen = curve[-1]["cumulative"]
    blended = constant_churn_within(arpu.value, margin.value, churn.value, len(curve))
    if not isinstance(seen, float) or not isinstance(blended, float):
        return None
    if abs(blended - seen) <= APART * abs(seen):
        return None
    return Finding(
        check="blended-churn",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "Within {horizon} months, ARPU and one churn for all ages promise {blended}; "
                "a customer brought {seen}."
            ),
            {
                "horizon": Quantity(len(curve), Unit.COUNT),
                "blended": Quantity(blended, Unit.MONEY),
                "seen": Quantity(seen, Unit.MONEY),
            },
        ),
    )
