"""An implied lifetime longer than the data."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Lifetime beyond the data"),
    definition=N_(
        "1 / churn implies a longer lifetime than the data covers, so it is an extrapolation."
    ),
    formula="1 / churn > months of data",
    source="Fader & Hardie (2010), Marketing Science 29(1), 85-93: constant churn misleads",
)


def check(report: Report) -> Finding | None:
    """Find a measured churn that implies more months than were observed."""
    churn = report.figures.churn
    if report.evidence is None or churn is None or churn.source is Source.ASSUMED:
        return None
    if churn.value == 0 or 1 / churn.value <= report.evidence.months:
        return None
    headline = report.verdict.method == "arpu-churn"
    return Finding(
        check="lifetime-beyond-data",
        severity=Severity.WARNING if headline else Severity.INFO,
        says=Sentence(
            N_(
                "The implied lifetime of {implied} (ARPU / churn) exceeds the {seen} "
                "{seen:month|months} of data."
            ),
            {
                "implied": Quantity(1 / churn.value, Unit.MONTHS),
                "seen": Quantity(report.evidence.months, Unit.COUNT),
            },
        ),
    )
