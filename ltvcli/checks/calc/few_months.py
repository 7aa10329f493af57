"""Too little time for a verdict."""

from __future__ import annotations

from ltvcli.formulas.bands import ENOUGH_MONTHS
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Few months"),
    definition=N_(
        "Enough customers were watched for less than 3 months: too short to see a return."
    ),
    source="Rule of thumb",
)


def check(report: Report) -> Finding | None:
    """Find that the data carries a shorter horizon than a verdict takes."""
    if report.horizon is None or "horizon" in report.given or report.horizon >= ENOUGH_MONTHS:
        return None
    return Finding(
        check="few-months",
        severity=Severity.ERROR,
        says=Sentence(
            N_("Customers were watched for only {months} months; a verdict takes {enough}."),
            {
                "months": Quantity(report.horizon, Unit.COUNT),
                "enough": Quantity(ENOUGH_MONTHS, Unit.COUNT),
            },
        ),
    )
