"""Chances that did not come true as stated."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.experiment import Range
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
    """Compare the slope of the chosen model with 1, and that of the scores of today's customers."""
    records = report.records if report.today is None else (*report.records, *report.today.records)
    slope = next((row.slope for row in records if row.chosen and _is_off(row.slope)), None)
    if slope is None:
        return None
    text = N_("Stated chances are too extreme (calibration slope {slope}): rely on the order only.")
    if slope.value > 1:
        text = N_("Stated chances are too timid (calibration slope {slope}).")
    return Finding(
        check="chances-too-extreme",
        severity=Severity.WARNING,
        says=Sentence(text, {"slope": Quantity(slope.value, Unit.RATIO)}),
    )


def _is_off(slope: Range | None) -> bool:
    """Return whether the interval of a slope does not contain 1."""
    if slope is None or slope.low is None or slope.high is None:
        return False
    return not slope.low <= 1 <= slope.high
