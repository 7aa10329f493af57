"""Sums of plans by month, quarter, half-year and year: no row is rounded."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.analyses.cohorts import recurring
from ltvcli.analyses.mrr import answer
from ltvcli.engines import duckdb
from ltvcli.facts import subscriptions as facts
from ltvcli.read.files.open_files import open_all
from ltvcli.read.subscriptions import billing, load
from ltvcli.settings.settings import Settings
from tests.effort import examples

SAAS = Path(__file__).parents[3] / "examples/saas/subscriptions.csv"
AS_OF = date(2025, 5, 31)
INTERVALS = {"month": 1, "quarter": 3, "6 months": 6, "year": 12, "2 years": 24}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exact")


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Any]:
    with duckdb.open([], folder, None) as opened:
        yield opened


def read(engine: Any, path: Path, folder: Path, **settings: Any) -> Any:
    chosen = Settings(today=date(2027, 1, 1), **settings)
    return load.load(open_all([path], chosen, folder), chosen, engine)


def priced(engine: Any, folder: Path, prices: list[tuple[int, str, int]]) -> Fraction:
    """Read rows of prices in cents, each so many times; return what they are per month."""
    path = folder / "priced.csv"
    rows = [
        f"{place}-{n},2025-01-05,,{cents // 100}.{cents % 100:02},{interval},{interval}"
        for place, (cents, interval, times) in enumerate(prices)
        for n in range(times)
    ]
    path.write_text("\n".join(["customer,start,end,amount,interval,plan", *rows, ""]))
    read(engine, path, folder, as_of=AS_OF)
    return sum(
        (Fraction(cents * times, 100 * INTERVALS[interval]) for cents, interval, times in prices),
        start=Fraction(0),
    )


def test_the_mrr_of_the_example_by_hand(tmp_path: Path) -> None:
    """Of plans of 290, 990 and 2,990 a year, only 990 / 12 is a decimal number."""
    with SAAS.open() as file:
        paying = [row for row in csv.DictReader(file) if row["Status"] in {"active", "past_due"}]
    by_year = [int(float(row["Amount"])) for row in paying if row["Interval"] == "year"]
    assert {price: by_year.count(price) for price in by_year} == {290: 90, 990: 104, 2990: 59}
    by_month = sum(float(row["Amount"]) for row in paying if row["Interval"] == "month")
    exact = Fraction(90 * 290 + 104 * 990 + 59 * 2990, 12) + Fraction(by_month)
    assert exact == Fraction(49381) + Fraction(5, 6)

    with duckdb.open([SAAS], tmp_path, None) as engine:
        read(engine, SAAS, tmp_path)
        (*_, last) = answer.answer(engine, date(2026, 10, 31))

    assert last.closing == float(exact)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 400_000), st.sampled_from([*INTERVALS]), st.sampled_from([1, 7, 900])
        ),
        min_size=1,
        max_size=4,
    )
)
@examples(8)
def test_every_sum_is_exact(engine: Any, folder: Path, prices: list[tuple[int, str, int]]) -> None:
    exact = priced(engine, folder, prices)
    customers = sum(times for *_, times in prices)

    (*_, last) = answer.answer(engine, AS_OF)
    by_plan = [one.closing for one in answer.by_plan(engine, AS_OF) if one.month == last.month]
    gathered = facts.gather(engine, AS_OF)

    assert (last.closing, last.customers_closing) == (float(exact), customers)
    assert sum(map(Fraction, by_plan)) == pytest.approx(exact, rel=1e-15)
    assert billing.of(engine).amount == pytest.approx(float(exact), rel=1e-15)
    closes = gathered.closes
    assert closes.mrr[closes.day == closes.day.max()].sum() == pytest.approx(
        float(exact), rel=1e-12
    )
    cells = type("Cells", (), {"months": np.array([24300])})
    (closing,) = recurring.closings(engine, gathered, cells)  # type: ignore[arg-type]
    assert Fraction(closing.mrr) == pytest.approx(exact, rel=1e-25)
    # Four whole months of age since 5 January, and 24 of the 31 days of the fifth.
    revenue = exact * (4 + Fraction(147 - 122, 31))
    assert float(gathered.net_revenue) == pytest.approx(float(revenue), rel=1e-11, abs=1e-8)


def test_twelfths_that_are_rounded_row_by_row_miss_the_cent(engine: Any, folder: Path) -> None:
    prices = [(29000, "year", 600)]
    exact = priced(engine, folder, prices)
    by_row = 600 * round(290 / 12, 4)
    assert abs(by_row - float(exact)) > 0.01

    (*_, last) = answer.answer(engine, AS_OF)

    assert last.closing == 14500


def test_a_month_is_the_nearest_float(engine: Any) -> None:
    ((month, large, part),) = engine.execute(
        "select per_month(359.88::decimal(18, 4)), per_month(592582.0000::decimal(38, 4)), "
        "monthly(290::decimal(18, 4))"
    ).fetchall()
    assert month == 29.99
    assert large == float(Fraction(592582, 12))
    assert str(part) == "24.166666666667"
