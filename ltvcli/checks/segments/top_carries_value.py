"""An LTV that depends on a few customers."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.segments import SegmentsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("High value concentration"),
    definition=N_("Without the top 1% of customers, LTV is more than 10% lower."),
    source="A difference of 10% is more than rounding and enough to change a verdict",
)

MUCH = 0.1


def check(report: SegmentsReport) -> Finding | None:
    """Compare LTV with that of all but the largest customers."""
    concentration = report.concentration
    if (
        concentration is None
        or concentration.ltv is None
        or concentration.ltv_without is None
        or not concentration.left_out
    ):
        return None
    less = (
        1 - concentration.ltv_without.value / concentration.ltv.value
        if concentration.ltv.value > 0
        else 0.0
    )
    if less <= MUCH:
        return None
    return Finding(
        check="top-carries-value",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{n} {n:customer accounts|customers account} for {less} of LTV: without them it "
                "is {without}, which is closer to a typical customer."
            ),
            {
                "n": concentration.left_out,
                "less": Quantity(less, Unit.RATE),
                "without": Quantity(concentration.ltv_without.value, Unit.MONEY),
            },
        ),
    )
