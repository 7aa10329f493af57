"""NRR and GRR compared with customer churn."""

from __future__ import annotations

from ltvcli.formulas.pitch import leavers_paid, stayers_pay, yearly
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import AuditReport, Claim
from ltvcli.units import Rate, Unit

ABOUT = About(
    label=N_("NRR and churn contradict each other"),
    definition=N_(
        "Annual GRR cannot exceed 100% or NRR. With high customer churn, the claims "
        "require that remaining customers pay at least twice as much, or that churned "
        "ones paid less than a quarter of the average."
    ),
    formula="nrr / (1 - churn_yearly) < 2; (1 - grr) / churn_yearly > 1/4; grr <= nrr; grr <= 1",
    source="README, How to read a result; twice and a quarter are rules of thumb",
)
ASK = N_("What did each customer of a year ago pay then, and what do they pay now?")

TWICE = 2.0
QUARTER = 0.25


def check(report: AuditReport) -> Finding | None:
    """Find contradictions and implausible relations, even at the most lenient rounding."""
    nrr, grr = report.claims.get("nrr"), report.claims.get("grr")
    if grr and grr.low > 1:
        return _finding(N_("GRR of {grr} exceeds 100%, but it excludes upgrades."), grr=grr.value)
    if nrr and grr and nrr.high < grr.low:
        says = N_(
            "NRR of {nrr} is below GRR of {grr}; GRR excludes upgrades, so it cannot be higher."
        )
        return _finding(says, nrr=nrr.value, grr=grr.value)
    lost = _lost(report)
    if lost is None:
        return None
    least, churn = lost
    if nrr and stayers_pay(nrr.low, least) >= TWICE:
        says = N_(
            "NRR of {nrr} with annual customer churn of {churn}: remaining customers "
            "would have to pay {times} times as much."
        )
        times = Quantity(stayers_pay(nrr.value, min(churn, 1 - 1e-9)), Unit.RATIO)
        return _finding(says, times, nrr=nrr.value, churn=churn)
    if grr and leavers_paid(grr.low, least) < QUARTER:
        says = N_(
            "GRR of {grr} with annual customer churn of {churn}: churned customers would "
            "have paid {times} times the average."
        )
        times = Quantity(leavers_paid(grr.value, churn), Unit.RATIO)
        return _finding(says, times, grr=grr.value, churn=churn)
    return None


def _lost(report: AuditReport) -> tuple[Rate, Rate] | None:
    """Return the share of customers lost in a year: at least, and as claimed."""
    by_month: Claim | None = report.claims.get("logo_churn")
    by_year: Claim | None = report.claims.get("churn_yearly")
    if by_month is None and by_year is not None:
        return by_year.low, by_year.value
    by_month = by_month or report.claims.get("churn")
    return (yearly(by_month.low), yearly(by_month.value)) if by_month else None


def _finding(says: str, times: Quantity | None = None, **rates: Rate) -> Finding:
    facts = {key: Quantity(rate, Unit.RATE) for key, rate in rates.items()}
    if times:
        facts["times"] = times
    return Finding(
        check="nrr-against-churn",
        severity=Severity.WARNING if times else Severity.ERROR,
        says=Sentence(says, facts),
    )
