"""A newest date far after all others, most likely a typing mistake."""

from __future__ import annotations

from datetime import timedelta

from ltvcli.language import N_
from ltvcli.results import About, Finding, Report, Sentence, Severity

ABOUT = About(
    label=N_("Latest date is isolated"),
    definition=N_(
        "The latest order date is long after the previous one. If it is a typing error, "
        "all customers look inactive since then, and lifespan and churn are wrong."
    ),
    source="The newest date is the cut-off date of the data (as_of)",
)

# Two months without an order are more than a holiday, for a shop that goes on afterwards.
ALONE_DAYS = 60


def check(report: Report) -> Finding | None:
    """Find a newest order day far after all others."""
    evidence = report.evidence
    if evidence is None or "as_of" in report.given or evidence.last_gap_days <= ALONE_DAYS:
        return None
    before = evidence.last - timedelta(days=evidence.last_gap_days)
    return Finding(
        check="latest-date-isolated",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The latest order date, {last}, is long after the previous one, {before}."
                " Is it a typing error?"
            ),
            {"last": evidence.last, "before": before},
        ),
        option=f"--to {before.isoformat()}",
    )
