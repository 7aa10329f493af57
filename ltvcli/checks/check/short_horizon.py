"""Rules on lifetime values that cover few months: they rise by themselves as the data grows."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.check import CheckReport

ABOUT = About(
    label=N_("Short horizon of a rule"),
    definition=N_(
        "Period LTV, LTV/CAC and payback cover only the age months in the data if these are fewer "
        "than 12: a young business looks worse than it is, and improves every month."
    ),
    source="Rule of ltv: an LTV is compared over one horizon only",
)
A_YEAR = 12


def check(report: CheckReport) -> Finding | None:
    """Find rules on values over less than a year."""
    if report.horizon is None or report.horizon >= A_YEAR or "horizon" in report.given:
        return None
    return Finding(
        check="short-horizon",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "LTV covers {n} {n:month|months} and grows with the data: compare it over one "
                "horizon (--horizon {n}mo), or wait for 12 months."
            ),
            {"n": report.horizon},
        ),
    )
