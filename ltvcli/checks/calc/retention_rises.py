"""A churn that falls with age."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Rate, Unit

ABOUT = About(
    label=N_("Retention rises with age"),
    definition=N_(
        "New customers churn faster than older ones, so a single churn rate misjudges both."
    ),
    formula="monthly loss of active customers in the first and in the second half of the horizon",
    source="Fader & Hardie (2010), Marketing Science 29(1), 85-93",
)

# Under a year the second half is too short; a churn lower by a quarter is more than chance.
ENOUGH_MONTHS = 12
CLEARLY = 0.75


def check(report: Report) -> Finding | None:
    """Compare the loss of active customers early and late in the curve."""
    active = [row.get("active") for row in report.tables.get("curve", ())]
    shares = [share for share in active if isinstance(share, float) and share > 0]
    if len(shares) < max(ENOUGH_MONTHS, len(active)):
        return None
    half = len(shares) // 2
    early, late = _loss(shares[: half + 1]), _loss(shares[half:])
    if late >= CLEARLY * early:
        return None
    return Finding(
        check="retention-rises",
        severity=Severity.INFO,
        says=Sentence(
            N_("{early} of customers churn per month in the first {half}, only {late} later."),
            {
                "early": Quantity(early, Unit.RATE),
                "late": Quantity(late, Unit.RATE),
                "half": Quantity(half, Unit.MONTHS),
            },
        ),
    )


def _loss(shares: list[float]) -> Rate:
    return float(1 - (shares[-1] / shares[0]) ** (1 / (len(shares) - 1)))
