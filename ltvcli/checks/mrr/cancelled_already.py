"""MRR of subscriptions that are cancelled or have an end date, and still count until then."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.mrr import MrrReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Scheduled churn"),
    definition=N_(
        "MRR of subscriptions that are cancelled or have an end date. They count until the paid "
        "period ends, and churn then unless they are renewed."
    ),
    source="Stripe: a subscription cancelled at the period's end stays active until then",
)
MUCH = 0.05


def check(report: MrrReport) -> Finding | None:
    """Find MRR that is scheduled to churn."""
    leaving = report.leaving
    if leaving is None or not leaving.subscriptions or not report.months:
        return None
    closing = report.months[-1].closing
    text = (
        N_("{mrr} of MRR is scheduled to churn (1 subscription); {rest} has no end date.")
        if leaving.subscriptions == 1
        else N_(
            "{mrr} of MRR is scheduled to churn ({n} {n:subscription|subscriptions}); {rest} "
            "has no end date."
        )
    )
    return Finding(
        check="cancelled-already",
        severity=Severity.WARNING if leaving.mrr >= MUCH * closing else Severity.INFO,
        says=Sentence(
            text,
            {
                "mrr": Quantity(leaving.mrr, Unit.MONEY),
                "n": Quantity(leaving.subscriptions, Unit.COUNT),
                "rest": Quantity(closing - leaving.mrr, Unit.MONEY),
            },
        ),
        option="" if report.comparisons else "--reconcile",
    )
