"""A newest date far after all others, most likely a slip of the pen."""

from __future__ import annotations

from datetime import timedelta

from ltvcli.language import N_
from ltvcli.results import About, Finding, Report, Sentence, Severity

ABOUT = About(
    label=N_("Newest date stands alone"),
    definition=N_(
        "The newest order day comes long after the one before. If it is a typing error, everyone "
        "looks silent since, and lifespan and churn are wrong."
    ),
    source="The newest date is what the data speaks up to (as_of)",
)

# Two months without one order is more than a holiday, for a shop that goes on afterwards.
ALONE_DAYS = 60


def check(report: Report) -> Finding | None:
    """Find a newest order day that stands far from the rest."""
    evidence = report.evidence
    if evidence is None or "as_of" in report.given or evidence.last_gap_days <= ALONE_DAYS:
        return None
    before = evidence.last - timedelta(days=evidence.last_gap_days)
    return Finding(
        check="last-date-alone",
        severity=Severity.WARNING,
        says=Sentence(
            N_("The newest order, of {last}, stands alone: the one before is of {before}. A typo?"),
            {"last": evidence.last, "before": before},
        ),
        option=f"--to {before.isoformat()}",
    )
