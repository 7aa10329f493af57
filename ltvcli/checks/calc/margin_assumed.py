"""A margin of 100%, because none is known."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Report, Sentence, Severity, Source

ABOUT = About(
    label=N_("Revenue, not profit"),
    definition=N_("No margin is known, so every value is revenue and LTV/CAC is an upper bound."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com: LTV is gross margin, not revenue",
)


def check(report: Report) -> Finding | None:
    """Find a margin that was assumed to be 100%."""
    margin = report.figures.margin
    if margin is None or margin.source is not Source.ASSUMED:
        return None
    return Finding(
        check="margin-assumed",
        severity=Severity.WARNING,
        says=Sentence(N_("Values are revenue, not profit: no margin is known.")),
        option="--margin MARGIN",
    )
