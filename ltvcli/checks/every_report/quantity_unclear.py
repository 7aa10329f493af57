"""Amounts that may be for one unit or for all."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Price or total"),
    definition=N_(
        "A file has amounts and quantities, and the header of the amounts does not say whether "
        "they are for one unit or for all units. Counted the wrong way, MRR is too high or too low."
    ),
    source="Completeness of the input",
)
MULTIPLIED = N_(
    "{file}: “{amount}” was multiplied by “{quantity}”, which is over 1 in {rows} {rows:row|rows}. "
    "If “{amount}” is already the total, type {flag}."
)
NOT_MULTIPLIED = N_(
    "{file}: “{amount}” was read as the total, although “{quantity}” is over 1 in {rows} "
    "{rows:row|rows}. If “{amount}” is the price of one unit, type {flag}."
)


def check(report: Run) -> Finding | None:
    """Find amounts next to a quantity whose header does not state the unit."""
    facts = combined(report, "quantity-unclear")
    if facts is None:
        return None
    is_multiplied = bool(facts.pop("is_multiplied"))
    flag = str(facts["flag"])
    return Finding(
        check="quantity-unclear",
        severity=Severity.WARNING,
        says=Sentence(MULTIPLIED if is_multiplied else NOT_MULTIPLIED, facts),
        option=flag,
    )
