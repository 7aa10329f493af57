"""An LTV that is the same whichever customers are left out."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Interval unknown"),
    definition=N_(
        "The 95% CI is measured by leaving out groups of customers. If that changes nothing, for "
        "example because all pay the same and none has left, the data does not show how far later "
        "customers may differ. The error is unknown, not zero."
    ),
    source="Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 11",
)


def check(report: Report) -> Finding | None:
    """Find a measured LTV of several customers without an interval."""
    customers = report.figures.customers
    if customers is None or customers.source is not Source.MEASURED or customers.value < 2:  # noqa: PLR2004
        return None
    headline = next(
        (value for value in report.methods if value.method == report.verdict.method), None
    )
    if headline is None or headline.ltv is None or headline.low is not None:
        return None
    return Finding(
        check="interval-unknown",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The 95% CI of LTV is unknown: all {customers} {customers:customer has|customers "
                "have} the same value so far. Later ones may differ."
            ),
            {"customers": Quantity(customers.value, Unit.COUNT)},
        ),
    )
