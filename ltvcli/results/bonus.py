"""Pay that vests while customers stay: the answer of `ltv bonus`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, NamedTuple

from msgspec import Struct, field

from ltvcli.language import N_
from ltvcli.results.about import Figure
from ltvcli.results.deals import DealCopies
from ltvcli.results.reports import TableReport
from ltvcli.units import Unit


class PartState(StrEnum):
    """The state of a part of a commission."""

    RELEASED = "released"
    PARTLY_RELEASED = "partly-released"
    HELD = "held"
    FORFEITED = "forfeited"
    NOT_MATCHED = "not-matched"


class PartPay(NamedTuple):
    """A part of the commission of a deal; released + held + forfeited = amount.

    Attributes:
        name: of it, in the plan.
        due: day on which it is decided.
        amount: of the commission.
        state: what became of it.
        released: what has vested.
        held: what is not decided yet.
        forfeited: what will not be paid.
        adjustment: by the trust score, on top of what has vested.
    """

    name: str
    due: date
    amount: Decimal
    state: PartState
    released: Decimal
    held: Decimal
    forfeited: Decimal
    adjustment: Decimal


class DealPay(Struct, frozen=True, kw_only=True):
    """The commission of a deal; released + held + forfeited = commission.

    Attributes:
        deal: its ID.
        owner: who is paid; "" if nobody is named.
        team: of the owner.
        signed: day of signing.
        commission: as in the list of deals.
        matched: whether its customer is one of the exports.
        active: whether the customer is active on the last day of the data; None if not matched.
        released: the vested amount, of all parts.
        held: the undecided amount.
        forfeited: the forfeited amount.
        adjustment: the change of the vested amount by the trust score.
        parts: of the commission, the earliest first.
    """

    deal: str
    owner: str
    team: str
    signed: date
    commission: Decimal
    matched: bool
    active: bool | None
    released: Decimal
    held: Decimal
    forfeited: Decimal
    adjustment: Decimal
    parts: tuple[PartPay, ...]


class OwnerTrust(Struct, frozen=True, kw_only=True):
    """Retention of an owner's customers, compared with the expected retention of their deals.

    Attributes:
        owner: "" if nobody is named.
        watched: deals whose customers have been watched up to some age of the plan.
        observed: customers of these who are active at the last such age.
        expected: what these would be at the company's retention by channel, plan and age.
        score: observed over expected, shrunk; None where no deal has been watched long enough.
        low: end of its 80% interval; None where owners differ by no more than chance.
        high: end of its 80% interval.
        factor: what vests after signing is multiplied with.
    """

    owner: str
    watched: int
    observed: int
    expected: float
    score: float | None
    low: float | None
    high: float | None
    factor: Decimal


TOTALS: Mapping[str, Figure] = {
    "commission": Figure(
        label=N_("Commission"),
        unit=Unit.MONEY,
        definition=N_("Commission of all won deals that have one, each deal once."),
    ),
    "released": Figure(
        label=N_("Released"),
        unit=Unit.MONEY,
        definition=N_(
            "Vested commission: the part at signing, and each later part whose age was reached "
            "while the customer was active; before the trust score."
        ),
        formula="released = commission - held - forfeited",
    ),
    "held": Figure(
        label=N_("Held"),
        unit=Unit.MONEY,
        definition=N_(
            "Parts whose age is not reached yet, and all parts of deals whose customer is not "
            "found in the exports."
        ),
    ),
    "forfeited": Figure(
        label=N_("Forfeited"),
        unit=Unit.MONEY,
        definition=N_(
            "Parts whose age was reached after the customer had left; with pro_rata, also the "
            "share of a part that was not retained."
        ),
    ),
    "adjustment": Figure(
        label=N_("Trust adjustment"),
        unit=Unit.MONEY,
        definition=N_(
            "Amount that the trust score adds to, or subtracts from, commission vested after "
            "signing; 0 unless the plan says weight: on."
        ),
        formula="adjustment = released after signing x (factor - 1)",
    ),
    "pay": Figure(
        label=N_("Pay to date"),
        unit=Unit.MONEY,
        definition=N_("Total payable to date, including earlier payments."),
        formula="pay = released + adjustment",
    ),
    "left_at_signing": Figure(
        label=N_("Paid at signing for customers who left"),
        unit=Unit.MONEY,
        definition=N_(
            "Commission of deals whose customer is not active on the last day of the data: a plan "
            "that pays everything at signing would have paid it."
        ),
    ),
    "left_released": Figure(
        label=N_("Released for customers who left"),
        unit=Unit.MONEY,
        definition=N_("Amount that this plan has released for the same customers."),
    ),
}
"""Figures of the whole payroll."""


class BonusReport(TableReport, frozen=True, kw_only=True):
    """A payroll.

    Attributes:
        deals: with a commission.
        trust: of every owner.
        strength: of the prior of trust scores; None where owners differ by no more than chance.
        totals: of TOTALS.
        weighted: whether the trust score moves pay.
        without_commission: won deals without a commission, which are not paid.
        copies: deals of which copies disagree.
        mixed: whether channel or plan of deals is known, so that the score is standardised.
        lapse_given: of orders, whether the time after which customers count as gone was given; None
            for subscriptions.
        nps_missing: whether the plan asks for NPS, and there are no answers.
    """

    kind: ClassVar = "bonus"
    deals: tuple[DealPay, ...] = ()
    trust: tuple[OwnerTrust, ...] = ()
    strength: float | None = None
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    weighted: bool = False
    without_commission: tuple[str, ...] = ()
    copies: tuple[DealCopies, ...] = ()
    mixed: bool = True
    lapse_given: bool | None = None
    nps_missing: bool = False
