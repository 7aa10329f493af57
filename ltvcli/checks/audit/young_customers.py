"""Growth so fast that most customers are too young to have left."""

from __future__ import annotations

from ltvcli.checks.calc.growth_hides_churn import MANY
from ltvcli.formulas.pitch import younger_than
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import AuditReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Claimed growth hides churn"),
    definition=N_(
        "At the claimed growth, half of the customers or more are less than six months "
        "old: the claimed churn says little about long-term retention and changes when "
        "growth slows."
    ),
    formula="1 - ((1 - churn) / (1 + growth))^6",
    source="Fader & Hardie (2010), Marketing Science 29(1), 85-93",
)
ASK = N_("What is the churn of customers acquired more than six months ago?")

MONTHS = 6


def check(report: AuditReport) -> Finding | None:
    """Find that at least half are young, even at the lowest growth and churn after rounding."""
    growth = report.claims.get("growth")
    churn = report.claims.get("churn", report.claims.get("logo_churn"))
    if growth is None or churn is None or younger_than(MONTHS, growth.low, churn.low) < MANY:
        return None
    return Finding(
        check="young-customers",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "At {growth} monthly growth, {young} of customers are less than {months} "
                "{months:month|months} old: the churn of {churn} does not show long-term retention."
            ),
            {
                "growth": Quantity(growth.value, Unit.RATE),
                "young": Quantity(younger_than(MONTHS, growth.value, churn.value), Unit.RATE),
                "months": Quantity(MONTHS, Unit.COUNT),
                "churn": Quantity(churn.value, Unit.RATE),
            },
        ),
    )
