"""Declined prospects, whose outcome will never be known."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.risk import RiskReport

ABOUT = About(
    label=N_("Declined have no outcome"),
    definition=N_(
        "What declined prospects would have done is only known of customers like them who were "
        "accepted. With none of these, the record of declining ends: accept a few at random."
    ),
    source="Hand & Henley (1993), IMA J. Mathematics Applied in Business & Industry 5, 45-55",
)


def check(report: RiskReport) -> Finding | None:
    """Report the outcome of similar customers, and suggest to accept a few at random."""
    if report.declined is None:
        return None
    total = report.declined.total
    return Finding(
        check="declined-have-no-outcome",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "Declined prospects have no outcome: of {n} past {n:customer|customers} most like "
                "them {left} left, and nobody was like {unknown} of them. Accept a random few, "
                "such as 1 in 20, so that the record stays alive."
            ),
            {"n": total.alike, "left": total.alike_left, "unknown": total.unknown},
        ),
    )
