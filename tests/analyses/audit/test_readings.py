"""The best and the conservative case of a pitch, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from ltvcli.analyses.audit import readings, recompute
from ltvcli.analyses.audit.claims import typed, understood
from ltvcli.analyses.audit.recompute import known
from ltvcli.stats.retention import mean_churn


def read(*claims: str) -> tuple[dict[str, Any], dict[str, Any]]:
    found = known(understood(typed(claims)))
    flattering, sober = readings.rows(found, recompute.seen_churn(found))
    return dict(flattering), dict(sober)


BASE = ("arpu=10000", "margin=40%", "churn=5%", "cac=20000")


@pytest.mark.parametrize(
    ("claims", "ltv", "cac", "ratio", "payback", "grade"),
    [
        pytest.param(BASE, 80_000, 20_000, 4.0, 5.0, "healthy",
                     id="10,000 x 40% / 5% = 80,000, over 20,000"),
        pytest.param((*BASE, "ltv=100000", "ltv_to_cac=5", "payback=3mo"),
                     100_000, 20_000, 5.0, 3.0, "healthy", id="what is claimed stands"),
        pytest.param(("arpu=10000", "churn=5%", "cac=20000"), 200_000, 20_000, 10.0, 2.0,
                     "healthy", id="with no margin, all revenue"),
        pytest.param(("ltv_to_cac=2.5",), None, None, 2.5, None, "improvable",
                     id="a ratio alone is graded"),
        pytest.param(("churn=5%",), None, None, None, None, "unknown", id="nothing to grade"),
        pytest.param((*BASE[:3], "spend=3600000", "new_customers=300", "organic_share=40%"),
                     80_000, 20_000, 4.0, 5.0, "healthy", id="3,600,000 won 180 customers"),
    ],
)  # fmt: skip
def test_the_best_case_takes_the_claims_at_their_most_favourable(
    claims: tuple[str, ...], ltv: Any, cac: Any, ratio: Any, payback: Any, grade: str
) -> None:
    row, _ = read(*claims)

    assert (row["ltv"], row["cac"], row["ltv_to_cac"], row["payback"]) == pytest.approx(
        (ltv, cac, ratio, payback)
    )
    assert row["grade"] == grade


@pytest.mark.parametrize(
    ("claims", "ltv", "cac", "grade"),
    [
        pytest.param(BASE, 80_000, 20_000, "healthy", id="nothing to be more sober with"),
        pytest.param((*BASE, "age=12mo"), 4_000 * (1 - 0.95**12) / 0.05, 20_000, "caution",
                     id="within a year: 4,000 x (1 - 0.95^12) / 5% = 36,772"),
        pytest.param((*BASE, "age=12mo", "lifespan=6mo"), 24_000, 20_000, "caution",
                     id="no more than the six months claimed"),
        pytest.param((*BASE, "logo_churn=10%"), 40_000, 20_000, "improvable",
                     id="more customers leave than money"),
        pytest.param((*BASE, "organic_share=50%"), 80_000, 40_000, "improvable",
                     id="half came by themselves, and nothing shows that they are not in it"),
        pytest.param((*BASE, "spend=6000000", "new_customers=200", "organic_share=20%"),
                     80_000, 37_500, "improvable", id="6,000,000 won 160 customers"),
        pytest.param((*BASE, "retention_cost=12000"), 60_000, 20_000, "healthy",
                     id="keeping a customer takes 1,000 a month"),
        pytest.param((*BASE, "mrr=9000000", "customers=1000000"), None, 20_000, None,
                     id="the lowest revenue a month"),
        pytest.param(("ltv=50000", "cac=20000"), 50_000, 20_000, "improvable",
                     id="with nothing else claimed the LTV stands"),
        pytest.param(("ltv=50000", "margin=40%", "basis=revenue", "cac=20000"), 20_000, 20_000,
                     "caution", id="an LTV of revenue at the margin"),
        pytest.param(("ltv=60000", "arpu=10000", "churn=5%", "basis=margin", "age=12mo",
                      "cac=20000"), 3_000 * (1 - 0.95**12) / 0.05, 20_000, "caution",
                     id="60,000 in margin take 30% of 200,000"),
        pytest.param((*BASE, "ltv=50000"), 50_000, 20_000, "improvable",
                     id="never above what is claimed"),
        pytest.param(("churn=0%", *BASE[:2], "cac=20000"), None, 20_000, "unknown",
                     id="nobody leaves, and no age bounds it"),
    ],
)  # fmt: skip
def test_the_conservative_case_takes_the_claims_at_their_least_favourable(
    claims: tuple[str, ...], ltv: float | None, cac: float, grade: str | None
) -> None:
    _, row = read(*claims)

    assert row["cac"] == pytest.approx(cac)
    if grade is None:  # 9,000,000 over a million customers are 9 a month
        assert row["ltv"] < 100
        return
    assert row["ltv"] == pytest.approx(ltv)
    assert row["grade"] == grade


def test_the_churn_of_few_customers_is_read_at_the_upper_end_of_its_interval() -> None:
    seen = mean_churn.last_months([180], [3.6])
    assert seen is not None
    assert seen.high == pytest.approx(0.0526, abs=1e-4)

    _, row = read("arpu=10000", "margin=100%", "churn=2%", "customers=180", "cac=50000")

    assert row["ltv"] == pytest.approx(10_000 / seen.high)


def test_zero_churn_is_read_as_the_most_that_could_go_unseen() -> None:
    """Nobody of 150 left: 3 / 150 = 2%, at which 4,000 a month are worth 200,000."""
    _, row = read("arpu=10000", "margin=40%", "churn=0%", "customers=150", "cac=50000")

    assert row["ltv"] == pytest.approx(200_000)
    assert row["ltv_to_cac"] == pytest.approx(4)


def test_without_a_margin_both_readings_are_revenue() -> None:
    assert [row["basis"] for row in read("arpu=10", "churn=5%")] == ["revenue", "revenue"]


def test_the_ltv_at_both_ends_of_the_churn() -> None:
    found = known(understood(typed(["arpu=10000", "margin=40%", "churn=2%", "customers=180"])))
    seen = recompute.seen_churn(found)
    assert seen is not None

    assert readings.ltv_by_churn(found, seen) == pytest.approx((4000 / seen.high, 4000 / seen.low))
    assert seen.leavers == pytest.approx(3.6)
    assert seen.most == pytest.approx(0.025 * 185)
