"""A period that no lifetime value can be chained from."""

from __future__ import annotations

from ltvcli.formulas.bands import ENOUGH_CUSTOMERS
from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.review import ReviewReport

ABOUT = About(
    label=N_("Too few customers for a period LTV"),
    definition=N_(
        "A period LTV needs 30 customers at some age in both periods, and new customers in both."
    ),
    source="Rule of thumb: 30 for a mean that behaves",
)


def check(report: ReviewReport) -> Finding | None:
    """Find that periods are compared without a period LTV."""
    if not report.evidence.compared or report.explained or report.span == "week":
        return None
    return Finding(
        check="no-period-ltv",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "No period LTV and no reasons: fewer than {n} {n:customer|customers}, or none new, "
                "in {period} or in {against}."
            ),
            {"n": ENOUGH_CUSTOMERS, "period": report.period, "against": report.against},
        ),
    )
