"""A report of `ltv whatif` with nothing to tell, and one for each thing worth telling."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ltvcli.results import Grade, Sentence, Statement, Verdict
from ltvcli.results.whatif import WhatIfReport


def lever(name: str, gain: float = 5.0, ratio_gain: float = 0.5) -> dict[str, Any]:
    return {
        "lever": name,
        "change": None if name in ("none", "all") else "-10%",
        "ltv": 40.0 + gain,
        "gain": gain,
        "ltv_to_cac": 4.0 + ratio_gain,
        "ratio_gain": ratio_gain,
        "payback": 5.0,
        "payback_observed": None,
        "grade": "healthy",
    }


def tenth(name: str, value: float, down: float, up: float) -> dict[str, Any]:
    return {"lever": name, "value": value, "ltv_down": down, "ltv_up": up}


def plan(name: str, score: float | None) -> dict[str, Any]:
    return {"name": name, "score": score, "base_gain": score}


def low(what: str, need: float | None = None, most: float | None = 0.4) -> dict[str, Any]:
    return {"what": what, "growth": 0.1, "need": need, "self_funding": most}


VERDICT = Verdict(
    grade=Grade.HEALTHY,
    grade_low=Grade.HEALTHY,
    method="arpu-churn",
    ltv_to_cac=4.0,
    low=None,
    high=None,
    probability=None,
    says=Sentence(""),
)
CALM = WhatIfReport(
    command="whatif",
    version="0",
    as_of=None,
    currency="USD",
    inputs=(),
    given={},
    horizon=None,
    basis="margin",
    says=(Statement(says=Sentence("")),),
    main="levers",
    tables={
        "levers": (lever("none", 0.0, 0.0), lever("cac", 0.0), lever("all")),
        "sensitivity": (
            tenth("arpu", 10.0, 36.0, 44.0),
            tenth("churn", 0.05, 43.0, 37.0),
            tenth("cac", 10.0, 40.0, 40.0),
        ),
        "breakeven": ({"lever": "cac", "side": "up", "value": 13.0, "grade": Grade.IMPROVABLE},),
        "cash": tuple({"month": n, "customer": 4.0 * n - 10.0} for n in range(25)),
        "lows": (low("customer"), low("growth", need=-0.5)),
        "priorities": (plan("Bundles", 3.0),),
    },
    before=VERDICT,
    after=VERDICT,
    changed=("cac",),
    links={"cac": ("budget",)},
    growth=True,
)


def tables(**changed: tuple[dict[str, Any], ...]) -> WhatIfReport:
    return replace(CALM, tables={**CALM.tables, **changed})


def changed(name: str, gain: float = 5.0, ratio_gain: float = 0.5) -> WhatIfReport:
    rows = (lever("none", 0.0, 0.0), lever(name, gain, ratio_gain), lever("all", gain))
    return replace(tables(levers=rows), changed=(name,))


SPEAKS = {
    "no-spend-elasticity": replace(CALM, links={}),
    "no-price-elasticity": changed("arpu"),
    "retained-assumed-average": replace(changed("churn"), horizon=12),
    "lever-without-effect": changed("retention_cost", 0.0, 0.0),
    "growth-outruns-cash": tables(lows=(low("customer"), low("growth", need=0.1, most=0.05))),
    "initiatives-uncounted": tables(priorities=(plan("Bundles", None),)),
    "initiative-loses": tables(priorities=(plan("Bundles", 3.0), plan("Club", -2.0))),
    "short-term-first": tables(priorities=()),
    "stage": replace(CALM, stage="growth"),
}
