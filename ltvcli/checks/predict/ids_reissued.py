"""Customer IDs that seem to have been given to other people."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Customer IDs reissued"),
    definition=N_(
        "The value of an order predicts the value of the customer's next one, also after a long "
        "gap. If it does not after gaps of over half a year, but does after shorter ones, old IDs "
        "were given to new people. They then count as returning customers: repeat orders, LTV and "
        "the forecast are too high, and new customers too few. The share of other people is 1 "
        "less the ratio of both slopes, in a regression of logs of order values."
    ),
    source=(
        "Regression of the log of order value on that of the order before, by length of the gap"
    ),
)


def check(report: PredictReport) -> Finding | None:
    """Find customer IDs that were given to new people."""
    reissued = report.evidence.reissued_ids
    if reissued is None:
        return None
    facts: dict[str, Fact] = {
        "n": Quantity(reissued.customers, Unit.COUNT),
        "strangers": Quantity(reissued.strangers, Unit.RATE),
    }
    text = N_(
        "{n} {n:order|orders} {n:follows|follow} a gap of over half a year; by order value about "
        "{strangers} of them are from other people than the orders before. Were IDs reissued? Then "
        "the forecast is too high."
    )
    if reissued.followed is not None and reissued.followed_new is not None:
        facts |= {
            "followed": Quantity(reissued.followed, Unit.RATE),
            "new": Quantity(reissued.followed_new, Unit.RATE),
        }
        text = N_(
            "{n} {n:order|orders} {n:follows|follow} a gap of over half a year; by order value "
            "about {strangers} of them are from other people than the orders before, and "
            "{followed} are followed by another within 91 days ({new} of first orders). Were IDs "
            "reissued? Then the forecast is too high."
        )
    return Finding(check="ids-reissued", severity=Severity.WARNING, says=Sentence(text, facts))
