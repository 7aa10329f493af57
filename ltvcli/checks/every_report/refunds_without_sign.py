"""Refund rows whose amounts are written without a minus sign."""

from __future__ import annotations

import shlex

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Refunds without a minus sign"),
    definition=N_(
        "Rows that a type column (Sale, Refund) marks as refunds, with positive amounts. If the "
        "sale is also in the file, the amount is subtracted; otherwise the row is excluded."
    ),
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find refunds that were subtracted although their amounts are positive."""
    facts = combined(report, "refunds-without-sign")
    if facts is None:
        return None
    option = shlex.join(["--status-paid", str(facts["word"])])
    return Finding(
        check="refunds-without-sign",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "{file}: “{column}” marks {refunds} {refunds:row with a positive amount as a "
                "refund|rows with positive amounts as refunds} (“{word}”); {amount} was subtracted "
                "from revenue. If {refunds:it is a sale|they are sales}, type {option}."
            ),
            facts | {"option": option},
        ),
        option=option,
    )
