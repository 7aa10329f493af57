"""So many new subscribers that churn describes them instead of established ones."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Growth hides churn"),
    definition=N_(
        "Half of the paying customers or more are too recent to measure retention: on "
        "monthly plans they churn more than older customers, on annual plans they could "
        "not churn yet. When growth slows, the churn rate changes although no customer "
        "behaves differently."
    ),
    source="Fader & Hardie (2010), Marketing Science 29(1), 85-93",
)

MANY = 0.5


def check(report: Report) -> Finding | None:
    """Find that at least half of the paying customers are young."""
    evidence = report.evidence
    subscribers = evidence.subscribers if evidence else None
    if evidence is None or subscribers is None or evidence.months <= subscribers.young_months:
        return None
    if subscribers.young < MANY * max(subscribers.paying, 1):
        return None
    return Finding(
        check="growth-hides-churn",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{young} of {paying} paying {paying:customer|customers} joined less than {months} "
                "{months:month|months} ago: retention is based on the few older ones."
            ),
            {
                "young": Quantity(subscribers.young, Unit.COUNT),
                "paying": Quantity(subscribers.paying, Unit.COUNT),
                "months": Quantity(subscribers.young_months, Unit.COUNT),
            },
        ),
    )
