"""NPS beside pay: answers of each owner's customers, and whether NPS predicts retention here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.facts.bonus import AFTER, Kept, NpsFacts
from ltvcli.language import N_
from ltvcli.results import Fact, Quantity, Row, Sentence
from ltvcli.stats.inference import net_promoter
from ltvcli.stats.numerics import chi_square
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.facts.bonus import OwnerAnswers

SURE = 0.05
LEAST_EXPECTED = 5.0
"""Customers expected in each cell, below which the test is not made."""
LEAST_P = 0.001
_KINDS = {2: "promoters", 1: "passives", 0: "detractors"}


def rows(facts: NpsFacts) -> tuple[Row, ...]:
    """Return the answers of each owner's customers."""
    return tuple(_row(owner) for owner in facts.owners)


def _row(owner: OwnerAnswers) -> Row:
    score = net_promoter.score(owner.promoters, owner.passives, owner.detractors)
    number = owner.promoters + owner.passives + owner.detractors
    return {
        "owner": owner.owner,
        "customers": owner.customers,
        "answers": number,
        "response_rate": number / owner.customers if owner.customers else None,
        "promoters": owner.promoters,
        "passives": owner.passives,
        "detractors": owner.detractors,
        "nps": score.value if score else None,
        "low": score.low if score else None,
        "high": score.high if score else None,
    }


def p_value(kept: Sequence[Kept]) -> float | None:
    """Return the p-value of equal retention in all groups (chi-square); None with few customers.

    Args:
        kept: customers by group.

    >>> groups = [Kept(kind=0, customers=50, kept=25), Kept(kind=2, customers=50, kept=45)]
    >>> round(p_value(groups), 6)
    1.3e-05
    """
    total, stayed = sum(group.customers for group in kept), sum(group.kept for group in kept)
    if len(kept) < 2 or not 0 < stayed < total:  # noqa: PLR2004 - nothing to compare
        return None
    square = 0.0
    for group in kept:
        expected = group.customers * stayed / total
        rest = group.customers - expected
        if min(expected, rest) < LEAST_EXPECTED:
            return None
        square += (group.kept - expected) ** 2 * (1 / expected + 1 / rest)
    return chi_square.upper_tail(square, len(kept) - 1)


def sentence(facts: NpsFacts) -> Sentence:
    """Describe whether NPS predicts retention here; it never changes pay."""
    p = p_value(facts.kept)
    if p is None:
        text = N_(
            "shown only; it does not change pay. Too few answers to test whether NPS predicts who "
            "stays"
        )
        return Sentence(text)
    rates = {_KINDS[group.kind]: group.kept / group.customers for group in facts.kept}
    shown: dict[str, Fact] = {
        "days": AFTER,
        "p": f"p = {p:.3f}" if p >= LEAST_P else f"p < {LEAST_P}",
        **{
            name: Quantity(rates[name], Unit.RATE) if name in rates else "–"
            for name in _KINDS.values()
        },
    }
    if p < SURE:
        text = N_(
            "shown only; it does not change pay. In your data NPS predicts who stays: {days} days "
            "after the answer {promoters} of promoters, {passives} of passives and {detractors} "
            "of detractors ({p})"
        )
    else:
        text = N_(
            "shown only; it does not change pay. In your data NPS does not predict who stays: "
            "{days} days after the answer {promoters} of promoters, {passives} of passives and "
            "{detractors} of detractors ({p})"
        )
    return Sentence(text, shown)
