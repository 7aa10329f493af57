"""The sentences of `ltv bonus`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ltvcli.language import N_
from ltvcli.results import Fact, Interval, Quantity, Sentence, Statement
from ltvcli.results.bonus import DealPay, OwnerTrust
from ltvcli.results.deals import money, names
from ltvcli.settings.bonus import BonusPlan
from ltvcli.units import Unit

NOBODY = "–"
"""Name of an owner where a deal names nobody."""
LABELS = {
    "pay": N_("Payroll"),
    "signing": N_("All at signing"),
    "held": N_("Held"),
    "trust": N_("Trust score"),
    "unmatched": N_("Not matched"),
    "recovery": N_("Recovery"),
    "adjustment": N_("Trust adjustment"),
    "nps": N_("NPS"),
}


def headline(totals: Mapping[str, Decimal]) -> Sentence:
    """Return the released, held and forfeited amounts."""
    text = N_(
        "{released} of {commission} commission is released to date; {held} is held and "
        "{forfeited} is forfeited."
    )
    return Sentence(text, {name: money(totals[name]) for name in totals if "{" + name in text})


def details(
    plan: BonusPlan,
    deals: Sequence[DealPay],
    trust: Sequence[OwnerTrust],
    strength: float | None,
    totals: Mapping[str, Decimal],
) -> Iterator[Statement]:
    """Return everything after the headline.

    Args:
        plan: of pay.
        deals: with a commission.
        trust: of every owner.
        strength: of the prior of trust scores.
        totals: of the whole payroll.
    """
    yield Statement(label=LABELS["signing"], says=_signing(deals, totals))
    if says := _held_of_leavers(deals):
        yield Statement(label=LABELS["held"], says=says)
    if plan.weight:
        text = N_("{adjustment} by the trust score; {pay} is payable to date")
        facts: dict[str, Fact] = {name: money(totals[name]) for name in ("adjustment", "pay")}
        yield Statement(label=LABELS["adjustment"], says=Sentence(text, facts))
    if says := _trust(plan, trust, strength):
        yield Statement(label=LABELS["trust"], says=says)
    if says := _unmatched(deals):
        yield Statement(label=LABELS["unmatched"], says=says)
    yield Statement(
        label=LABELS["recovery"],
        says=Sentence(
            N_(
                "held pay needs no recovery; taking back pay already paid can be unlawful (in "
                "Japan, Labour Standards Act, Articles 16 and 24). This is information, not legal "
                "advice"
            )
        ),
    )


def _signing(deals: Sequence[DealPay], totals: Mapping[str, Decimal]) -> Sentence:
    """Compare with a plan that pays all at signing."""
    left = sum(deal.active is False for deal in deals)
    facts: dict[str, Fact] = {
        "commission": money(totals["commission"]),
        "before": money(totals["left_at_signing"]),
        "after": money(totals["left_released"]),
        "n": left,
    }
    if not left:
        text = N_("{commission} would have been paid; no customer of a paid deal has left")
        return Sentence(text, facts)
    text = N_(
        "{commission} would have been paid, {before} of it for {n} {n:deal|deals} whose "
        "{n:customer has|customers have} left; this plan released {after} for them"
    )
    return Sentence(text, facts)


def _held_of_leavers(deals: Sequence[DealPay]) -> Sentence | None:
    """State what is held only because the day has not come, for customers who have left."""
    held = [deal.held for deal in deals if deal.active is False and deal.held > 0]
    if not held:
        return None
    text = N_(
        "{amount} of it is for {n} {n:deal|deals} whose {n:customer has|customers have} left: it "
        "is forfeited on its day unless they are active again"
    )
    return Sentence(text, {"amount": money(sum(held, Decimal(0))), "n": len(held)})


def _trust(plan: BonusPlan, trust: Sequence[OwnerTrust], strength: float | None) -> Sentence | None:
    """Describe the owners with the highest and the lowest retention."""
    scored = [owner for owner in trust if owner.score is not None]
    if not scored:
        return None
    if strength is None:
        return Sentence(
            N_(
                "1.00 for everyone: retention does not differ between owners by more than chance "
                "({n} {n:owner|owners})"
            ),
            {"n": len(scored)},
        )
    best = max(scored, key=lambda owner: owner.score or 0)
    worst = min(scored, key=lambda owner: owner.score or 0)
    text = N_(
        "{worst} {low} (80% interval {low_range}) to {best} {high} (80% interval {high_range}); 1 "
        "is the company's retention of the same mix. It does not change pay"
    )
    if plan.weight:
        text = N_(
            "{worst} {low} (80% interval {low_range}) to {best} {high} (80% interval "
            "{high_range}); 1 is the company's retention of the same mix. It multiplies what "
            "vests after signing"
        )
    return Sentence(
        text,
        {
            "worst": worst.owner or NOBODY,
            "best": best.owner or NOBODY,
            "low": Quantity(worst.score or 0, Unit.RATIO),
            "high": Quantity(best.score or 0, Unit.RATIO),
            "low_range": _range(worst),
            "high_range": _range(best),
        },
    )


def _range(owner: OwnerTrust) -> Interval:
    assert owner.low is not None
    assert owner.high is not None
    return Interval(owner.low, owner.high, Unit.RATIO, owner.score)


def _unmatched(deals: Sequence[DealPay]) -> Sentence | None:
    """Name the deals whose customers are not found."""
    missing = [deal for deal in deals if not deal.matched]
    if not missing:
        return None
    return Sentence(
        N_("{n} {n:deal|deals} with {held} {n:is|are} held until the customer is found: {deals}"),
        {
            "n": len(missing),
            "held": money(sum((deal.held for deal in missing), Decimal(0))),
            "deals": names([deal.deal for deal in missing]),
        },
    )
