"""Deals by hand, for tests of pay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from ltvcli.facts.bonus import TODAY, Deal, DealFacts, Moment
from ltvcli.settings import bonus
from ltvcli.settings.bonus import BonusPlan

DAY_0 = date(2026, 1, 1)
WRITTEN = {
    "schedule": {"signing": "50%", "90d": "25%", "180d": "25%"},
    "pro_rata": "true",
    "trust": {"weight": "on", "least": "0.8", "most": "1.2"},
    "nps": "off",
}
PLAN = bonus.read(WRITTEN, {})


def plan(**changed: object) -> BonusPlan:
    return bonus.read({**WRITTEN, **changed}, {})


def facts(
    *deals: tuple[Deal, int | None], as_of: int, kept: Mapping[str, str] | None = None
) -> DealFacts:
    """Return the facts of deals, each with the day its customer left (None for never).

    Args:
        deals: with a customer who pays from signing.
        as_of: last day of the data.
        kept: MRR now of some customers, of 100 at the start.
    """
    moments = {}
    for deal, left in deals:
        signed = (deal.signed - DAY_0).days
        for days in (TODAY, 0, 90, 180):
            day = as_of if days == TODAY else signed + days
            active = left is None or day < left
            moments[deal.deal, days] = Moment(
                day=DAY_0 + timedelta(days=day),
                due=day <= as_of,
                active=active,
                kept=(kept or {}).get(deal.deal, "100") if active else "0",
                base="100",
            )
    known = {deal.deal for deal, _ in deals if deal.matched}
    return DealFacts(
        deals=tuple(deal for deal, _ in deals),
        moments={key: moment for key, moment in moments.items() if key[0] in known},
    )


def deal(
    name: str,
    commission: str | None = "100",
    owner: str = "Sato",
    signed: int = 0,
    *,
    channel: str = "",
    matched: bool = True,
) -> Deal:
    return Deal(
        deal=name,
        owner=owner,
        team="",
        channel=channel,
        plan="",
        signed=DAY_0 + timedelta(days=signed),
        commission=None if commission is None else Decimal(commission),
        matched=matched,
    )
