"""Answers that match no customer."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.scorecard import ScorecardReport
from ltvcli.units import Unit

MOST = 0.1
REASONS = ("customer-unknown", "customer-unclear")
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
    files = [file for file in report.inputs if file.kind == "survey"]
    unmatched = sum(file.set_aside.get(reason, 0) for file in files for reason in REASONS)
    used = sum(file.rows_used for file in files)
    if not unmatched or unmatched <= MOST * (unmatched + used):
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
            {"n": unmatched, "share": Quantity(unmatched / (unmatched + used), Unit.RATE)},
        ),
    )
