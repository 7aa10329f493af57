"""Logs of events in which most events match no customer."""

from __future__ import annotations

import shlex

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Events of no customer"),
    definition=N_(
        "An event counts if its ID, or its e-mail address, is that of a customer. Where most "
        "events match no customer, the log and the exports may name customers in "
        "different ways: what few matched customers did says little."
    ),
    source="Completeness of the input",
)


def check(report: Run) -> Finding | None:
    """Name the events that are by no customer, and the column that names customers."""
    facts = combined(report, "events-unmatched")
    if facts is None:
        return None
    text = N_(
        "{unmatched} of {events} {events:event|events} in {file} {unmatched:matches|match} no "
        "customer: it has {example}, the exports have {other}, and no other column of it names "
        "customers."
    )
    option = ""
    if column := str(facts["column"]):
        text = N_(
            "{unmatched} of {events} {events:event|events} in {file} {unmatched:matches|match} no "
            "customer: it has {example}, the exports have {other}. “{column}” names more of the "
            "customers."
        )
        option = f"--map event_customer={shlex.quote(column)}"
    return Finding(
        check="events-unmatched",
        severity=Severity.WARNING,
        says=Sentence(text, facts),
        option=option,
    )
