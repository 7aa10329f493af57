"""Customers told apart by name, because the file has neither ids nor e-mail addresses."""

from __future__ import annotations

from ltvcli.checks.any._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Customers by name"),
    definition=N_(
        "The file has neither ids nor e-mail addresses of customers, so a name tells them apart. "
        "Customers who share a name count as one, and a customer with two spellings as two."
    ),
    source="Consistency of the input",
    pitfalls=N_("If another column holds an id or an e-mail address, type --map customer=COLUMN."),
)


def check(report: Run) -> Finding | None:
    """Find customers who are told apart by name."""
    facts = combined(report, "customers-by-name")
    if facts is None:
        return None
    return Finding(
        check="customers-by-name",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{file}: customers are told apart by “{column}”, a name: no column of ids or e-mail"
                " addresses was found. Customers who share a name count as one."
            ),
            facts,
        ),
    )
