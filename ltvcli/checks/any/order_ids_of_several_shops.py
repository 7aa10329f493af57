"""Files of several shops that give their orders the same ids."""

from __future__ import annotations

from ltvcli.checks.any._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Order ids of several shops"),
    definition=N_(
        "Most order ids that two files share are of different customers on different days, so the "
        "files come from different shops. Their orders count as different orders."
    ),
    pitfalls=N_("Customers of both shops are one customer only where their ids are the same."),
    source="Consistency of the input",
)


def check(report: Run) -> Finding | None:
    """Find files whose order ids are those of other orders in another file."""
    facts = combined(report, "order-ids-of-several-shops")
    if facts is None:
        return None
    return Finding(
        check="order-ids-of-several-shops",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{file}: {orders} order ids also stand in another file, for other customers on "
                "other days. They count as different orders, of different shops."
            ),
            facts,
        ),
    )
