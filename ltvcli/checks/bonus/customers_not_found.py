"""Deals whose customers are not in the exports, so that their pay is held."""

from __future__ import annotations

from decimal import Decimal

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.bonus import BonusReport
from ltvcli.results.deals import money, names

ABOUT = About(
    label=N_("Customers not found"),
    definition=N_(
        "The customer of a deal is not in any export, by ID or e-mail address. It is unknown "
        "whether the customer stayed, so the whole commission is held and nothing is forfeited."
    ),
    source="Rule of ltv",
    pitfalls=N_("Name the column with the ID by which you bill: --map deal_customer=COLUMN."),
)


def check(report: BonusReport) -> Finding | None:
    """Name the deals, and what is held for them."""
    missing = [deal for deal in report.deals if not deal.matched]
    if not missing:
        return None
    return Finding(
        check="customers-not-found",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The customer of {n} of {all} {all:deal|deals} is not in any export ({deals}): "
                "{held} is held. If another column has the ID, type --map deal_customer=COLUMN."
            ),
            {
                "n": len(missing),
                "all": len(report.deals),
                "deals": names([deal.deal for deal in missing]),
                "held": money(sum((deal.held for deal in missing), Decimal(0))),
            },
        ),
    )
