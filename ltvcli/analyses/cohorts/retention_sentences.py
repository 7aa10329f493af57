"""Sentences about the retention of newer and older cohorts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.choices import Metric
from ltvcli.language import N_
from ltvcli.results import Fact, Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.analyses.cohorts.trend import Comparison

ORDERING = N_("share of customers who order")
PAYING = N_("share of customers who pay")
REVENUE = N_("share of opening MRR")


def retained(metric: Metric, comparison: Comparison, *, subscribed: bool) -> Sentence:
    """Describe whether newer cohorts retain better; shares differ by percentage points.

    Args:
        metric: "retention" or "revenue-retention".
        comparison: newer cohorts less older ones.
        subscribed: whether these are subscriptions.
    """
    ends = {"points": comparison.difference, "low": comparison.low, "high": comparison.high}
    customers = PAYING if subscribed else ORDERING
    facts: dict[str, Fact] = {
        "what": REVENUE if metric == "revenue-retention" else customers,
        "newer": Quantity(comparison.newer.value, Unit.RATE),
        "older": Quantity(comparison.older.value, Unit.RATE),
        "months": Quantity(comparison.months, Unit.COUNT),
        **{key: Quantity(100 * end, Unit.RATIO) for key, end in ends.items() if end is not None},
    }
    if comparison.low is None or comparison.high is None:
        text = N_(
            "Average monthly retention in months 2–{months} ({what}): newer cohorts {newer}, older "
            "cohorts {older} (too few customers to test the difference)"
        )
    elif comparison.low > 0:
        text = N_(
            "Newer cohorts retain better ({what}): {newer} in an average month of months "
            "2–{months}, older cohorts {older} (difference {points} percentage points, 95% CI "
            "{low} to {high})"
        )
    elif comparison.high < 0:
        text = N_(
            "Newer cohorts retain worse ({what}): {newer} in an average month of months 2–{months},"
            " older cohorts {older} (difference {points} percentage points, 95% CI {low} to "
            "{high})"
        )
    else:
        text = N_(
            "Retention of newer and older cohorts does not differ significantly ({what}): {newer} "
            "and {older} in an average month of months 2–{months} (difference {points} percentage "
            "points, 95% CI {low} to {high})"
        )
    return Sentence(text, facts)
