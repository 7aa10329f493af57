"""An ARR that is not twelve times MRR."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding
from ltvcli.results.audit import AuditReport

ABOUT = About(
    label=N_("ARR inconsistent"),
    definition=N_("The claimed ARR is not twelve times the claimed MRR."),
    formula="arr = 12 x mrr",
    source="README, How to read a result",
)
ASK = N_("What is in the ARR that does not recur monthly: contracts not yet started, one-off fees?")


def check(report: AuditReport) -> Finding | None:
    """Find a claim that the other claims rule out, whatever their rounding."""
    return _difference.unexplained("arr-does-not-follow", _difference.first(report, ("arr",), ""))
