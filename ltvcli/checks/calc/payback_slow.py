"""A healthy LTV/CAC with a slow payback."""

from __future__ import annotations

from ltvcli.formulas.bands import IDEAL_UP_TO
from ltvcli.language import N_
from ltvcli.results import (
    About,
    Finding,
    Grade,
    PaybackGrade,
    Quantity,
    Report,
    Sentence,
    Severity,
)
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Healthy, but slow to pay back"),
    definition=N_("LTV/CAC is 3 or more, but payback takes more than a year: growth ties up cash."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com: recover CAC within 12 months",
)


def check(report: Report) -> Finding | None:
    """Find a healthy ratio with a slow payback."""
    slow = report.payback_verdict.grade is PaybackGrade.SLOW
    healthy = report.verdict.grade is Grade.HEALTHY and not report.verdict.upper_bound
    if not healthy or not slow:
        return None
    return Finding(
        check="payback-slow",
        severity=Severity.WARNING,
        says=Sentence(
            N_("LTV/CAC is healthy, but CAC payback takes more than {limit}."),
            {"limit": Quantity(IDEAL_UP_TO, Unit.MONTHS)},
        ),
    )
