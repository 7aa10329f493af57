"""A retention cost that the headline method does not use."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Retention cost left out"),
    definition=N_("A retention cost was given, but the headline method does not use it."),
    formula="ec = basic - retention_cost x lifespan / 12",
    source="Definition of the basic and the ARPU / churn value",
)

WITHOUT = ("basic", "arpu-churn")


def check(report: Report) -> Finding | None:
    """Find a headline before retention cost although that cost is known."""
    cost = report.figures.retention_cost
    if cost is None or cost.source is not Source.GIVEN or cost.value == 0:
        return None
    if report.verdict.method not in WITHOUT:
        return None
    ec = next(
        (
            method.ltv
            for method in report.methods
            if method.method == "ec" and method.ltv is not None
        ),
        None,
    )
    if ec is None:
        says = Sentence(
            N_("The retention cost is not deducted: without a lifespan its duration is unknown.")
        )
    else:
        says = Sentence(
            N_("The headline LTV does not deduct the retention cost; after it, LTV is {after}."),
            {"after": Quantity(ec, Unit.MONEY)},
        )
    return Finding(check="retention-cost-left-out", severity=Severity.WARNING, says=says)
