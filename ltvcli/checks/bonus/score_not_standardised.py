"""Trust scores of owners whose mix of customers is not known."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.bonus import BonusReport

ABOUT = About(
    label=N_("Trust score not standardised"),
    definition=N_(
        "No deal has a channel or plan, so owners with customers who are harder to keep look "
        "worse than they are."
    ),
    source="Indirect standardisation",
)


def check(report: BonusReport) -> Finding | None:
    """Find that neither channel nor plan is known."""
    if report.mixed or not any(owner.watched for owner in report.trust):
        return None
    return Finding(
        check="score-not-standardised",
        severity=Severity.WARNING if report.weighted else Severity.INFO,
        says=Sentence(
            N_(
                "Deals have no channel or plan, so trust scores compare owners with different "
                "mixes. Name the columns: --map deal_channel=COLUMN --map deal_plan=COLUMN."
            )
        ),
    )
