"""Organic customers make a blended CAC look better than a paid one."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Report, Run, Sentence, Severity, Source
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Organic customers in the CAC"),
    definition=N_(
        "A blended CAC divides spend by all new customers, organic ones included. Paid "
        "CAC counts customers of channels with spend only, so it is higher."
    ),
    formula="cac_paid = spend / new customers of the channels with spend",
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com (blended and paid CAC)",
)

MUCH = 0.1


def check(report: Run) -> Finding | None:
    """Find that a paid CAC is well above the blended one."""
    acquisition = report.acquisition
    if not (
        acquisition and acquisition.paid and acquisition.blended and acquisition.blended.value > 0
    ):
        return None
    if acquisition.paid.value < (1 + MUCH) * acquisition.blended.value:
        return None
    free = acquisition.customers - (acquisition.paid_customers or 0)
    facts: dict[str, Fact] = {
        "share": Quantity(free / acquisition.customers, Unit.RATE),
        "blended": Quantity(acquisition.blended.value, Unit.MONEY),
        "paid": Quantity(acquisition.paid.value, Unit.MONEY),
    }
    text = N_("{share} of new customers are organic; paid CAC is {paid} (blended: {blended}).")
    ratio = report.verdict.ltv_to_cac if isinstance(report, Report) else None
    is_measured = isinstance(report, Report) and (
        report.figures.cac is not None and report.figures.cac.source is Source.MEASURED
    )
    if ratio is not None and is_measured:
        facts["ratio"] = Quantity(
            ratio * acquisition.blended.value / acquisition.paid.value, Unit.RATIO
        )
        text = N_(
            "{share} of new customers are organic; paid CAC is {paid} (blended: "
            "{blended}), which gives an LTV/CAC of {ratio}."
        )
    return Finding(check="organic-in-cac", severity=Severity.WARNING, says=Sentence(text, facts))
