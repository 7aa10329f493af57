"""Deals that one row calls won and another does not."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.bonus import BonusReport
from ltvcli.results.deals import names

ABOUT = About(
    label=N_("Won and not won"),
    definition=N_(
        "One row says that a deal is won, another that it is not. It counts as won; where the deal "
        "was lost later, remove the earlier row."
    ),
    source="Rule of ltv",
)


def check(report: BonusReport) -> Finding | None:
    """Name the deals."""
    doubtful = [copies.deal for copies in report.copies if copies.lost]
    if not doubtful:
        return None
    return Finding(
        check="won-and-lost",
        severity=Severity.WARNING,
        says=Sentence(
            N_("Paid as won, although another row differs: {deals}. Check their stage."),
            {"deals": names(doubtful)},
        ),
    )
