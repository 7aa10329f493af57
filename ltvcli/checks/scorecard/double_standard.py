"""Targets for results only: trust is preached, but not asked for."""

from __future__ import annotations

from ltvcli.language import N_, Marked
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.scorecard import FRONT, TILES, ScorecardReport

ABOUT = About(
    label=N_("Double standard"),
    definition=N_(
        "Targets are set for results of the period and none for what lasts of them. What is asked "
        "for is done: people who are measured by new customers alone win customers who leave."
    ),
    source="Kerr (1975), On the Folly of Rewarding A, While Hoping for B, AMJ 18(4), 769-783",
)
EXAMPLE = "cohort_retention_90d"


def check(report: ScorecardReport) -> Finding | None:
    """Find targets of which none is about trust."""
    targets = report.evidence.targets
    if not targets or any(name not in FRONT for name in targets):
        return None
    named = Sentence("{first}", {"first": Marked(TILES[targets[0]].label)})
    for name in targets[1:]:
        label = Marked(TILES[name].label)
        named = Sentence(N_("{first}, {second}"), {"first": named, "second": label})
    return Finding(
        check="double-standard",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "Targets are set for results only ({figures}), and none for trust: add one for "
                "{example} or nps to targets in ltv.yaml."
            ),
            {"figures": named, "example": EXAMPLE},
        ),
    )
