"""Answers that match no customer."""

from __future__ import annotations

from ltvcli.checks import _unmatched
from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.scorecard import ScorecardReport

ABOUT = About(
    label=N_("Answers without a customer"),
    definition=N_(
        "More than a tenth of the answers names an ID or e-mail address that no customer of the "
        "orders or subscriptions has, or that several have. They count nowhere, so NPS is that of "
        "the others only."
    ),
    source="Share of matching rows, as measured by ltv",
)


def check(report: ScorecardReport) -> Finding | None:
    """Find a survey with many unmatched answers."""
    facts = _unmatched.facts(report.inputs, "survey")
    if facts is None:
        return None
    return Finding(
        check="answers-unmatched",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{n} {n:answer matches|answers match} no customer ({share}): see them with "
                "--rejects FILE, or name the column with the same IDs, --map "
                "survey_customer=COLUMN."
            ),
            facts,
        ),
    )
