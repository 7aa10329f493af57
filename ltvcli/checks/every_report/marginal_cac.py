"""A marginal CAC above the average CAC, or above the value of a customer."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Report, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Marginal CAC"),
    definition=N_(
        "The marginal CAC, not the average, decides whether more spend pays. It is often "
        "several times the average, because the easy customers come first."
    ),
    formula="cac_marginal = change in spend / change in new customers",
    source="First differences: Wooldridge (2020), Introductory Econometrics, 10.5",
)


def check(report: Run) -> Finding | None:
    """Find a marginal CAC above the average CAC, or above LTV."""
    acquisition = report.acquisition
    if not (acquisition and acquisition.marginal and acquisition.blended):
        return None
    value, low, high = (
        acquisition.marginal.value,
        acquisition.marginal.low,
        acquisition.marginal.high,
    )
    facts: dict[str, Fact] = {
        "marginal": Quantity(value, Unit.MONEY),
        "low": Quantity(low or value, Unit.MONEY),
        "high": Quantity(high or value, Unit.MONEY),
    }
    ltv = _ltv(report)
    if ltv is not None and value > ltv:
        facts["ltv"] = Quantity(ltv, Unit.MONEY)
        text = N_(
            "Marginal CAC is {marginal} (95% CI {low}–{high}), above the LTV of {ltv}: "
            "the last part of the spend did not pay off."
        )
        severity = Severity.WARNING
    elif (low or value) > acquisition.blended.value:
        facts["blended"] = Quantity(acquisition.blended.value, Unit.MONEY)
        text = N_(
            "Marginal CAC is {marginal} (95% CI {low}–{high}), above the average of "
            "{blended}: use it to judge additional spend."
        )
        severity = Severity.INFO
    else:
        return None
    return Finding(check="marginal-cac", severity=severity, says=Sentence(text, facts))


def _ltv(report: Run) -> float | None:
    """Return the headline LTV in margin, if there is one."""
    if not isinstance(report, Report) or report.basis != "margin":
        return None
    by = report.verdict.method
    return next((method.ltv for method in report.methods if method.method == by), None)
