"""How long customers are expected to pay: by published numbers, by sums, and as `sbg` counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ltvcli
from ltvcli.engines import duckdb
from ltvcli.results import EXPECTED
from tests.mrr_reference import Stretch
from tests.subscribers import cohort, worth, written

JUNE = date(2024, 6, 30)
# 40 customers from January; 10 leave on 1 March, 6 on 1 May. Two more began on 15 April.
FORTY = cohort({2: 10, 4: 6}, stay=24)
TWO = [Stretch(name, date(2024, 4, 15), None) for name in "ab"]
HIGH_END = {1: 131, 2: 126, 3: 90, 4: 60, 5: 42, 6: 34, 7: 26}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


def test_those_who_pay_now_are_listed_by_the_renewals_they_made(engine: Any) -> None:
    gone_before_a_renewal_ahead = Stretch("c", date(2024, 6, 1), date(2024, 6, 20))
    found = worth(engine, [*FORTY, *TWO, gone_before_a_renewal_ahead], JUNE)
    rows = found.tables["lifetime"]

    assert [(row["figure"], row["tenure_months"], row["customers"]) for row in rows] == [
        ("del", 0, None),
        ("derl", 2, 2),
        ("derl", 5, 24),
    ]
    assert {row["figure"] for row in rows} == EXPECTED.keys()
    assert found.subscribers
    assert found.subscribers.paying == 26


def test_without_discount_the_months_are_those_of_the_horizon(engine: Any) -> None:
    found = worth(engine, [*FORTY, *TWO], JUNE, horizon=4.0)
    longer = worth(engine, [*FORTY, *TWO], JUNE, horizon=12.0)
    there = [1.0, *(row["projected"] for row in longer.tables["survival"])]
    new, young, old = found.tables["lifetime"]

    assert new["expected_months"] == pytest.approx(sum(there[:4]))  # type: ignore[arg-type]
    assert young["expected_months"] == pytest.approx(sum(there[3:7]) / there[2])  # type: ignore
    assert old["expected_months"] == pytest.approx(sum(there[6:10]) / there[5])  # type: ignore
    for row in (new, young, old):
        assert (row["horizon"], row["discount"]) == (4, 0.0)
        low, high = row["expected_months_low"], row["expected_months_high"]
        assert low < row["expected_months"] < high <= 4  # type: ignore[operator]


def test_published_lifetimes_come_out_of_the_whole_command(tmp_path: Path) -> None:
    """Fader & Hardie (2010): a tenth a period, here a year; DEL 5.9222 and DERL after 7 payments.

    Yearly plans count a twelfth in each month, each discounted: a year is 11.4 months now.
    """
    years = {12 * year: left for year, left in HIGH_END.items()}
    path = written(tmp_path, cohort(years, 1000 - sum(years.values()), date(2016, 1, 1)), "year")
    found = ltvcli.calc(path, as_of="2023-01-02", discount="10%")
    new, old = found.tables["lifetime"]
    year = sum(1.1 ** (-month / 12) for month in range(12))

    assert new["expected_months"] == pytest.approx(5.9222 * year, rel=2e-4)
    assert (old["tenure_months"], old["customers"]) == (84, 491)
    # Table 3 of the paper ends with 5 payments; after 8 the sum over the published curve.
    alpha, beta = 0.6681, 3.8061
    kept, total = 1.0, 0.0
    for ahead in range(600):
        kept *= (beta + 7 + ahead) / (alpha + beta + 7 + ahead)
        total += kept * 1.1**-ahead
    assert old["expected_months"] == pytest.approx(total * year, rel=1e-3)
    assert (old["horizon"], old["discount"]) == (None, 0.1)


@pytest.mark.slow
def test_times_monthly_margin_it_is_what_renewals_are_worth(engine: Any) -> None:
    """Two ways to the same: `sbg` adds up months one by one, here to a horizon of a century."""
    found = worth(engine, FORTY, JUNE, discount=0.2, horizon=1200.0)
    sbg = next(one for one in found.methods if one.method == "sbg")
    near = worth(engine, FORTY, JUNE, discount=0.2, horizon=1.0)
    first_month = next(one for one in near.methods if one.method == "sbg")
    new = found.tables["lifetime"][0]

    assert new["expected_months"] == pytest.approx(sbg.ltv / first_month.ltv, rel=1e-6)  # type: ignore[operator]


@pytest.mark.slow
def test_a_discount_of_next_to_nothing_does_not_reach_for_good(engine: Any) -> None:
    none, tiny = (
        worth(engine, FORTY, JUNE, discount=cost, horizon=5.0).tables["lifetime"]
        for cost in (0, 1e-6)
    )

    assert [row["horizon"] for row in tiny] == [5, 5]
    for row, other in zip(none, tiny, strict=True):
        assert row["expected_months"] == pytest.approx(other["expected_months"], rel=1e-5)


def test_without_a_model_there_is_nothing_to_expect(engine: Any) -> None:
    assert worth(engine, cohort({}, stay=40), JUNE, discount=0.1).tables["lifetime"] == ()


def test_after_everybody_left_only_a_new_customer_is_listed(engine: Any) -> None:
    rows = worth(engine, cohort({2: 30, 3: 10}, stay=0), JUNE, discount=0.1).tables["lifetime"]

    assert [row["figure"] for row in rows] == ["del"]
