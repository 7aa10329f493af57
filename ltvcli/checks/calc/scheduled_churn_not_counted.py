"""Subscribers who have cancelled and still pay."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Cancelled, not yet counted as churn"),
    definition=N_(
        "A subscriber churns when the paid period ends. Until then, customers who have "
        "cancelled count as paying, so churn and LTV do not include them yet."
    ),
    source="Stripe: a subscription cancelled at the period's end stays active until then",
)

# 5% of paying customers is about the monthly churn of many companies.
MUCH = 0.05


def check(report: Report) -> Finding | None:
    """Find paying customers who have cancelled."""
    subscribers = report.evidence.subscribers if report.evidence else None
    if subscribers is None or not subscribers.leaving:
        return None
    much = subscribers.leaving >= MUCH * subscribers.paying
    return Finding(
        check="scheduled-churn-not-counted",
        severity=Severity.WARNING if much else Severity.INFO,
        says=Sentence(
            N_(
                "{leaving} of {paying} paying {paying:customer|customers} ({mrr} of MRR) are "
                "scheduled to churn; churn counts them when their paid period ends."
            ),
            {
                "leaving": Quantity(subscribers.leaving, Unit.COUNT),
                "paying": Quantity(subscribers.paying, Unit.COUNT),
                "mrr": Quantity(subscribers.leaving_mrr, Unit.MONEY),
            },
        ),
    )
