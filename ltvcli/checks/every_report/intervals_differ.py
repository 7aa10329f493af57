"""One billing interval was typed for all rows, and the file names others."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Billing intervals differ"),
    definition=N_(
        "All amounts were read with the same interval, but words or billing periods in the file "
        "show other intervals. A yearly price counted as monthly makes MRR 12 times too high."
    ),
    source="Consistency of the input",
)
WORDS = N_(
    "{file}: all amounts count for the same interval, but “{column}” says “{word}” and the like in "
    "{rows} {rows:row|rows}. To read the interval from it, type {flag} in place of {typed}."
)
PERIODS = N_(
    "{file}: all amounts count for the same interval, but the period from “{column}” to “{end}” is "
    "of another length in {rows} of {all} {all:row|rows}. Leave out --map interval to use the "
    "periods."
)


def check(report: Run) -> Finding | None:
    """Find words or periods that contradict the interval that was typed."""
    facts = combined(report, "intervals-differ")
    if facts is None:
        return None
    return Finding(
        check="intervals-differ",
        severity=Severity.WARNING,
        says=Sentence(WORDS if "flag" in facts else PERIODS, facts),
    )
