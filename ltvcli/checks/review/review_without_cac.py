"""A review without the cost of new customers."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.review import ReviewReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Review without CAC"),
    definition=N_("Without spend or a CAC there is no LTV/CAC, and a rising CAC does not show."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)


def check(report: ReviewReport) -> Finding | None:
    """Find that no acquisition cost is known."""
    if report.evidence.cac_known:
        return None
    says = Sentence(N_("No CAC is known, so LTV/CAC and payback are not shown."))
    if report.acquisition is not None and report.span == "week":
        says = Sentence(N_("Spend is added up by month: weeks have no CAC, LTV/CAC and payback."))
    elif spent := _spent_for_nobody(report):
        says = Sentence(
            N_(
                "{spend} was spent in {period} and brought no new customer: no CAC, LTV/CAC and "
                "payback are shown."
            ),
            {"period": report.period, "spend": Quantity(spent, Unit.MONEY)},
        )
    elif report.acquisition is not None:
        says = Sentence(
            N_("Spend does not cover all of {period}: no CAC, LTV/CAC and payback are shown."),
            {"period": report.period},
        )
    return Finding(
        check="review-without-cac",
        severity=Severity.INFO,
        says=says,
        option="" if report.acquisition else "--spend FILE",
    )


def _spent_for_nobody(report: ReviewReport) -> float:
    """Return the spend of a period without new customers; 0 of any other."""
    now = {tile.figure: tile.now.value for tile in report.tiles}
    return 0.0 if now.get("new_customers", 1.0) else now.get("spend", 0.0)
