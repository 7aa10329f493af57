"""Deals that name nobody to be paid."""

from __future__ import annotations

from decimal import Decimal

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.bonus import BonusReport
from ltvcli.results.deals import money

ABOUT = About(
    label=N_("Deals without an owner"),
    definition=N_("A deal has no owner, so its commission is assigned to nobody."),
    source="Rule of ltv",
)


def check(report: BonusReport) -> Finding | None:
    """Count the deals, and their commission."""
    nobody = [deal for deal in report.deals if not deal.owner]
    if not nobody:
        return None
    return Finding(
        check="deals-without-owner",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{n} {n:deal names|deals name} no owner, with {commission} commission. Name the "
                "column: --map deal_owner=COLUMN."
            ),
            {
                "n": len(nobody),
                "commission": money(sum((deal.commission for deal in nobody), Decimal(0))),
            },
        ),
    )
