"""The sentences on the first page of `ltv report board`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.language import N_, Marked
from ltvcli.results import Fact, Interval, Quantity, Sentence, Statement
from ltvcli.results.leavers import INVOLUNTARY, NOT_SAID
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.analyses.leavers.reasons import Reason
    from ltvcli.analyses.leavers.terms import Term

TOO_EXPENSIVE = "too_expensive"
SURE = 0.05
REASONS = {
    "customer_service": N_("Customer service"),
    "low_quality": N_("Low quality"),
    "missing_features": N_("Missing features"),
    "other": N_("Other reasons"),
    "switched_service": N_("Switched service"),
    "too_complex": N_("Too complex"),
    TOO_EXPENSIVE: N_("Too expensive"),
    "unused": N_("Unused"),
    INVOLUNTARY: N_("Payment failed (involuntary)"),
    NOT_SAID: N_("Not said"),
    "detractors": N_("Detractors who are still customers"),
}
LABELS = {
    "left": N_("Who left"),
    "why": N_("Why"),
    "worth": N_("Lost"),
    "involuntary": N_("Involuntary"),
    "observed": N_("Said and observed"),
    "terms": N_("Comments"),
}


class Shown(Struct, frozen=True, kw_only=True):
    """Totals: churned customers, customers at the start, and revenue."""

    now: int
    before: int
    at_start: int
    p: float
    monthly: Decimal
    worth: float
    first: date
    last: date
    with_margin: bool


class Observed(Struct, frozen=True, kw_only=True):
    """Mean monthly revenue of those who left because of the price and of others, with 95% CI."""

    dear: float
    rest: float
    value: float
    low: float
    high: float
    number: int


def headline(shown: Shown) -> Sentence:
    """Return who left, and whether that is more than before."""
    facts: dict[str, Fact] = {
        "n": Quantity(shown.now, Unit.COUNT),
        "all": Quantity(shown.at_start, Unit.COUNT),
        "money": Quantity(float(shown.monthly), Unit.MONEY),
        "before": Quantity(shown.before, Unit.COUNT),
        "first": shown.first,
        "last": shown.last,
    }
    if not shown.now:
        return Sentence(N_("No customer left from {first} to {last}."), facts)
    if shown.p >= SURE:
        text = N_(
            "{n} of {all} {all:customer|customers} left from {first} to {last} ({money} per "
            "month); not significantly different from the {before} of the three months before."
        )
    elif shown.now > shown.before:
        text = N_(
            "{n} of {all} {all:customer|customers} left from {first} to {last} ({money} per "
            "month): significantly more than the {before} of the three months before."
        )
    else:
        text = N_(
            "{n} of {all} {all:customer|customers} left from {first} to {last} ({money} per "
            "month): significantly fewer than the {before} of the three months before."
        )
    return Sentence(text, facts)


def name_of(stated: str) -> str:
    """Return the name of a reason; an unknown reason is shown as written."""
    return REASONS.get(stated, stated)


def details(
    shown: Shown,
    reasons: Sequence[Reason],
    observed: Observed | None,
    terms: Sequence[Term],
) -> Iterator[Statement]:
    """Return everything after the headline.

    Args:
        shown: numbers of the whole.
        reasons: the dearest first.
        observed: what was paid by those who found it too expensive; None of too few.
        terms: that set leavers apart.
    """
    if shown.now:
        yield Statement(label=LABELS["why"], says=_why(reasons, shown))
        yield Statement(label=LABELS["worth"], says=_worth(shown))
    failed = next((reason for reason in reasons if reason.stated == INVOLUNTARY), None)
    if failed and failed.customers:
        text = N_("payments of {n} {n:customer|customers} failed ({money} per month)")
        facts: dict[str, Fact] = {"n": failed.customers, "money": _money(failed.monthly)}
        yield Statement(label=LABELS["involuntary"], says=Sentence(text, facts))
    if observed:
        yield Statement(label=LABELS["observed"], says=_observed(observed))
    if terms:
        words = ", ".join(term.term for term in terms[:6])
        text = N_("more frequent in comments of customers who left: {words}")
        yield Statement(label=LABELS["terms"], says=Sentence(text, {"words": words}))


def _why(reasons: Sequence[Reason], shown: Shown) -> Sentence:
    """Describe the most expensive reason, and how many gave no reason."""
    silent = next((reason.customers for reason in reasons if reason.stated == NOT_SAID), 0)
    chosen = [reason for reason in reasons if reason.stated not in (INVOLUNTARY, NOT_SAID)]
    if not chosen or not chosen[0].customers:
        text = N_("unknown: {silent} of {all} gave no reason")
        return Sentence(text, {"silent": silent, "all": shown.now})
    first = chosen[0]
    text = N_(
        "“{reason}” costs most: {n} {n:customer|customers}, {money} per month ({share}); {silent} "
        "of {all} gave no reason"
    )
    share = float(first.monthly / shown.monthly) if shown.monthly else 0.0
    return Sentence(
        text,
        {
            "reason": _fact(first.stated),
            "n": first.customers,
            "money": _money(first.monthly),
            "share": Quantity(share, Unit.RATE),
            "silent": silent,
            "all": shown.now,
        },
    )


def _fact(stated: str) -> str:
    return Marked(REASONS[stated]) if stated in REASONS else stated


def _worth(shown: Shown) -> Sentence:
    facts: dict[str, Fact] = {"worth": Quantity(shown.worth, Unit.MONEY)}
    if shown.with_margin:
        text = N_("{worth} gross margin in the next 12 months, at the churn rate of all others")
    else:
        text = N_("{worth} revenue in the next 12 months, at the churn rate of all others")
    return Sentence(text, facts)


def _observed(observed: Observed) -> Sentence:
    """Describe whether customers who left because of the price paid more."""
    facts: dict[str, Fact] = {
        "n": observed.number,
        "dear": Quantity(observed.dear, Unit.MONEY),
        "others": Quantity(observed.rest, Unit.MONEY),
        "interval": Interval(observed.low, observed.high, Unit.MONEY, observed.value),
    }
    if observed.low > 0:
        text = N_(
            "the {n} who left because of the price did pay more: {dear} per month, others who "
            "left {others} (95% CI of the difference {interval})"
        )
    elif observed.high < 0:
        text = N_(
            "the {n} who left because of the price paid less than others who left: {dear} per "
            "month, others {others} (95% CI of the difference {interval}); check the value they "
            "received"
        )
    else:
        text = N_(
            "the {n} who left because of the price did not pay significantly more: {dear} per "
            "month, others who left {others} (95% CI of the difference {interval})"
        )
    return Sentence(text, facts)


def _money(amount: Decimal) -> Quantity:
    return Quantity(float(amount), Unit.MONEY)
