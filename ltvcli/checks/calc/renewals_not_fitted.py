"""No model of renewals for this data."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Report, Sentence, Severity

ABOUT = About(
    label=N_("Renewals not modelled"),
    definition=N_("The sBG model could not be fitted to this data, so no value by it is shown."),
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
            N_("No value by renewals (sBG): the model could not be fitted ({because})."),
            {"because": subscribers.unfitted},
        ),
    )
