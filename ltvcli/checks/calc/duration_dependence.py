"""A model in which the chance to leave changes with age fits clearly better than sBG."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Chance to leave changes with age"),
    definition=N_(
        "In the sBG model a customer's own chance to leave never changes. Its extension BdW lets "
        "it rise or fall with every renewal made, and fits the renewals better than chance would "
        "have it (likelihood-ratio test, p < 0.01), so projections by sBG may be off."
    ),
    formula="S(t) = B(alpha, beta + t^shape) / B(alpha, beta), where sBG has shape 1",
    source="Fader, Hardie et al. (2018), Journal of Interactive Marketing 43, 1-16",
    pitfalls=N_(
        "Monthly and yearly plans together, or a change of price that all customers met, look "
        "like it, too."
    ),
)

CLEARLY = 0.01
# With many customers the smallest misfit is no chance; below a point of retention it is no matter.
MATTERS = 0.01


def check(report: Report) -> Finding | None:
    """Find that BdW fits clearly better, and expects a clearly different share to stay."""
    subscribers = report.evidence.subscribers if report.evidence else None
    found = subscribers.duration if subscribers else None
    if found is None or found.p >= CLEARLY or abs(found.full - found.simple) < MATTERS:
        return None
    text = (
        N_(
            "Customers leave more easily with every renewal: a model that allows for it (BdW) fits "
            "clearly better, and expects {full} to stay for {months} months, not {simple} as sBG."
        )
        if found.shape > 1
        else N_(
            "Customers grow more loyal with every renewal: a model that allows for it (BdW) fits "
            "clearly better, and expects {full} to stay for {months} months, not {simple} as sBG."
        )
    )
    return Finding(
        check="duration-dependence",
        severity=Severity.INFO,
        says=Sentence(
            text,
            {
                "full": Quantity(found.full, Unit.RATE),
                "months": Quantity(found.months, Unit.COUNT),
                "simple": Quantity(found.simple, Unit.RATE),
            },
        ),
    )
