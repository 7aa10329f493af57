"""Find customers who all came at one time."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("All customers won at once"),
    definition=N_(
        "Where all customers were won in the same few weeks, growing older and the season are one "
        "and the same, and nothing is known of customers won at other times."
    ),
    source=(
        "Glenn (1977), Cohort Analysis: age, period and cohort cannot be told apart in one cohort"
    ),
)
FEW = 4


def check(report: PredictReport) -> Finding | None:
    """Find customers who all came at one time."""
    evidence = report.evidence
    if evidence.first_weeks > FEW:
        return None
    return Finding(
        check="won-at-once",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "All customers were won within {weeks} weeks: age and season cannot be told "
                "apart, and customers won at other times may differ."
            ),
            {
                "weeks": Quantity(evidence.first_weeks, Unit.COUNT),
            },
        ),
    )
