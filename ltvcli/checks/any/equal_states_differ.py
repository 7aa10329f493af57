"""Orders that several files hold in different states, and nothing tells which is later."""

from __future__ import annotations

from ltvcli.checks.any._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Unclear which state of an order is later"),
    definition=N_(
        "Several files hold the same order with different amounts and reach the same last day, so "
        "either state may be the later one. The lower amount counts."
    ),
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find orders whose amount depends on which file is newer."""
    facts = combined(report, "equal-states-differ")
    if facts is None:
        return None
    return Finding(
        check="equal-states-differ",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{file}: {orders} orders differ from another file that reaches the same day; the "
                "lower amount counts, {kept} instead of {replaced}. If a column says when an order "
                "was last changed, add --map updated=COLUMN."
            ),
            facts,
        ),
    )
