"""A report of `ltv bonus` with nothing to tell, and one for each thing worth telling."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from ltvcli.results.bonus import BonusReport, DealPay, OwnerTrust, PartPay, PartState
from ltvcli.results.deals import DealCopies

PART = PartPay(
    name="signing",
    due=date(2026, 1, 1),
    amount=Decimal(100),
    state=PartState.RELEASED,
    released=Decimal(100),
    held=Decimal(0),
    forfeited=Decimal(0),
    adjustment=Decimal(0),
)
DEAL = DealPay(
    deal="D1",
    owner="Sato",
    team="",
    signed=date(2026, 1, 1),
    commission=Decimal(100),
    matched=True,
    active=True,
    released=Decimal(100),
    held=Decimal(0),
    forfeited=Decimal(0),
    adjustment=Decimal(0),
    parts=(PART,),
)
OWNER = OwnerTrust(
    owner="Sato",
    watched=8,
    observed=3,
    expected=5.6,
    score=0.8333,
    low=0.55,
    high=1.14,
    factor=Decimal(1),
)
CALM = BonusReport(
    command="bonus",
    version="0",
    as_of=date(2026, 10, 31),
    currency="USD",
    inputs=(),
    given={},
    says=(),
    main="payroll",
    tables={},
    deals=(DEAL,),
    trust=(OWNER,),
)
COPIES = DealCopies(
    deal="D1",
    differ=True,
    lost=False,
    commission=Decimal(90),
    least=Decimal(90),
    most=Decimal(100),
)
SPEAKS = {
    "copies-disagree": replace(CALM, copies=(COPIES,)),
    "customers-not-found": replace(CALM, deals=(replace(DEAL, matched=False, active=None),)),
    "deals-without-commission": replace(CALM, without_commission=("D2",)),
    "deals-without-owner": replace(CALM, deals=(replace(DEAL, owner=""),)),
    "lapse-measured": replace(CALM, lapse_given=False),
    "nps-needs-survey": replace(CALM, nps_missing=True),
    "score-not-standardised": replace(CALM, mixed=False),
    "won-and-lost": replace(CALM, copies=(replace(COPIES, differ=False, lost=True),)),
}
