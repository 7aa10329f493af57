"""An LTV that does not follow from its inputs."""

from __future__ import annotations

from ltvcli.checks.audit import _difference
from ltvcli.language import N_
from ltvcli.results import About, Finding
from ltvcli.results.audit import AuditReport

ABOUT = About(
    label=N_("LTV inconsistent"),
    definition=N_(
        "The claimed LTV does not match the claimed revenue, margin and churn or lifespan."
    ),
    formula="ltv = arpu x margin / churn, or arpu x margin x lifespan",
    source="Fader & Hardie (2012), brucehardie.com/notes/024, equation 1",
)
ASK = N_("How is the LTV calculated, step by step?")


def check(report: AuditReport) -> Finding | None:
    """Find a claim that the other claims rule out, whatever their rounding."""
    return _difference.unexplained("ltv-does-not-follow", _difference.first(report, ("ltv",), ""))
