"""Customers of the period who ordered before it."""

from __future__ import annotations

from datetime import date

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Customers before the period"),
    definition=N_(
        "Customers whose first order in the file is before --from are not new in the period. "
        "Figures by age follow customers from their first order, which is excluded, so these "
        "customers are excluded too."
    ),
    formula="first order of the whole file < --from",
    source="Left truncation: Klein & Moeschberger (2003), Survival Analysis, chapter 3",
    pitfalls=N_("Revenue of the period excludes revenue of these customers."),
)


def check(report: Run) -> Finding | None:
    """Find customers of the period whose first order is before --from."""
    facts = combined(report, "customers-before-period")
    if facts is None:
        return None
    del facts["file"]
    since = facts["since"]
    day = since.isoformat() if isinstance(since, date) else str(since)
    return Finding(
        check="customers-before-period",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{customers} of the {all} {all:customer|customers} who ordered since {since} had "
                "ordered before. They are not new and are excluded, with {orders} "
                "{orders:order|orders} of {revenue}; {new} new {new:customer|customers} "
                "{new:remains|remain}."
            ),
            facts,
        ),
        option=f"--new-since {day}",
    )
