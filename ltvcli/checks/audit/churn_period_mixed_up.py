"""A yearly churn mistaken for a monthly one, or the reverse."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import AuditReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Monthly and annual churn mixed up"),
    definition=N_(
        "The claims are consistent only if a monthly churn is read as an annual one or "
        "the other way round, or the two churn rates contradict each other."
    ),
    formula="churn_yearly = 1 - (1 - churn)^12",
    source="Fader & Hardie (2012), brucehardie.com/notes/024",
)
ASK = N_("Is the churn monthly or annual, and how was it measured?")


def check(report: AuditReport) -> Finding | None:
    """Find a claim that mixes up monthly and yearly churn."""
    difference = _difference.first(report, ("ltv", "ltv_to_cac", "lifespan"), "yearly", "monthly")
    both = _difference.first(report, ("churn_yearly",), "")
    if difference is None and both is None:
        return None
    if difference is not None:
        facts = _difference.facts(difference)
        by_month = difference.cause == "yearly"
        churn = report.claims["churn" if by_month else "churn_yearly"]
        shown = {key: facts[key] for key in ("claim", "claimed", "value")}
        shown["churn"] = Quantity(churn.value, Unit.RATE)
        says = (
            N_(
                "{claim} of {claimed} treats the monthly churn of {churn} as annual; with"
                " monthly churn it is {value}."
            )
            if by_month
            else N_(
                "{claim} of {claimed} treats the annual churn of {churn} as monthly; with"
                " annual churn it is {value}."
            )
        )
    elif both is not None:
        facts = _difference.facts(both)
        shown = {key: facts[key] for key in ("claimed", "value")}
        shown["churn"] = Quantity(report.claims["churn"].value, Unit.RATE)
        says = N_("{churn} per month is {value} per year; claimed is {claimed} per year.")
    return Finding(
        check="churn-period-mixed-up", severity=Severity.ERROR, says=Sentence(says, shown)
    )
