"""Monthly prices of subscriptions that disagree with another column of the same file."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Recurring totals differ"),
    definition=N_(
        "The MRR that was read differs widely from a column of totals in the same file. A total "
        "may have been multiplied by a count, or the amount may be for another interval."
    ),
    formula="price x quantity / months against MRR",
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find an MRR that another column of the file contradicts."""
    facts = combined(report, "recurring-totals-differ")
    if facts is None:
        return None
    option = str(facts.pop("option"))
    return Finding(
        check="recurring-totals-differ",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{file}: “{used}” adds up to {own}, “{column}” to {other} in the same rows. "
                "To use that column, type {flag}."
            ),
            facts | {"flag": option},
        ),
        option=option,
    )
