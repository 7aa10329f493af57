"""A report of `ltv review` with nothing to tell, and one for each thing worth telling."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from ltvcli.results import Estimate, Source
from ltvcli.results.review import Explained, Reason, ReviewEvidence, ReviewReport

EVIDENCE = ReviewEvidence(
    oldest="2024-01",
    running="",
    ends=None,
    charted=20,
    gathered=0,
    horizon_given=False,
    supported=12,
    compared=True,
    year_ago=True,
    cac_known=True,
    retention_cost=None,
)
EXPLAINED = Explained(
    figure="period_ltv",
    period="2025-12",
    against="2025-11",
    horizon=12,
    before=40.0,
    after=42.0,
    change=Estimate(value=2.0, low=-1.0, high=5.0, source=Source.MEASURED),
    reasons=(Reason(factor="first", contribution=2.0, low=-1.0, high=5.0),),
    chance=None,
)
CALM = ReviewReport(
    command="review",
    version="0",
    as_of=date(2025, 12, 31),
    currency="USD",
    inputs=(),
    given={},
    horizon=12,
    basis="margin",
    says=(),
    main="tiles",
    tables={},
    span="month",
    period="2025-12",
    against="2025-11",
    explained=(EXPLAINED,),
    evidence=EVIDENCE,
)


def evidence(**changes: object) -> ReviewReport:
    return replace(CALM, evidence=replace(EVIDENCE, **changes))  # type: ignore[arg-type]


SPEAKS = {
    "few-periods": evidence(charted=7),
    "no-earlier-period": evidence(compared=False, year_ago=False, charted=0),
    "no-period-ltv": replace(CALM, explained=()),
    "no-year-ago": evidence(year_ago=False),
    "partial-period": evidence(running="2026-01"),
    "review-horizon": evidence(horizon_given=True),
    "review-in-revenue": replace(CALM, basis="revenue"),
    "review-retention-cost": evidence(retention_cost=12.0),
    "review-without-cac": evidence(cac_known=False),
    "small-segments-combined": evidence(gathered=3),
}
