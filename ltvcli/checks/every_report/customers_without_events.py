"""Customers who did nothing in their first days, by the log of events: most of them."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Customers without events"),
    definition=N_(
        "Customers who began in the time of the log and have no event in their first 30 days "
        "count as customers who did nothing. If most have none, the log may be incomplete, or may "
        "name customers in another way."
    ),
    source="Completeness of the input",
)


def check(report: Run) -> Finding | None:
    """Name the customers who have no event."""
    facts = combined(report, "customers-without-events")
    if facts is None:
        return None
    return Finding(
        check="customers-without-events",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{without} of {customers} {customers:customer|customers} who began from {first} to "
                "{last}, the time of {file}, have no event in their first 30 days: they count as "
                "customers who did nothing. If other logs have their events, add them; if another "
                "column names them, type --map event_customer=COLUMN."
            ),
            facts,
        ),
    )
