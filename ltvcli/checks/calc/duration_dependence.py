"""A model in which the chance to leave changes with age fits clearly better than sBG."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Churn probability changes with age"),
    definition=N_(
        "In the sBG model, a customer's churn probability never changes. The BdW model "
        "lets it rise or fall with each renewal and fits significantly better "
        "(likelihood-ratio test, p < 0.01), so sBG projections may be off."
    ),
    formula="S(t) = B(alpha, beta + t^shape) / B(alpha, beta), where sBG has shape 1",
    source="Fader, Hardie et al. (2018), Journal of Interactive Marketing 43, 1-16",
    pitfalls=N_(
        "A mix of monthly and annual plans, or a price change for all customers, can look the same."
    ),
)

CLEARLY = 0.01
# With many customers the smallest misfit is significant; less than a point of retention is minor.
MATTERS = 0.01


def check(report: Report) -> Finding | None:
    """Find that BdW fits clearly better, and predicts a clearly different retention."""
    subscribers = report.evidence.subscribers if report.evidence else None
    duration = subscribers.duration if subscribers else None
    if duration is None or duration.p >= CLEARLY or abs(duration.full - duration.simple) < MATTERS:
        return None
    text = (
        N_(
            "Churn rises with each renewal: the BdW model fits significantly better and expects "
            "{full} to stay for {months} {months:month|months} (sBG: {simple})."
        )
        if duration.shape > 1
        else N_(
            "Churn falls with each renewal: the BdW model fits significantly better and expects "
            "{full} to stay for {months} {months:month|months} (sBG: {simple})."
        )
    )
    return Finding(
        check="duration-dependence",
        severity=Severity.INFO,
        says=Sentence(
            text,
            {
                "full": Quantity(duration.full, Unit.RATE),
                "months": Quantity(duration.months, Unit.COUNT),
                "simple": Quantity(duration.simple, Unit.RATE),
            },
        ),
    )
