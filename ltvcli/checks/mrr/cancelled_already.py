"""MRR that is cancelled, and still counts until the paid period ends."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.mrr import MrrReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Cancelled, still paying"),
    definition=N_(
        "Subscriptions that are cancelled count until the paid period ends; that MRR is as good as "
        "gone."
    ),
    source="Stripe: a subscription cancelled at the period's end stays active until then",
)
MUCH = 0.05


def check(report: MrrReport) -> Finding | None:
    """Find MRR that is cancelled already."""
    found = report.leaving
    if found is None or not found.subscriptions or not report.months:
        return None
    closing = report.months[-1].closing
    return Finding(
        check="cancelled-already",
        severity=Severity.WARNING if found.mrr >= MUCH * closing else Severity.INFO,
        says=Sentence(
            N_("{mrr} of MRR is cancelled already (subscriptions: {n}); {rest} stays."),
            {
                "mrr": Quantity(found.mrr, Unit.MONEY),
                "n": Quantity(found.subscriptions, Unit.COUNT),
                "rest": Quantity(closing - found.mrr, Unit.MONEY),
            },
        ),
        option="" if report.comparisons else "--reconcile",
    )
