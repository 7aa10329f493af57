"""What there is to say about single customers: who carries a business, and who costs it money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ltvcli.language import N_
from ltvcli.results import Fact, Quantity, Sentence, Statement
from ltvcli.results.segments import Concentration, Losses, Segment
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.results.acquisition import Acquisition

LEANING = N_("Concentration")
MOST_TRAITS = 3
"""What customers below 0 share: the strongest are said."""


def leaning(found: Concentration, *, said: bool) -> Iterator[Statement]:
    """Say on how many customers revenue leans, and what one is worth without them.

    Args:
        found: what is known of it.
        said: whether the headline has said the first.
    """
    if not said:
        yield Statement(label=LEANING, says=shares(found))
    if found.ltv is None or found.ltv_without is None or not found.left_out or not found.above:
        return
    facts: dict[str, Fact] = {
        "n": found.left_out,
        "above": Quantity(found.above, Unit.MONEY),
        "ltv": Quantity(found.ltv.value, Unit.MONEY),
        "without": Quantity(found.ltv_without.value, Unit.MONEY),
    }
    text = N_(
        "Without the {n} {n:customer|customers} above {above}, LTV is {without} instead of {ltv}."
    )
    if found.ltv_without.low is not None and found.ltv_without.high is not None:
        text = N_(
            "Without the {n} {n:customer|customers} above {above}, LTV is {without} (95% CI "
            "{low} to {high}) instead of {ltv}."
        )
        facts["low"] = Quantity(found.ltv_without.low, Unit.MONEY)
        facts["high"] = Quantity(found.ltv_without.high, Unit.MONEY)
    yield Statement(label=LEANING if said else "", says=Sentence(text, facts))


def shares(found: Concentration) -> Sentence:
    """Say what share of revenue the customers brought who brought the most."""
    facts: dict[str, Fact] = {
        "median": Quantity(found.median, Unit.MONEY),
        "mean": Quantity(found.mean, Unit.MONEY),
    }
    first, *_, tenth, largest = found.tops
    if first.share is None or tenth.share is None or largest.share is None:
        return Sentence(N_("Revenue per customer to date: mean {mean}, median {median}."), facts)
    text = (
        N_(
            "Top 1% of customers: {first} of revenue; top 10%: {tenth}; largest: {largest}. "
            "Revenue per customer: mean {mean}, median {median}."
        )
        if first.customers > 1
        else N_(
            "Largest customer: {largest} of revenue; top 10%: {tenth}. Revenue per customer: "
            "mean {mean}, median {median}."
        )
    )
    shares = {"first": first.share, "tenth": tenth.share, "largest": largest.share}
    told = {key: Quantity(share, Unit.RATE) for key, share in shares.items()}
    return Sentence(text, facts | told)


def losses(found: Losses) -> Iterator[Statement]:
    """Say how many customers cost more than they brought, and what they share."""
    of = sum(one.of for one in found.unprofitable)
    customers = sum(one.customers for one in found.unprofitable)
    young = sum(one.young for one in found.unprofitable)
    facts: dict[str, Fact] = {"months": found.months}
    if not of:
        text = N_("no customer has been observed for {months} {months:month|months} yet.")
    elif not customers:
        facts["of"] = of
        text = N_(
            "none of the {of} customers observed for {months} {months:month|months} or more are "
            "unprofitable."
        )
    else:
        cost = -sum(one.contribution for one in found.unprofitable)
        facts |= {
            "n": customers,
            "of": of,
            "share": Quantity(customers / of, Unit.RATE),
            "cost": Quantity(cost, Unit.MONEY),
        }
        text = N_(
            "{n} of {of} customers observed for {months} {months:month|months} or more are "
            "unprofitable ({share}); total loss {cost}."
        )
    yield Statement(label=N_("Unprofitable"), says=Sentence(text, facts))
    if young:
        younger = {"young": young, "young_of": sum(one.young_of for one in found.unprofitable)}
        text = N_("Plus {young} of {young_of} not yet mature.")
        yield Statement(says=Sentence(text, younger))
    yield from (Statement(says=one.says) for one in found.traits[:MOST_TRAITS])


def charged(segments: Sequence[Segment], found: Acquisition | None) -> Iterator[Statement]:
    """Say that everyone is charged the same, where spend is not told apart by segment."""
    if found is None or found.blended is None or any(one.cac for one in segments):
        return
    facts = {"cac": Quantity(found.blended.value, Unit.MONEY)}
    yield Statement(says=Sentence(N_("Each customer is charged the blended CAC of {cac}."), facts))
