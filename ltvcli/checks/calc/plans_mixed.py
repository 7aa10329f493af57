"""A churn over monthly and yearly plans."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Monthly and yearly plans mixed"),
    definition=N_(
        "Customers on annual plans can churn only once a year. Mixed with monthly plans, "
        "churn comes in steps that one monthly churn rate and the renewal model smooth "
        "over."
    ),
    source="Fader & Hardie (2007), Journal of Interactive Marketing 21(1), 76-90: renewals",
)

SOME = 0.05


def check(report: Report) -> Finding | None:
    """Find that some customers are billed monthly and some less often."""
    subscribers = report.evidence.subscribers if report.evidence else None
    billed = subscribers.billed if subscribers else {}
    total = sum(billed.values())
    rarely = {months: customers for months, customers in billed.items() if months > 1}
    share = sum(rarely.values()) / total if total else 0.0
    if not SOME <= share <= 1 - SOME:
        return None
    return Finding(
        check="plans-mixed",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "{share} of customers pay for several months at once (mostly {months}): "
                "they churn in steps that one monthly churn rate and the renewal model "
                "smooth over."
            ),
            {
                "share": Quantity(share, Unit.RATE),
                "months": Quantity(max(rarely, key=lambda interval: rarely[interval]), Unit.COUNT),
            },
        ),
    )
