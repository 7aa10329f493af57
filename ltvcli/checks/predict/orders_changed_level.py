"""Orders of existing customers at another level than before."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Orders changed level"),
    definition=N_(
        "Since a day in the last year existing customers have ordered over 25% more or less than "
        "models, season and trend expect, beyond chance (largest t statistic of all days). "
        "The forecast stands on all of the data; the interval is wider, as if the change were as "
        "likely to last as to pass."
    ),
    source=(
        "Andrews (1993), Tests for Parameter Instability and Structural Change with Unknown Change "
        "Point, Econometrica 61(4)"
    ),
)


def check(report: PredictReport) -> Finding | None:
    """Find a change of level."""
    evidence = report.evidence
    if not evidence.changed or evidence.changed_since is None:
        return None
    facts: dict[str, Fact] = {
        "change": Quantity(abs(evidence.changed), Unit.RATE),
        "day": evidence.changed_since,
    }
    if evidence.calendar is None:
        fewer = N_(
            "Since {day} existing customers order {change} less than expected: a season, or a "
            "change that lasts, which this data cannot distinguish. The interval is wider."
        )
        more = N_(
            "Since {day} existing customers order {change} more than expected: a season, or a "
            "change that lasts, which this data cannot distinguish. The interval is wider."
        )
    else:
        fewer = N_(
            "Since {day} existing customers order {change} less than models, season and trend "
            "expect. Whether that lasts is unknown, so the interval is wider: find the cause."
        )
        more = N_(
            "Since {day} existing customers order {change} more than models, season and trend "
            "expect. Whether that lasts is unknown, so the interval is wider: find the cause."
        )
    return Finding(
        check="orders-changed-level",
        severity=Severity.WARNING,
        says=Sentence(fewer if evidence.changed < 0 else more, facts),
    )
