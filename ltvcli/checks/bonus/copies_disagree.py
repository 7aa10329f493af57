"""Deals that were exported several times, and not as the same."""

from __future__ import annotations

from decimal import Decimal

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.bonus import BonusReport
from ltvcli.results.deals import money, names

ABOUT = About(
    label=N_("Copies of a deal disagree"),
    definition=N_(
        "Several rows are about one deal and differ in customer, owner, day or commission. The "
        "last row counts. Where a commission is shared, each share needs a deal ID of its own."
    ),
    source="Rule of ltv",
)


def check(report: BonusReport) -> Finding | None:
    """Name the deals, and by how much their commissions differ."""
    differing = [copies for copies in report.copies if copies.differ]
    if not differing:
        return None
    stake = sum(
        (
            copies.most - copies.least
            for copies in differing
            if copies.most is not None and copies.least is not None
        ),
        Decimal(0),
    )
    return Finding(
        check="copies-disagree",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "Rows about the same deal disagree ({deals}); the last one counts. Their "
                "commissions differ by {stake}. Give each share of a split commission its own "
                "deal ID."
            ),
            {"deals": names([copies.deal for copies in differing]), "stake": money(stake)},
        ),
    )
