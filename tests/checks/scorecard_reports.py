"""A report of `ltv scorecard` with nothing to tell, and one for each thing worth telling."""

from __future__ import annotations

from msgspec.structs import replace

from ltvcli.results import Estimate, InputFile, Source
from ltvcli.results.scorecard import (
    CohortShift,
    Course,
    Quadrant,
    ScorecardReport,
    ScoreEvidence,
    Shift,
    Wave,
)


def estimate(value: float, low: float, high: float) -> Estimate:
    return Estimate(value=value, low=low, high=high, source=Source.MEASURED)


SURVEY = InputFile(
    path="nps.csv",
    kind="survey",
    profile="survey_typeform",
    sha256="",
    first=None,
    last=None,
    rows_read=100,
    rows_used=100,
    set_aside={},
    columns={},
)
DEALS = replace(SURVEY, path="deals.csv", kind="deals", profile="generic_deals")
WAVE = Wave(
    name="2026-Q2",
    group="",
    promoters=50,
    passives=30,
    detractors=20,
    nps=estimate(30.0, 14.05, 44.2),
    customers=200,
    answered=100,
    left=20,
    left_answered=5,
)
LEVEL = CohortShift(
    group="",
    cohort="2026-Q2",
    base="2025-Q4–2026-Q1",
    customers=120,
    new=Shift(now=120, before=100, change=estimate(20, -5, 45), p=0.1),
    retention=Shift(now=0.8, before=0.81, change=estimate(-0.01, -0.1, 0.08), p=0.8),
    ltv=Shift(now=800, before=810, change=estimate(-10, -90, 70), p=0.8),
    horizon=12,
    standardised=1.0,
    p=0.8,
    scorched=False,
    cost=estimate(1200, -8000, 10_000),
)
BURNT = replace(
    LEVEL,
    group="West",
    new=Shift(now=120, before=70, change=estimate(50, 20, 80), p=0.001),
    retention=Shift(now=0.6, before=0.8, change=estimate(-0.2, -0.3, -0.1), p=0.001),
    p=0.002,
    scorched=True,
    cost=estimate(24_000, 12_000, 36_000),
    discounts=0.2,
    discounts_before=0.01,
)
EVIDENCE = ScoreEvidence(
    targets=("new_customers", "nps"),
    charted=12,
    unmatched=1,
    without_deal=0,
    survey=True,
    spend=True,
    channels=True,
    no_cohort=False,
)
CALM = ScorecardReport(
    command="scorecard",
    version="0",
    as_of=None,
    currency="USD",
    inputs=(SURVEY, DEALS),
    given={},
    says=(),
    main="tiles",
    tables={},
    by="team",
    subscribers=True,
    span="quarter",
    period="2026-Q3",
    against="2026-Q2",
    shifts=(LEVEL,),
    waves=(WAVE,),
    quadrants=(Quadrant(group="", front=Course.UP, trust=Course.LEVEL),),
    evidence=EVIDENCE,
)
SPEAKS = {
    "scorched-earth": replace(CALM, shifts=(LEVEL, BURNT)),
    "double-standard": replace(CALM, evidence=replace(EVIDENCE, targets=("new_customers", "cac"))),
    "few-answers": replace(CALM, waves=(replace(WAVE, promoters=20),)),
    "answers-unmatched": replace(
        CALM, inputs=(replace(SURVEY, set_aside={"customer-unknown": 12, "no-score": 50}), DEALS)
    ),
    "deals-unmatched": replace(CALM, evidence=replace(EVIDENCE, unmatched=11)),
    "no-cohort-yet": replace(CALM, shifts=(), evidence=replace(EVIDENCE, no_cohort=True)),
}
