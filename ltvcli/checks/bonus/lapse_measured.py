"""Pay that depends on a period of inactivity that each run measures again."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.bonus import BonusReport

ABOUT = About(
    label=N_("Churn threshold is measured, not fixed"),
    definition=N_(
        "With orders, a customer counts as active for some time after an order. If that time is "
        "measured from the gaps between orders, it changes as data grows, and vested amounts "
        "change with it."
    ),
    source="Rule of ltv",
    pitfalls=N_("Fix it for the plan: lapse_after in ltv.yaml."),
)


def check(report: BonusReport) -> Finding | None:
    """Ask for a fixed time."""
    if report.lapse_given is not False:
        return None
    return Finding(
        check="lapse-measured",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "How long after an order a customer counts as active was measured, and may change "
                "in the next run. Fix it in ltv.yaml, for example lapse_after: 90d."
            )
        ),
    )
