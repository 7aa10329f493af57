"""Pay that vests while customers stay: `ltv bonus`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from ltvcli.analyses.bonus import nps, payout, sentences, trust
from ltvcli.errors import InternalError, NoCommissionError
from ltvcli.facts.bonus import DealFacts, NpsFacts
from ltvcli.results import Row, Statement
from ltvcli.results.bonus import DealPay, OwnerTrust, PartPay
from ltvcli.results.lazy_tables import LazyTables
from ltvcli.settings.bonus import BonusPlan


class Answer(Struct, frozen=True, kw_only=True):
    """The parts of the report; see `results.bonus`."""

    says: tuple[Statement, ...]
    tables: Mapping[str, tuple[Row, ...]]
    deals: tuple[DealPay, ...]
    trust: tuple[OwnerTrust, ...]
    strength: float | None
    totals: Mapping[str, Decimal]
    without_commission: tuple[str, ...]
    mixed: bool


def answer(
    facts: DealFacts,
    plan: BonusPlan,
    as_of: str,
    digits: int,
    answers: NpsFacts | None = None,
) -> Answer:
    """Pay deals by a plan, and compare owners.

    Args:
        facts: deals, and their customers at the ages of the plan and on the last day.
        plan: of pay.
        as_of: cut-off date of the data, as written on the payroll.
        digits: decimals of the currency.
        answers: of customers; None if the plan does not show them, or there are none.

    Raises:
        NoCommissionError: no deal has a commission.
        InternalError: released, held and forfeited are not the commission.
    """
    if not any(deal.commission is not None for deal in facts.deals):
        raise NoCommissionError
    owners = sorted({deal.owner for deal in facts.deals})
    scored, strength = trust.scores(trust.watched(facts, plan), owners, plan)
    factors = {owner.owner: owner.factor for owner in scored}
    deals = payout.paid(facts, plan, factors, digits)
    left = [deal for deal in deals if deal.active is False]
    nothing = Decimal(0)
    totals = {
        **payout.added(deals),
        "left_at_signing": sum((deal.commission for deal in left), nothing),
        "left_released": sum((deal.released for deal in left), nothing),
    }
    of_owners: dict[str, list[DealPay]] = {owner: [] for owner in owners}
    for deal in deals:
        of_owners[deal.owner].append(deal)
    by_owner = tuple(_owner(owner, of_owners[owner.owner]) for owner in scored)
    for name in ("commission", "released", "held", "forfeited"):
        if sum((Decimal(str(row[name])) for row in by_owner), nothing) != totals[name]:
            raise InternalError(what=f"owners do not add up to {totals[name]} {name}")
    tables: dict[str, Callable[[], tuple[Row, ...]]] = {
        "payroll": lambda: tuple(
            _part(deal, share, float(factors[deal.owner]) if number else 1.0, plan, as_of)
            for deal in deals
            for number, share in enumerate(deal.parts)
        ),
        "deals": lambda: tuple(_deal(deal) for deal in deals),
        "owners": lambda: by_owner,
    }
    if answers:
        tables["answers"] = lambda: nps.rows(answers)
    return Answer(
        says=(
            Statement(says=sentences.headline(totals)),
            *sentences.details(plan, deals, scored, strength, totals),
            *(
                [Statement(label=sentences.LABELS["nps"], says=nps.sentence(answers))]
                if answers
                else []
            ),
        ),
        tables=LazyTables(tables),
        deals=deals,
        trust=scored,
        strength=strength,
        totals=totals,
        without_commission=tuple(deal.deal for deal in facts.deals if deal.commission is None),
        mixed=any(deal.channel or deal.plan for deal in facts.deals),
    )


def _part(deal: DealPay, share: PartPay, factor: float, plan: BonusPlan, as_of: str) -> Row:
    return {
        "owner": deal.owner,
        "team": deal.team,
        "deal": deal.deal,
        "part": share.name,
        "due": share.due.isoformat(),
        "state": str(share.state),
        "amount": float(share.amount),
        "released": float(share.released),
        "held": float(share.held),
        "forfeited": float(share.forfeited),
        "factor": factor,
        "adjustment": float(share.adjustment),
        "pay": float(share.released + share.adjustment),
        "plan_version": plan.version,
        "as_of": as_of,
    }


def _deal(deal: DealPay) -> Row:
    return {
        "deal": deal.deal,
        "owner": deal.owner,
        "team": deal.team,
        "signed": deal.signed.isoformat(),
        "matched": deal.matched,
        "active": deal.active,
        "commission": float(deal.commission),
        "released": float(deal.released),
        "held": float(deal.held),
        "forfeited": float(deal.forfeited),
        "adjustment": float(deal.adjustment),
        "pay": float(deal.released + deal.adjustment),
    }


def _owner(owner: OwnerTrust, deals: Sequence[DealPay]) -> Row:
    sums = payout.added(deals)
    return {
        "owner": owner.owner,
        "deals": len(deals),
        "watched": owner.watched,
        "observed": owner.observed,
        "expected": owner.expected,
        "score": owner.score,
        "low": owner.low,
        "high": owner.high,
        "factor": float(owner.factor),
        **{name: float(amount) for name, amount in sums.items()},
    }
