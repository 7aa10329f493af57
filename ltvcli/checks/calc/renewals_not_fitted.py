"""No model of renewals for this data."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Report, Sentence, Severity

ABOUT = About(
    label=N_("Renewals not modelled"),
    definition=N_(
        "The sBG model has no best fit to this data, so there is no value by it: a fit that did "
        "not settle is not printed."
    ),
    source="Fader & Hardie (2007), Journal of Interactive Marketing 21(1), 76-90",
)


def check(report: Report) -> Finding | None:
    """Find that the model of renewals was not fitted."""
    subscribers = report.evidence.subscribers if report.evidence else None
    if subscribers is None or not subscribers.unfitted:
        return None
    return Finding(
        check="renewals-not-fitted",
        severity=Severity.INFO,
        says=Sentence(
            N_("No value by renewals (sBG), as the model cannot be fitted: {because}."),
            {"because": subscribers.unfitted},
        ),
    )
