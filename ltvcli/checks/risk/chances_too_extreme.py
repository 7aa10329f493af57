"""Chances that did not come true as stated."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.risk import RiskReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Chances that do not hold"),
    definition=N_(
        "Of customers with a stated chance of 20%, 20% should leave. Where the interval of the "
        "calibration slope does not contain 1, stated chances are too extreme or too timid: the "
        "order of customers may still be right, the chances are not."
    ),
    source="Cox (1958), Biometrika 45, 562-565",
)


def check(report: RiskReport) -> Finding | None:
    """Compare the slope of the chosen model with 1."""
    chosen = next((row for row in report.records if row.chosen), None)
    slope = chosen.slope if chosen else None
    if slope is None or slope.low is None or slope.high is None or slope.low <= 1 <= slope.high:
        return None
    text = N_("Stated chances are too extreme (calibration slope {slope}): rely on the order only.")
    if slope.value > 1:
        text = N_("Stated chances are too timid (calibration slope {slope}).")
    return Finding(
        check="chances-too-extreme",
        severity=Severity.WARNING,
        says=Sentence(text, {"slope": Quantity(slope.value, Unit.RATIO)}),
    )
