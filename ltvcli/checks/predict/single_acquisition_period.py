"""Customers who were all acquired in the same weeks."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Single acquisition period"),
    definition=N_(
        "If all customers were acquired within a few weeks, age and season cannot be separated, "
        "and customers acquired at other times may differ."
    ),
    source=(
        "Glenn (1977), Cohort Analysis: age, period and cohort cannot be told apart in one cohort"
    ),
)
FEW = 4


def check(report: PredictReport) -> Finding | None:
    """Find customers who were all acquired in the same weeks."""
    evidence = report.evidence
    if evidence.first_weeks > FEW:
        return None
    return Finding(
        check="single-acquisition-period",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "All customers were acquired within {weeks} {weeks:week|weeks}: age and season "
                "cannot be separated, and customers acquired at other times may differ."
            ),
            {
                "weeks": Quantity(evidence.first_weeks, Unit.COUNT),
            },
        ),
    )
