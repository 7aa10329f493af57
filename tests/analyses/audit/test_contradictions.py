"""Every false claim of a pitch gives its finding alone; the same pitch without it gives none.

All twins are one pitch: 10,000 a month at 40% and a churn of 5% are 80,000, four times a CAC of
20,000, which 4,000 of margin a month return in five.
"""

from __future__ import annotations

import pytest

from ltvcli.pipeline import audit
from ltvcli.settings.settings import Settings

HONEST = {
    "ltv": "80000",
    "cac": "20000",
    "ltv_to_cac": "4.0",
    "payback": "5mo",
    "arpu": "10000",
    "margin": "40%",
    "churn": "5.0%",
    "age": "3y",
    "customers": "2000",
}


def found(claims: dict[str, str | None]) -> list[str]:
    typed = [f"{key}={text}" for key, text in claims.items() if text is not None]
    return [one.check for one in audit.run([], Settings(), typed).findings]


def test_the_honest_pitch_finds_nothing() -> None:
    assert found(HONEST) == []


LIES = [
    pytest.param(
        "lifetime-past-company", {"age": "14mo"}, {"age": "20mo"},
        id="1 / 5% are 20 months: too long for a company of 14, not for one of 20",
    ),
    pytest.param(
        "ltv-in-revenue", {"ltv": "200000", "ltv_to_cac": "10.0"}, {},
        id="10,000 / 5% are 200,000 of revenue, at 40% they are 80,000",
    ),
    pytest.param(
        "ltv-in-revenue",
        {"ltv": "200000", "ltv_to_cac": "10.0", "margin": None},
        {"margin": None},
        id="with no margin claimed, an LTV of exactly arpu / churn is revenue; 80,000 is not",
    ),
    pytest.param(
        "ltv-in-revenue",
        {"ltv": "200000", "ltv_to_cac": "10.0", "basis": "revenue"},
        {"ltv": "200000", "ltv_to_cac": "4.0", "basis": "revenue"},
        id="an LTV said to be revenue is honest until it is held against a CAC as it is",
    ),
    pytest.param(
        "churn-period-mixed-up",
        {"ltv": "960000", "ltv_to_cac": "48", "age": "30y"},
        {"age": "30y"},
        id="5% a year would be 240 months and 960,000; 5% a month are 20 and 80,000",
    ),
    pytest.param(
        "churn-period-mixed-up",
        {"churn": None, "churn_yearly": "46%", "ltv": "8700", "ltv_to_cac": "0.43"},
        {"churn": None, "churn_yearly": "46%"},
        id="46% a year are 5% a month, and 80,000; read as a month's they make 4,000 / 46% = 8,700",
    ),
    pytest.param(
        "churn-period-mixed-up", {"churn_yearly": "5%"}, {"churn_yearly": "46%"},
        id="5% a month cannot be 5% a year: it is 46%",
    ),
    pytest.param(
        "churn-period-mixed-up",
        {"lifespan": "20y", "ltv": "960000", "ltv_to_cac": "48", "age": "30y"},
        {"lifespan": "20mo", "age": "30y"},
        id="20 years are 1 / 5% only if the 5% were a year's",
    ),
    pytest.param(
        "ratio-does-not-follow", {"ltv_to_cac": "5.0"}, {"ltv_to_cac": "4"},
        id="80,000 / 20,000 are 4, not 5",
    ),
    pytest.param(
        "payback-does-not-follow", {"payback": "3mo"}, {"payback": "6mo"},
        id="20,000 at 4,000 a month take 5 months, 6 counting who leaves, but never 3",
    ),
    pytest.param(
        "payback-does-not-follow", {"payback": "2.0mo"}, {"payback": None},
        id="20,000 / 10,000 are two months of revenue",
    ),
    pytest.param(
        "ltv-does-not-follow",
        {"ltv": "120000", "ltv_to_cac": "6.0"},
        {"ltv": "88000", "ltv_to_cac": "4.4", "churn": "4.5%"},
        id="4,000 / 5% are 80,000 and no rounding makes it 120,000; 4,000 / 4.5% are 88,900",
    ),
    pytest.param(
        "cac-does-not-follow",
        {"spend": "9000000", "new_customers": "300"},
        {"spend": "6000000", "new_customers": "300"},
        id="9,000,000 for 300 customers are 30,000 each, 6,000,000 are 20,000",
    ),
    pytest.param(
        "blended-cac",
        {"spend": "6000000", "new_customers": "300", "organic_share": "40%"},
        {"spend": "3600000", "new_customers": "300", "organic_share": "40%"},
        id="with 40% organic, 6,000,000 won 180 customers for 33,333 each, 3,600,000 for 20,000",
    ),
    pytest.param(
        "churn-of-few", {"customers": "150"}, {"customers": "150", "churn_over": "6mo"},
        id="5% of 150 customers are 7.5 leavers in a month, 45 in six",
    ),
    pytest.param(
        "young-customers", {"growth": "20%"}, {"growth": "5%"},
        id="(0.95 / 1.2)^6 = 25% are older than six months; at 5% growth (0.95 / 1.05)^6 = 55%",
    ),
    pytest.param(
        "zero-churn-claimed",
        {"churn": "0%", "lifespan": "20mo"},
        {"churn": "5%", "lifespan": "20mo"},
        id="nobody leaves",
    ),
    pytest.param(
        "nrr-against-churn", {"nrr": "120%"}, {"nrr": "95%"},
        id="46% are gone in a year: for 120% the others pay 2.2 times as much, for 95% 1.76",
    ),
    pytest.param(
        "nrr-against-churn", {"grr": "97%"}, {"grr": "60%"},
        id="a GRR of 97% while 46% leave: they paid 7% of the average; of 60%, 87%",
    ),
    pytest.param(
        "nrr-against-churn", {"nrr": "80%", "grr": "85%"}, {"nrr": "85%", "grr": "80%"},
        id="what upgrades are left out of cannot be more than what has them",
    ),
    pytest.param(
        "nrr-against-churn", {"grr": "105%", "nrr": "110%"}, {"grr": "85%", "nrr": "105%"},
        id="GRR cannot pass 100%",
    ),
    pytest.param(
        "arpu-does-not-follow", {"mrr": "28000000"}, {"mrr": "20000000"},
        id="28,000,000 over 2,000 customers are 14,000 each, 20,000,000 are 10,000",
    ),
    pytest.param(
        "arpu-does-not-follow",
        {"aov": "30000", "frequency": "6"},
        {"aov": "30000", "frequency": "4"},
        id="six orders a year of 30,000 are 15,000 a month, four are 10,000",
    ),
    pytest.param(
        "arr-does-not-follow",
        {"mrr": "20000000", "arr": "300000000"},
        {"mrr": "20000000", "arr": "240000000"},
        id="12 x 20,000,000 are 240,000,000",
    ),
    pytest.param(
        "lifespan-past-churn",
        {"lifespan": "30mo", "ltv": "120000", "ltv_to_cac": "6.0"},
        {"lifespan": "20mo"},
        id="at 5% customers stay for 20 months, not for 30",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "planted", "twin"), LIES)
def test_a_lie_is_found_by_its_name_alone(
    name: str, planted: dict[str, str | None], twin: dict[str, str | None]
) -> None:
    assert found({**HONEST, **twin}) == []
    assert found({**HONEST, **planted}) == [name]


def test_contradictions_of_more_than_ten_kinds_are_planted() -> None:
    assert len({lie.values[0] for lie in LIES}) > 10


def test_every_contradiction_of_a_pitch_has_its_lie() -> None:
    """What takes data is planted in test_room.py."""
    from ltvcli import registry
    from ltvcli.checks import audit

    assert set(registry.names(audit)) - {lie.values[0] for lie in LIES} == {
        "claim-against-data", "formula-only",
    }  # fmt: skip


def test_several_false_claims_give_a_finding_each() -> None:
    lies = {"age": "14mo", "growth": "20%", "ltv_to_cac": "5.0", "customers": "150"}

    assert set(found({**HONEST, **lies})) == {
        "lifetime-past-company", "young-customers", "ratio-does-not-follow", "churn-of-few",
    }  # fmt: skip


@pytest.mark.parametrize(
    "honest",
    [
        pytest.param(
            {"ltv": "79000", "ltv_to_cac": "3.9", "arpu": "9900", "churn": "5.0%"},
            id="9,900 x 40% / 5.0% = 79,200, rounded",
        ),
        pytest.param({"churn": "5%", "ltv": "85000", "ltv_to_cac": "4.3"},
                     id="5% may be 4.7%, which makes 85,000"),
        pytest.param(
            {"lifespan": "12mo", "ltv": "48000", "ltv_to_cac": "2.4"},
            id="a lifespan of a year is shorter than 1 / churn: sober, and no contradiction",
        ),
        pytest.param(
            {"lifespan": "12mo", "ltv": "37000", "ltv_to_cac": "1.8"},
            id="within a year of whom 5% leave a month: 4,000 x (1 - 0.95^12) / 5% = 36,800",
        ),
        pytest.param(
            {"retention_cost": "12000", "ltv": "60000", "ltv_to_cac": "3.0", "payback": "6.7mo"},
            id="12,000 a year to keep a customer leave 3,000 a month",
        ),
        pytest.param(
            {"discount": "10%", "ltv": "69500", "ltv_to_cac": "3.5"},
            id="at 10% a year, 4,000 x 1.00797 / (5% + 0.797%) = 69,500",
        ),
        pytest.param({"churn": "5.0%", "churn_yearly": "60%"},
                     id="many multiply 5% by twelve; it is a convention, not a lie"),
        pytest.param({"growth": "7%"},
                     id="at 7% growth 51% are young, but at the 6.5% it may be, less than half"),
        pytest.param({"customers": "200", "churn": "4.9%"},
                     id="9.8 leavers, or ten of the 205 customers that 200 may be"),
        pytest.param({"age": "2y", "churn": "5%"}, id="two years may be nearly three"),
    ],
)  # fmt: skip
def test_an_honest_pitch_with_rounded_numbers_finds_nothing(honest: dict[str, str]) -> None:
    assert found({**HONEST, **honest}) == []
