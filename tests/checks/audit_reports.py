"""A pitch with one thing wrong, for each check of pitches."""

from __future__ import annotations

from msgspec.structs import replace

from ltvcli.analyses.audit import answer
from ltvcli.analyses.audit.claims import typed, understood
from ltvcli.results.audit import AuditReport, Compared

HONEST = {
    "ltv": "80000", "cac": "20000", "ltv_to_cac": "4.0", "payback": "5mo", "arpu": "10000",
    "margin": "40%", "churn": "5.0%", "age": "3y", "customers": "2000",
}  # fmt: skip


def pitch(**claims: str) -> AuditReport:
    said = {**HONEST, **claims}
    return answer.answer(understood(typed([f"{key}={text}" for key, text in said.items()])))


OUTSIDE = Compared(
    claim="churn", source="subscriptions", claimed=0.05, value=0.08, low=0.07, high=0.09,
    agrees=False,
)  # fmt: skip
BY_FORMULA = Compared(
    claim="ltv", source="observed", claimed=80_000, value=31_000, low=29_000, high=33_000,
    agrees=None, horizon=9, formula="arpu-churn", by_formula=80_100,
)  # fmt: skip
SPEAKS = {
    "arpu-does-not-follow": pitch(mrr="28000000"),
    "arr-does-not-follow": pitch(mrr="20000000", arr="300000000"),
    "blended-cac": pitch(spend="6000000", new_customers="300", organic_share="40%"),
    "cac-does-not-follow": pitch(spend="9000000", new_customers="300"),
    "formula-only": replace(pitch(), compared=(BY_FORMULA,)),
    "churn-of-few": pitch(customers="150"),
    "churn-period-mixed-up": pitch(churn_yearly="5%"),
    "claim-against-data": replace(pitch(), compared=(OUTSIDE,)),
    "lifespan-past-churn": pitch(lifespan="30mo", ltv="120000", ltv_to_cac="6.0"),
    "lifetime-past-company": pitch(age="14mo"),
    "ltv-does-not-follow": pitch(ltv="120000", ltv_to_cac="6.0"),
    "ltv-in-revenue": pitch(ltv="200000", ltv_to_cac="10.0"),
    "zero-churn-claimed": pitch(churn="0%", lifespan="20mo"),
    "nrr-against-churn": pitch(nrr="120%"),
    "payback-does-not-follow": pitch(payback="3mo"),
    "ratio-does-not-follow": pitch(ltv_to_cac="5.0"),
    "young-customers": pitch(growth="20%"),
}
