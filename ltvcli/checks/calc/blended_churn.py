"""A constant churn compared with the churn of each age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.formulas.lifetime_value import constant_churn_within
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import Money, Unit

if TYPE_CHECKING:
    from ltvcli.results.evidence import Subscribers

ABOUT = About(
    label=N_("Blended churn misleads"),
    definition=N_(
        "Over the same months, a constant-churn formula differs from the observed value."
    ),
    formula="arpu x margin x (1 - (1 - churn)^horizon) / churn against the observed margin",
    pitfalls=N_(
        "Blended churn changes with growth: many new customers raise it where new "
        "customers churn most, and lower it where they cannot churn in the first year."
    ),
    source="Fader & Hardie (2010), Marketing Science 29(1), 85-93",
)

# A difference of 10% is more than rounding, and can change a grade.
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
    differs = abs(blended - seen) > APART * abs(seen)
    facts = {
        "horizon": Quantity(len(curve), Unit.COUNT),
        "blended": Quantity(blended, Unit.MONEY),
        "seen": Quantity(seen, Unit.MONEY),
    }
    says = N_(
        "A constant-churn formula implies {blended} over {horizon} {horizon:month|months}; actual "
        "is {seen}."
    )
    if report.evidence and (subscribers := report.evidence.subscribers):
        return _finding(
            differs,
            _why(says, facts, subscribers, differs, arpu.value * margin.value / churn.value),
        )
    return _finding(differs, Sentence(says, facts)) if differs else None


def _finding(differs: bool, says: Sentence) -> Finding:
    return Finding(
        check="blended-churn", severity=Severity.WARNING if differs else Severity.INFO, says=says
    )


def _why(
    says: str, facts: dict[str, Quantity], subscribers: Subscribers, differs: bool, endless: Money
) -> Sentence:
    """Explain the difference: by the ages at which customers leave, or by unobserved months."""
    young, old = subscribers.churn_young, subscribers.churn_old
    if not differs:
        facts["beyond"] = Quantity(endless - facts["blended"].value, Unit.MONEY)
        return Sentence(
            N_(
                "ARPU / churn includes {beyond} from after the {horizon} {horizon:month|months} of "
                "data; within them it implies {blended}, actual is {seen}."
            ),
            facts,
        )
    if young is None or old is None or not subscribers.paying:
        return Sentence(says, facts)
    facts |= {
        "young": Quantity(young, Unit.RATE),
        "old": Quantity(old, Unit.RATE),
        "months": Quantity(subscribers.young_months, Unit.COUNT),
        "share": Quantity(subscribers.young / subscribers.paying, Unit.RATE),
    }
    return Sentence(
        N_(
            "A constant-churn formula implies {blended} over {horizon} {horizon:month|months}; "
            "actual is {seen}. Churn is {young} per month in the first {months} "
            "{months:month|months} and {old} later; {share} of paying customers are that new."
        ),
        facts,
    )
