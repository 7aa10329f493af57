"""Won deals without a commission, for which nothing is paid."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.bonus import BonusReport
from ltvcli.results.deals import names

ABOUT = About(
    label=N_("Deals without a commission"),
    definition=N_(
        "The commission of a won deal is blank. Nothing is paid for it, but the retention of its "
        "customer counts for the trust score."
    ),
    source="Rule of ltv",
)


def check(report: BonusReport) -> Finding | None:
    """Name the deals."""
    deals = report.without_commission
    if not deals:
        return None
    return Finding(
        check="deals-without-commission",
        severity=Severity.WARNING,
        says=Sentence(
            N_("Not paid, since the commission is blank: {n} {n:deal|deals} ({deals})."),
            {"n": len(deals), "deals": names(deals)},
        ),
    )
