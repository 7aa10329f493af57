"""A churn based on few leavers."""

from __future__ import annotations

from ltvcli.checks.calc.few_leavers import ENOUGH_LEAVERS
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import AuditReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Churn of few customers"),
    definition=N_(
        "The claimed churn and customers imply fewer than ten churned customers over the "
        "period measured (one month unless churn_over says more): chance alone changes it"
        " and every value divided by it."
    ),
    source="Interval: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; ten is a rule of thumb",
)
ASK = N_("How many customers churned in each of the last twelve months, out of how many?")


def check(report: AuditReport) -> Finding | None:
    """Find a churn of too few leavers, even if all claims were rounded down."""
    seen = report.seen_churn
    if seen is None or seen.value == 0 or seen.most >= ENOUGH_LEAVERS:
        return None
    facts = {
        "churn": Quantity(seen.value, Unit.RATE),
        "leavers": Quantity(seen.leavers, Unit.RATIO),
        "low": Quantity(seen.low, Unit.RATE),
        "high": Quantity(seen.high, Unit.RATE),
    }
    says = N_(
        "Churn of {churn} is based on {leavers} churned {leavers:customer|customers} (95% CI "
        "{low}–{high})."
    )
    least, most = report.ltv_by_churn
    if least is not None and most is not None:
        facts["least"] = Quantity(least, Unit.MONEY)
        facts["most"] = Quantity(most, Unit.MONEY)
        says = N_(
            "Churn of {churn} is based on {leavers} churned {leavers:customer|customers} (95% CI "
            "{low}–{high}), so LTV may be {least}–{most}."
        )
    return Finding(check="churn-of-few", severity=Severity.WARNING, says=Sentence(says, facts))
