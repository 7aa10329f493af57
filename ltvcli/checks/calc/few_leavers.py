"""A churn based on few leavers."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Few churned customers"),
    definition=N_(
        "Churn of subscribers is measured over the last six complete months. With fewer "
        "than ten churned customers, one more or less changes it, and every value divided"
        " by it, by 10% or more."
    ),
    source="Interval: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; ten is a rule of thumb",
)

ENOUGH_LEAVERS = 10


def check(report: Report) -> Finding | None:
    """Find a measured churn of few leavers."""
    churn = report.figures.churn
    subscribers = report.evidence.subscribers if report.evidence else None
    if subscribers is None or churn is None or churn.source is not Source.MEASURED:
        return None
    if subscribers.leavers >= ENOUGH_LEAVERS or churn.low is None or churn.high is None:
        return None
    facts = {
        "leavers": Quantity(subscribers.leavers, Unit.COUNT),
        "low": Quantity(churn.low, Unit.RATE),
        "high": Quantity(churn.high, Unit.RATE),
    }
    says = N_(
        "Churn is based on {leavers} churned {leavers:customer|customers} (95% CI {low}–{high})."
    )
    if subscribers.churn_months:
        facts["months"] = Quantity(subscribers.churn_months, Unit.COUNT)
        says = N_(
            "Churn is based on {leavers} churned {leavers:customer|customers} in the last {months} "
            "complete {months:month|months} (95% CI {low}–{high})."
        )
    return Finding(check="few-leavers", severity=Severity.WARNING, says=Sentence(says, facts))
