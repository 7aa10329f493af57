"""Sentences about single customers: revenue concentration, and unprofitable customers."""

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
"""Maximum number of common traits of unprofitable customers that are shown."""


def concentration_sentences(
    concentration: Concentration, *, in_headline: bool
) -> Iterator[Statement]:
    """Describe revenue concentration, and LTV without the top customers.

    Args:
        concentration: of revenue.
        in_headline: whether the headline has the shares already.
    """
    if not in_headline:
        yield Statement(label=LEANING, says=shares(concentration))
    if (
        concentration.ltv is None
        or concentration.ltv_without is None
        or not concentration.left_out
        or not concentration.above
    ):
        return
    facts: dict[str, Fact] = {
        "n": concentration.left_out,
        "above": Quantity(concentration.above, Unit.MONEY),
        "ltv": Quantity(concentration.ltv.value, Unit.MONEY),
        "without": Quantity(concentration.ltv_without.value, Unit.MONEY),
    }
    text = N_(
        "Without the {n} {n:customer|customers} above {above}, LTV is {without} instead of {ltv}."
    )
    if concentration.ltv_without.low is not None and concentration.ltv_without.high is not None:
        text = N_(
            "Without the {n} {n:customer|customers} above {above}, LTV is {without} (95% CI "
            "{low} to {high}) instead of {ltv}."
        )
        facts["low"] = Quantity(concentration.ltv_without.low, Unit.MONEY)
        facts["high"] = Quantity(concentration.ltv_without.high, Unit.MONEY)
    yield Statement(label=LEANING if in_headline else "", says=Sentence(text, facts))


def shares(concentration: Concentration) -> Sentence:
    """Describe the share of revenue of the top customers."""
    facts: dict[str, Fact] = {
        "median": Quantity(concentration.median, Unit.MONEY),
        "mean": Quantity(concentration.mean, Unit.MONEY),
    }
    first, *_, tenth, largest = concentration.tops
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
    facts_of_shares = {key: Quantity(share, Unit.RATE) for key, share in shares.items()}
    return Sentence(text, facts | facts_of_shares)


def losses(lost: Losses) -> Iterator[Statement]:
    """Describe how many customers are unprofitable, and what they have in common."""
    of = sum(group.of for group in lost.unprofitable)
    customers = sum(group.customers for group in lost.unprofitable)
    young = sum(group.young for group in lost.unprofitable)
    facts: dict[str, Fact] = {"months": lost.months}
    if not of:
        text = N_("no customer has been observed for {months} {months:month|months} yet.")
    elif not customers:
        facts["of"] = of
        text = N_(
            "none of the {of} {of:customer|customers} observed for {months} "
            "{months:month|months} or more {of:is|are} unprofitable."
        )
    else:
        cost = -sum(group.contribution for group in lost.unprofitable)
        facts |= {
            "n": customers,
            "of": of,
            "share": Quantity(customers / of, Unit.RATE),
            "cost": Quantity(cost, Unit.MONEY),
        }
        text = N_(
            "{n} of {of} {of:customer|customers} observed for {months} {months:month|months} "
            "or more {n:is|are} unprofitable ({share}); total loss {cost}."
        )
    yield Statement(label=N_("Unprofitable"), says=Sentence(text, facts))
    if young:
        younger = {"young": young, "young_of": sum(group.young_of for group in lost.unprofitable)}
        text = N_("Plus {young} of {young_of} not yet mature.")
        yield Statement(says=Sentence(text, younger))
    yield from (Statement(says=trait.says) for trait in lost.traits[:MOST_TRAITS])


def cac_sentences(
    segments: Sequence[Segment], acquisition: Acquisition | None
) -> Iterator[Statement]:
    """Describe that every segment has the same CAC, if spend is not known by segment."""
    if (
        acquisition is None
        or acquisition.blended is None
        or any(segment.cac for segment in segments)
    ):
        return
    facts = {"cac": Quantity(acquisition.blended.value, Unit.MONEY)}
    yield Statement(says=Sentence(N_("Each customer is charged the blended CAC of {cac}."), facts))
