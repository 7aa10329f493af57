"""A horizon longer than any customer was observed."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Horizon past the data"),
    definition=N_(
        "Only the renewal model (sBG) goes past the data. The headline and the other methods end "
        "with the data and cannot be compared with it."
    ),
    source="Fader & Hardie (2007), Journal of Interactive Marketing 21(1), 76-90",
)


def check(report: Report) -> Finding | None:
    """Find a requested horizon beyond the data."""
    subscribers = report.evidence.subscribers if report.evidence else None
    if subscribers is None or subscribers.projected is None or report.horizon is None:
        return None
    return Finding(
        check="horizon-past-data",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "Customers were observed for {seen} {seen:month|months}. Only renewals (sBG) "
                "projects to {projected} {projected:month|months}, assuming past churn continues; "
                "all other values end at {seen}."
            ),
            {
                "seen": Quantity(report.horizon, Unit.COUNT),
                "projected": Quantity(subscribers.projected, Unit.COUNT),
            },
        ),
    )
