"""Which benchmarks a figure can be compared with, and its position."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from ltvcli.analyses.benchmark.answer import Business, compared, is_stale, position, reason
from ltvcli.read import benchmarks
from ltvcli.results import Estimate, Source
from ltvcli.results.benchmark import Because, Benchmark, OwnFigure, Position

NRR = OwnFigure(
    metric="nrr",
    basis="mrr",
    window="12",
    now=Estimate(value=0.97, low=0.95, high=0.99, source=Source.MEASURED),
    year_ago=None,
)
BUSINESS = Business(currency="USD", sizes={"acv": 30_000.0, "arr": 2_000_000.0, "customers": 66.0})
SURVEY = next(row for row in benchmarks.shipped() if "acv 25000-" in row.segment)


def test_a_benchmark_of_the_same_definition_basis_window_and_size_is_compared() -> None:
    assert reason(NRR, SURVEY, BUSINESS) is None


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"definition": "logos kept"}, Because.DEFINITION),
        ({"basis": "revenue"}, Because.BASIS),
        ({"window": "1"}, Because.WINDOW),
    ],
)
def test_what_differs_is_not_compared(changed: dict[str, str], because: Because) -> None:
    assert reason(NRR, replace(SURVEY, **changed), BUSINESS) is because


@pytest.mark.parametrize(
    ("business", "because"),
    [
        (replace(BUSINESS, currency="JPY"), Because.CURRENCY),
        (replace(BUSINESS, currency=None), Because.CURRENCY_UNKNOWN),
        (replace(BUSINESS, sizes={}), Because.SIZE_UNKNOWN),
        (replace(BUSINESS, sizes=BUSINESS.sizes | {"acv": 25_000.0}), None),
        (replace(BUSINESS, sizes=BUSINESS.sizes | {"acv": 50_000.0}), Because.SEGMENT),
        (replace(BUSINESS, sizes=BUSINESS.sizes | {"acv": 24_999.99}), Because.SEGMENT),
        (replace(BUSINESS, sizes=BUSINESS.sizes | {"arr": 999_999.0}), Because.EXCLUDED),
    ],
)
def test_another_currency_or_size_is_not_compared(
    business: Business, because: Because | None
) -> None:
    assert reason(NRR, SURVEY, business) is because


def test_exactly_one_band_of_the_survey_fits_a_business() -> None:
    for acv in (0.0, 11_999.0, 12_000.0, 99_999.0, 250_000.0, 10.0**9):
        business = replace(BUSINESS, sizes=BUSINESS.sizes | {"acv": acv})
        rows = compared([NRR], benchmarks.shipped(), (), business, date(2026, 11, 29))
        assert [row.because for row in rows].count(None) == 1


def ranged(low: float | None, median: float | None, high: float | None) -> Benchmark:
    return replace(SURVEY, low=low, median=median, high=high)


@pytest.mark.parametrize(
    ("benchmark", "where"),
    [
        (ranged(None, 0.94, None), Position.ABOVE),
        (ranged(None, 0.96, None), Position.CLOSE),
        (ranged(None, 0.98, None), Position.CLOSE),
        (ranged(None, 1.0, None), Position.BELOW),
        (ranged(0.90, 0.95, 1.0), Position.WITHIN),
        (ranged(0.96, 0.97, 1.0), Position.CLOSE),
        (ranged(0.80, 0.85, 0.9), Position.ABOVE),
        (ranged(1.0, None, 1.1), Position.BELOW),
    ],
)
def test_a_figure_lies_above_or_below_only_with_its_whole_interval(
    benchmark: Benchmark, where: Position
) -> None:
    assert NRR.now is not None
    assert position(NRR.now, benchmark) is where


def test_a_measured_figure_without_an_interval_differs_from_a_missing_one() -> None:
    bare = Estimate(value=2.0, source=Source.MEASURED)

    assert position(bare, SURVEY) is Position.CLOSE
    assert position(replace(bare, source=Source.GIVEN), SURVEY) is Position.ABOVE


def test_a_figure_without_a_benchmark_is_listed_without_one() -> None:
    aov = replace(NRR, metric="aov", basis="revenue", window="all")
    rows = compared([aov], benchmarks.shipped(), (), BUSINESS, date(2026, 11, 29))

    assert [(row.figure.metric, row.benchmark, row.because) for row in rows] == [
        ("aov", None, Because.NO_BENCHMARK)
    ]


def test_a_benchmark_of_the_user_that_the_data_lacks_is_listed() -> None:
    rows = compared([], (), (SURVEY,), BUSINESS, date(2026, 11, 29))

    assert [row.because for row in rows] == [Because.NOT_MEASURED]


def test_stale_is_more_than_24_months_from_the_start_of_the_year() -> None:
    assert not is_stale(2024, date(2026, 1, 31))
    assert is_stale(2024, date(2026, 2, 1))
