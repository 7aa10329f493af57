"""The trust score of an owner: observed divided by expected retention of their deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ltvcli.facts.bonus import DealFacts
from ltvcli.results.bonus import OwnerTrust
from ltvcli.settings.bonus import BonusPlan
from ltvcli.stats.inference import gamma_poisson

LEAST_STRENGTH = 10.0
"""Expected customers that the prior weighs at least: few owners say little about how owners differ,
and eight deals must not sink anyone."""
_DIGITS = Decimal("0.0001")
_NEUTRAL = Decimal(1)

Stratum = tuple[str, str, int]


class Watched(NamedTuple):
    """A deal that has been watched up to an age of the plan: the last one reached."""

    owner: str
    stratum: Stratum
    active: bool


def watched(facts: DealFacts, plan: BonusPlan) -> list[Watched]:
    """Return the deals whose customers were observed up to an age after signing."""
    ages = sorted((share.days for share in plan.schedule if share.days > 0), reverse=True)
    reached: list[Watched] = []
    for deal in facts.deals:
        for age in ages:
            moment = facts.moments.get((deal.deal, age))
            if moment is not None and moment.due:
                stratum = (deal.channel, deal.plan, age)
                reached.append(Watched(deal.owner, stratum, moment.active))
                break
    return reached


def scores(
    deals: Sequence[Watched], owners: Sequence[str], plan: BonusPlan
) -> tuple[tuple[OwnerTrust, ...], float | None]:
    """Compare each owner with the company's retention of the same channel, plan and age.

    Expected is the sum of the rates of the company, over deals of the owner (indirect
    standardisation), so that all owners together have as many expected as observed.

    Args:
        deals: that have been watched up to some age.
        owners: all of them, in the order of the result.
        plan: with the limits of the score.

    Returns:
        The scores, and the strength of the prior; None where owners differ by no more than chance.
    """
    rates = _rates(deals)
    counts = dict.fromkeys(owners, (0, 0, 0.0))
    for deal in deals:
        number, observed, expected = counts[deal.owner]
        counts[deal.owner] = (
            number + 1,
            observed + deal.active,
            expected + rates[deal.stratum],
        )
    usable = [(observed, expected) for _, observed, expected in counts.values() if expected > 0]
    nu = gamma_poisson.strength(
        [observed for observed, _ in usable],
        [expected for _, expected in usable],
        _dispersion([rates[deal.stratum] for deal in deals]),
    )
    nu = None if nu is None else max(nu, LEAST_STRENGTH)
    return tuple(_scored(owner, counts[owner], nu, plan) for owner in owners), nu


def _rates(deals: Sequence[Watched]) -> Mapping[Stratum, float]:
    """Return the company's retention by channel, plan and age."""
    counts: dict[Stratum, tuple[int, int]] = {}
    for deal in deals:
        number, active = counts.get(deal.stratum, (0, 0))
        counts[deal.stratum] = (number + 1, active + deal.active)
    return {stratum: active / number for stratum, (number, active) in counts.items()}


def _dispersion(rates: Sequence[float]) -> float:
    """Return the variance of the number of retained customers, by chance, divided by its mean.

    Args:
        rates: at which the customer of each deal stays.
    """
    expected = sum(rates)
    return sum(rate * (1 - rate) for rate in rates) / expected if expected > 0 else 1.0


def _scored(
    owner: str, counts: tuple[int, int, float], nu: float | None, plan: BonusPlan
) -> OwnerTrust:
    number, observed, expected = counts
    score = low = high = None
    if number:
        score = 1.0 if nu is None else gamma_poisson.shrunk(observed, expected, nu)
        if nu is not None:
            low, high = gamma_poisson.interval(observed, expected, nu)
    factor = _NEUTRAL
    if plan.weight and score is not None:
        factor = min(max(Decimal(score).quantize(_DIGITS), plan.least), plan.most)
    return OwnerTrust(
        owner=owner,
        watched=number,
        observed=observed,
        expected=expected,
        score=score,
        low=low,
        high=high,
        factor=factor,
    )
