"""An interval that spans more than one grade."""

from __future__ import annotations

from ltvcli.formulas.bands import band
from ltvcli.language import N_
from ltvcli.results import About, Finding, Grade, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Verdict uncertain"),
    definition=N_("The 95% CI of LTV/CAC spans two grades or more, so the grade could differ."),
    source="Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 11",
)


def check(report: Report) -> Finding | None:
    """Find an interval whose ends have different grades."""
    low, high = report.verdict.low, report.verdict.high
    if report.verdict.grade is Grade.UNKNOWN or low is None or high is None:
        return None
    if report.verdict.upper_bound or band(low) == band(high):
        return None
    return Finding(
        check="interval-spans-bands",
        severity=Severity.WARNING,
        says=Sentence(
            N_("The 95% CI of LTV/CAC ({low}–{high}) spans more than one grade."),
            {"low": Quantity(low, Unit.RATIO), "high": Quantity(high, Unit.RATIO)},
        ),
    )
