"""Commissions by a plan: the vested, held and forfeited parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import cache

from ltvcli.errors import InternalError
from ltvcli.facts.bonus import TODAY, Deal, DealFacts, Moment
from ltvcli.formulas import vesting
from ltvcli.results.bonus import DealPay, PartPay, PartState
from ltvcli.settings.bonus import BonusPlan, Share

_NOTHING = Decimal(0)


def paid(
    facts: DealFacts, plan: BonusPlan, factors: Mapping[str, Decimal], digits: int
) -> tuple[DealPay, ...]:
    """Pay every deal with a commission by the plan.

    Args:
        facts: deals, and their customers at the ages of the plan and on the last day.
        plan: of pay.
        factors: that what vests after signing is multiplied with, by owner.
        digits: decimals of the currency.

    Raises:
        InternalError: released, held and forfeited are not the commission.
    """
    shares = [share.share for share in plan.schedule]

    @cache  # many deals have the same commission
    def divided(commission: Decimal) -> tuple[Decimal, Sequence[Decimal]]:
        unit = vesting.smallest_unit(commission, digits)
        return unit, vesting.divided(commission, shares, unit)

    return tuple(
        _deal(facts, deal, *divided(deal.commission), plan, factors[deal.owner])
        for deal in facts.deals
        if deal.commission is not None
    )


def _deal(
    facts: DealFacts,
    deal: Deal,
    unit: Decimal,
    amounts: Sequence[Decimal],
    plan: BonusPlan,
    factor: Decimal,
) -> DealPay:
    parts = tuple(
        _part(deal, share, amount, facts.moments.get((deal.deal, share.days)), plan, factor, unit)
        for share, amount in zip(plan.schedule, amounts, strict=True)
    )
    today = facts.moments.get((deal.deal, TODAY))
    pay = DealPay(
        deal=deal.deal,
        owner=deal.owner,
        team=deal.team,
        signed=deal.signed,
        commission=sum(amounts, _NOTHING),
        matched=deal.matched,
        active=today.active if today else None,
        released=sum([share.released for share in parts], _NOTHING),
        held=sum([share.held for share in parts], _NOTHING),
        forfeited=sum([share.forfeited for share in parts], _NOTHING),
        adjustment=sum([share.adjustment for share in parts], _NOTHING),
        parts=parts,
    )
    check(pay, deal.commission)
    return pay


def check(pay: DealPay, commission: Decimal | None) -> None:
    """Check that the parts of a commission add up to the commission.

    Raises:
        InternalError: they differ.
    """
    total = sum([share.amount for share in pay.parts], _NOTHING)
    if not total == pay.released + pay.held + pay.forfeited == pay.commission == commission:
        raise InternalError(what=f"deal {pay.deal} pays {total} of {commission}")


def _part(
    deal: Deal,
    share: Share,
    amount: Decimal,
    moment: Moment | None,
    plan: BonusPlan,
    factor: Decimal,
    unit: Decimal,
) -> PartPay:
    """Decide one part of a commission."""
    due = moment.day if moment and share.days else deal.signed + timedelta(days=share.days)
    released = forfeited = adjustment = _NOTHING
    if moment is None:
        state = PartState.NOT_MATCHED
    elif share.days == 0:
        state, released = PartState.RELEASED, amount
    elif not moment.due:
        state = PartState.HELD
    elif not moment.active:
        state, forfeited = PartState.FORFEITED, amount
    else:
        released = amount
        if plan.pro_rata:
            released = vesting.rounded(amount * moment.share_kept, unit)
        forfeited = amount - released
        state = PartState.PARTLY_RELEASED if forfeited else PartState.RELEASED
        adjustment = vesting.rounded(released * (factor - 1), unit)
    return PartPay(
        name=share.name,
        due=due,
        amount=amount,
        state=state,
        released=released,
        held=amount - released - forfeited,
        forfeited=forfeited,
        adjustment=adjustment,
    )


def added(deals: Sequence[DealPay]) -> dict[str, Decimal]:
    """Add up deals: commission, released, held, forfeited, adjustment and pay.

    Raises:
        InternalError: released, held and forfeited are not the commission.
    """
    sums = {
        name: sum((getattr(deal, name) for deal in deals), _NOTHING)
        for name in ("commission", "released", "held", "forfeited", "adjustment")
    }
    if sums["released"] + sums["held"] + sums["forfeited"] != sums["commission"]:
        raise InternalError(what=f"deals pay other than {sums['commission']}")
    return {**sums, "pay": sums["released"] + sums["adjustment"]}
