"""Arms with too few customers to decide anything."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.experiment import ENOUGH, ExperimentReport

ABOUT = About(
    label=N_("Small arms"),
    definition=N_(
        "An arm has fewer than 30 customers. No decision is made about it; its interval is shown "
        "but not reliable."
    ),
    source="Rule of ltv: as for a grade",
)


def check(report: ExperimentReport) -> Finding | None:
    """Name the arms with fewer than 30 customers."""
    small = [arm for arm in report.arms if arm.customers < ENOUGH]
    if not small or not report.effects:
        return None
    names = ", ".join(f"{arm.name} {arm.customers}" for arm in small)
    return Finding(
        check="small-arms",
        severity=Severity.WARNING,
        says=Sentence(
            N_("Fewer than {enough} customers in an arm ({arms}): no decision is made about it."),
            {"enough": ENOUGH, "arms": names},
        ),
    )
