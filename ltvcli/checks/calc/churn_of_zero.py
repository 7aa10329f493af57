"""No churned customer yet."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Churn of zero"),
    definition=N_(
        "No customer has churned in the data (of subscribers, in the last six complete "
        "months). An infinite lifetime is not credible, so the upper 95% bound of churn "
        "is used: 3 / active customer-months."
    ),
    formula="churn = 3 / active customer-months",
    source="Hanley & Lippman-Hand (1983), JAMA 249, 1743-1745",
)


def check(report: Report) -> Finding | None:
    """Find a churn that had to be assumed because none was observed."""
    churn = report.figures.churn
    if churn is None or churn.source is not Source.ASSUMED:
        return None
    facts = {"churn": Quantity(churn.value, Unit.RATE)}
    says = N_(
        "No customer has churned yet; the upper 95% bound of {churn} per month is used, so ARPU / "
        "churn has no 95% CI."
    )
    subscribers = report.evidence.subscribers if report.evidence else None
    if subscribers and subscribers.churn_months:
        facts["months"] = Quantity(subscribers.churn_months, Unit.COUNT)
        says = N_(
            "No customer churned in the last {months} complete {months:month|months}; the upper "
            "95% bound of {churn} per month is used, so ARPU / churn has no 95% CI."
        )
    return Finding(check="churn-of-zero", severity=Severity.WARNING, says=Sentence(says, facts))
