"""A report of `ltv experiment` with nothing to tell, and one for each thing worth telling."""

from __future__ import annotations

from msgspec.structs import replace

from ltvcli.results.experiment import (
    Arm,
    Decision,
    Doubts,
    Effect,
    ExperimentReport,
    GroupCheck,
    Range,
    Spellings,
)
from ltvcli.units import Unit

CONTROL = Arm(
    name="holdout",
    customers=1000,
    mean=Range(value=10.0, low=9.5, high=10.5),
    sd=8.0,
    skewness=1.0,
    buyers=700,
    per_buyer=14.3,
    set_aside=0,
    is_control=True,
)
MAIL = replace(CONTROL, name="mail", is_control=False)
PASSED = GroupCheck(check="sample-ratio", arm="", value=0.0, p=1.0, passed=True)
EFFECT = Effect(
    arm="mail",
    outcome="spend",
    unit=Unit.MONEY,
    jackknife=Range(value=1.0, low=0.3, high=1.7),
    effect=Range(value=1.0, low=0.3, high=1.7),
    error=0.35,
    p=0.004,
    p_adjusted=0.004,
    relative=Range(value=0.1, low=0.03, high=0.17),
    net=Range(value=0.3, low=0.1, high=0.5),
    roi=None,
    everyone=None,
    decision=Decision.ROLL_OUT,
)
CALM = ExperimentReport(
    command="experiment",
    version="0",
    as_of=None,
    currency="USD",
    inputs=(),
    given={"margin": 0.4, "cost_per_customer": 0.1},
    says=(),
    main="effects",
    tables={},
    outcome="spend",
    arms=(CONTROL, MAIL),
    effects=(EFFECT,),
    checks=(PASSED,),
)


def doubtful(doubts: Doubts) -> ExperimentReport:
    return replace(CALM, doubts=doubts)


SPEAKS = {
    "arm-spellings": doubtful(
        Doubts(spellings=(Spellings(arm="Control", written=("Control", "control ")),))
    ),
    "blank-outcomes": doubtful(Doubts(blank=3)),
    "customers-in-two-arms": doubtful(Doubts(in_two_arms=2)),
    "heavy-tails": replace(CALM, arms=(CONTROL, replace(MAIL, skewness=1.7))),
    "not-comparable": replace(
        CALM, effects=(), checks=(replace(PASSED, value=66.7, p=0.0, passed=False),)
    ),
    "reassigned": doubtful(Doubts(reassigned=1)),
    "several-rows": doubtful(Doubts(repeated=4)),
    "small-arms": replace(CALM, arms=(CONTROL, replace(MAIL, customers=29))),
    "surrogate": replace(CALM, outcome="pltv", is_surrogate=True),
    "worth-unknown": replace(CALM, given={"margin": 0.4}),
}
