"""A report of `ltv risk` with nothing to tell, and one for each thing worth telling."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from ltvcli.results.experiment import Range
from ltvcli.results.risk import Column, Declined, Prospect, RiskReport, Saved
from ltvcli.results.risk_record import Record, Verdict

CHOSEN = Record(
    cutoff=date(2026, 1, 1),
    model="logistic",
    customers=1000,
    left=200,
    auc=Range(value=0.8, low=0.77, high=0.83),
    brier=0.13,
    brier_base=0.16,
    skill=Range(value=0.19, low=0.15, high=0.23),
    slope=Range(value=0.98, low=0.88, high=1.08),
    lift=Range(value=3.0, low=2.6, high=3.4),
    chosen=True,
)
PLAN = Column(name="plan", because="", auc=Range(value=0.7, low=0.66, high=0.74), protected="")
CALM = RiskReport(
    command="risk",
    version="0",
    as_of=None,
    currency=None,
    inputs=(),
    given={"outcome": "churned"},
    says=(),
    main="record",
    tables={},
    verdict=Verdict.SCORE,
    outcome="churned",
    customers=1000,
    left=200,
    records=(CHOSEN,),
    columns=(PLAN,),
)
NOTHING = Range(value=0.0, low=0.0, high=0.0)
SAVED = Saved(
    declined=3, unknown=0, alike=150, alike_left=60, avoided=NOTHING, forgone=NOTHING, net=NOTHING
)
DECLINED = Declined(total=SAVED, prospects=(), owner_of={}, by_owner={})
UNKNOWN = Prospect(
    name="1", chance=None, multiple=None, percentile=None, expected=None, word=None, because=(),
    alike=0, alike_left=0,
)  # fmt: skip
SPEAKS = {
    "chances-too-extreme": replace(
        CALM, records=(replace(CHOSEN, slope=Range(value=0.7, low=0.6, high=0.8)),)
    ),
    "declined-have-no-outcome": replace(CALM, declined=DECLINED, given={"cac": 500.0}),
    "leaking-columns": replace(
        CALM, columns=(PLAN, replace(PLAN, name="end", because="named-like-outcome"))
    ),
    "prospects-without-cac": replace(CALM, prospects=(UNKNOWN,)),
    "protected-columns": replace(
        CALM, columns=(PLAN, replace(PLAN, name="Gender", protected="sex"))
    ),
    "snapshot": replace(CALM, records=(replace(CHOSEN, cutoff=None),)),
}
