"""An ARPU that does not follow from revenue and customers."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding
from ltvcli.results.audit import AuditReport

ABOUT = About(
    label=N_("ARPU inconsistent"),
    definition=N_(
        "The claimed ARPU is not the claimed MRR divided by the claimed customers, or not"
        " the claimed AOV times orders per month."
    ),
    formula="arpu = mrr / customers = aov x frequency / 12",
    source="README, How to read a result",
)
ASK = N_("Which customers are counted in the customer number, and which in the revenue?")


def check(report: AuditReport) -> Finding | None:
    """Find a claim that the other claims rule out, whatever their rounding."""
    return _difference.unexplained(
        "arpu-does-not-follow", _difference.first(report, ("arpu", "mrr"), "")
    )
