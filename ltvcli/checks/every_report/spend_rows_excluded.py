"""Rows of spend that cannot be read."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Spend excluded"),
    definition=N_(
        "Rows of spend are excluded because their days or amounts cannot be read. If they are "
        "spend, CAC is too low."
    ),
    source="Completeness of the input",
)


def check(report: Run) -> Finding | None:
    """Find rows of spend that were excluded; an amount that cannot be read is unknown, not 0."""
    facts = combined(report, "spend-rows-excluded")
    if facts is None:
        return None
    if facts["unread"] == Quantity(0, Unit.COUNT):
        text = N_(
            "{file}: {rows} excluded {rows:row|rows} of spend {rows:has|have} {amount}, {share} of "
            "it ({reasons}). CAC is too low by that share if {rows:it is|they are} spend."
        )
    elif facts["amount"] == Quantity(0, Unit.MONEY):
        text = N_(
            "{file}: {rows} excluded {rows:row|rows} of spend {rows:has|have} unknown amounts "
            "({reasons}). CAC is too low if {rows:it is|they are} spend."
        )
    else:
        text = N_(
            "{file}: {rows} excluded {rows:row|rows} of spend {rows:has|have} {amount}, {share} of "
            "it, and {unread} more amounts that are unknown ({reasons}). CAC is too low if "
            "{rows:it is|they are} spend."
        )
    facts = {name: fact for name, fact in facts.items() if f"{{{name}}}" in text}
    says = Sentence(text, facts)
    return Finding(check="spend-rows-excluded", severity=Severity.WARNING, says=says)
