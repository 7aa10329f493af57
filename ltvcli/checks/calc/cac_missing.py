"""No grade without a CAC."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("CAC missing"),
    definition=N_("LTV/CAC and payback need a CAC."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com",
)


def check(report: Report) -> Finding | None:
    """Find that no CAC is known, or that spend brought no new customer."""
    if report.figures.cac is not None:
        return None
    spent = report.acquisition
    if spent and not spent.customers and spent.spend > 0:
        text = N_(
            "{spend} was spent from {first} to {last} and brought no new customer, so no CAC is "
            "defined. LTV/CAC and payback are not shown."
        )
        facts: dict[str, Fact] = {
            "spend": Quantity(spent.spend, Unit.MONEY),
            "first": spent.first,
            "last": spent.last,
        }
        return Finding(check="cac-missing", severity=Severity.ERROR, says=Sentence(text, facts))
    return Finding(
        check="cac-missing",
        severity=Severity.WARNING,
        says=Sentence(N_("No CAC is known, so LTV/CAC and payback are not shown.")),
        option="--cac CAC",
    )
