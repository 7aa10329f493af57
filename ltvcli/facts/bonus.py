"""Facts about deals, and whether their customers are active at some ages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from ltvcli.units import DAYS_PER_MONTH, Months

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine

AFTER = 90
"""Days after an answer, on which it is seen who is still there."""
TODAY = -1
"""Age that stands for the last day of the data."""


class Deal(Struct, frozen=True, kw_only=True):
    """A won deal.

    Attributes:
        deal: its ID.
        owner: who is paid; "" if nobody is named.
        team: of the owner; "" if none is named.
        channel: the customer came from; "" if none is named.
        plan: that was sold; "" if none is named.
        signed: day of signing.
        commission: None if it is not known.
        matched: whether its customer is one of the exports.
    """

    deal: str
    owner: str
    team: str
    channel: str
    plan: str
    signed: date
    commission: Decimal | None
    matched: bool


class Moment(NamedTuple):
    """The customer of a deal at an age.

    Attributes:
        day: on which the age is reached.
        due: whether that is within the data.
        active: whether the customer is active on that day; without meaning if it is not due.
        kept: MRR of twelve months on the day; of orders, what was ordered until then and not paid
            back; as text, which is exact, as few plans need it.
        base: the same at the start; of orders, what was ordered until then.
    """

    day: date
    due: bool
    active: bool
    kept: str
    base: str

    @property
    def share_kept(self) -> Decimal:
        """Share of the base that is kept, at most 1; 0 where there is no base."""
        kept, base = Decimal(self.kept), Decimal(self.base)
        if base <= 0 or kept <= 0:
            return Decimal(0)
        return min(kept / base, Decimal(1))


class DealFacts(Struct, frozen=True, kw_only=True):
    """Deals, and the moments of those with a customer, by ID and by days of age."""

    deals: tuple[Deal, ...]
    moments: dict[tuple[str, int], Moment]


class OwnerAnswers(Struct, frozen=True, kw_only=True):
    """The customers of an owner, and the counts of their answers."""

    owner: str
    customers: int
    promoters: int
    passives: int
    detractors: int


class Kept(Struct, frozen=True, kw_only=True):
    """Customers by their first answer, and the number active AFTER days later.

    Attributes:
        kind: 2 for promoters, 1 for passives, 0 for detractors.
        customers: who answered at least that long ago.
        kept: of them, who were still there.
    """

    kind: int
    customers: int
    kept: int


class NpsFacts(Struct, frozen=True, kw_only=True):
    """Answers by owner, and retention of the respondents."""

    owners: tuple[OwnerAnswers, ...]
    kept: tuple[Kept, ...]


def answers(engine: Engine, as_of: date, lapse_after: Months | None) -> NpsFacts:
    """Add up answers.

    Args:
        engine: holds `survey_answers` and `matched_deals`, and `periods` or `order_sums`.
        as_of: cut-off date of the data.
        lapse_after: as for gather.
    """
    asked: dict[str, Any] = {"as_of": as_of, "days": AFTER}
    name = "bonus/kept_subscribers"
    if lapse_after is not None:
        name = "bonus/kept_buyers"
        asked["lapse_days"] = round(lapse_after * DAYS_PER_MONTH)
    return NpsFacts(
        owners=tuple(OwnerAnswers(**row) for row in _rows(engine.columns("bonus/answers"))),
        kept=tuple(Kept(**row) for row in _rows(engine.columns(name, asked))),
    )


def gather(
    engine: Engine, as_of: date, days: Sequence[int], lapse_after: Months | None
) -> DealFacts:
    """Compute whether the customers of deals are active at some ages.

    Args:
        engine: holds `matched_deals`, `customers`, and `periods` or `order_sums`.
        as_of: cut-off date of the data.
        days: ages, and TODAY.
        lapse_after: of orders, time without an order after which a customer is not active; None
            for subscriptions.
    """
    deals = engine.columns("bonus/deals")
    asked: dict[str, Any] = {"as_of": as_of, "days": list(days)}
    if lapse_after is None:
        moments = engine.columns("bonus/subscribers", asked)
    else:
        lapse_days = round(lapse_after * DAYS_PER_MONTH)
        moments = engine.columns("bonus/buyers", {**asked, "lapse_days": lapse_days})
    return DealFacts(
        deals=tuple(
            Deal(
                deal=deal,
                owner=owner,
                team=team,
                channel=channel,
                plan=plan,
                signed=signed,
                commission=Decimal(commission) if commission else None,
                matched=matched,
            )
            for deal, owner, team, channel, plan, signed, commission, matched in _values(
                deals,
                *("deal", "owner", "team", "channel", "plan", "signed", "commission", "matched"),
            )
        ),
        moments=dict(
            zip(
                _values(moments, "deal", "days"),
                map(Moment._make, _values(moments, "day", "is_due", "active", "kept", "base")),
                strict=True,
            )
        ),
    )


def _rows(columns: Any) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in _values(columns, *columns)]


def _values(columns: Any, *names: str) -> Iterator[tuple[Any, ...]]:
    """Return the values of these columns row by row."""
    return zip(*(columns[name].tolist() for name in names), strict=True)
