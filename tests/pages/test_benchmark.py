"""A figure beside its benchmark in words, and both tables on a screen, by hand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ltvcli.pages import benchmark as page
from ltvcli.pages.answers import benchmark
from ltvcli.results.benchmark import Because, BenchmarkReport, Comparison, Position
from ltvcli.text.words import say
from tests.checks.benchmark_reports import BENCHMARK, COMPARED, FIGURE, report

RANGE = replace(BENCHMARK, low=0.9, median=1.0, high=1.1)


def second_line(comparison: Comparison, **changes: object) -> str:
    of_company = replace(report(comparison), **changes)  # type: ignore[arg-type]
    _, line = benchmark.answer(of_company)
    return say(line.says, "en", "USD")


@pytest.mark.parametrize(
    ("comparison", "says"),
    [
        pytest.param(
            replace(COMPARED, position=Position.ABOVE),
            "above the median 100.0% of SaaS Capital 2023",
            id="above a median",
        ),
        pytest.param(
            replace(COMPARED, position=Position.CLOSE),
            "not distinguishable from the median 100.0% of SaaS Capital 2023",
            id="close to a median",
        ),
        pytest.param(
            replace(COMPARED, benchmark=RANGE, position=Position.ABOVE),
            "above the upper end 110.0% of SaaS Capital 2023",
            id="above a range",
        ),
        pytest.param(
            replace(COMPARED, benchmark=RANGE, position=Position.BELOW),
            "below the lower end 90.0% of SaaS Capital 2023",
            id="below a range",
        ),
        pytest.param(
            replace(COMPARED, benchmark=RANGE, position=Position.WITHIN),
            "within the usual range 90.0% to 110.0% of SaaS Capital 2023",
            id="within a range",
        ),
        pytest.param(
            replace(
                COMPARED,
                benchmark=replace(BENCHMARK, median=None, high=1.2),
                position=Position.BELOW,
            ),
            "below the value 120.0% of SaaS Capital 2023",
            id="below a single value",
        ),
        pytest.param(
            replace(COMPARED, position=Position.BELOW, stale=True),
            "below the median 100.0% of SaaS Capital 2023 (stale)",
            id="a benchmark of long ago",
        ),
    ],
)
def test_a_figure_lies_beside_its_benchmark(comparison: Comparison, says: str) -> None:
    assert second_line(comparison) == says


@pytest.mark.parametrize(
    ("because", "says"),
    [
        (Because.NOT_MEASURED, "SaaS Capital 2023: the data does not have this figure"),
        (Because.DEFINITION, "SaaS Capital 2023, which defines it as: standard"),
        (Because.BASIS, "SaaS Capital 2023: its basis is mrr, yours is mrr"),
        (Because.WINDOW, "SaaS Capital 2023: it covers 12 months, yours 12"),
        (Because.CURRENCY, "SaaS Capital 2023 (small companies): the data is in USD"),
        (Because.SIZE_UNKNOWN, "SaaS Capital 2023 (small companies): ACV or ARR is not known"),
        (Because.SEGMENT, "SaaS Capital 2023 (small companies): your ACV is $24,000.00"),
        (Because.EXCLUDED, "SaaS Capital 2023 (small companies): your ARR is $600,000.00"),
    ],
    ids=lambda value: value if isinstance(value, Because) else "",
)
def test_a_figure_without_comparison_has_a_reason(because: Because, says: str) -> None:
    row = replace(COMPARED, benchmark=replace(BENCHMARK, segment="small companies"))
    row = replace(row, because=because, position=None)

    assert second_line(row, acv=24_000.0, arr=600_000.0) == f"not compared with {says}"


def test_without_any_benchmark_the_figure_of_a_year_ago_is_the_comparison() -> None:
    says = second_line(replace(COMPARED, benchmark=None, position=None))

    assert says == "none for these figures: compare them with those of a year ago"


def tables(of_company: BenchmarkReport) -> list[list[list[str]]]:
    return [[list(map(str, row)) for row in grid.rows] for grid in page.grids(of_company, "en", 80)]


def test_figures_and_benchmarks_are_in_two_tables() -> None:
    figures, benchmarks = tables(report(replace(COMPARED, stale=True)))

    assert figures == [["NRR", "12 months", "97.0% (95.0–99.0%)", "–"]]
    assert benchmarks == [
        ["NRR", "100.0%", "1,500", "2023, stale", "not distinguishable", "acv 0-12000 USD…"]
    ]


def test_a_window_names_revenue_where_no_margin_is_known() -> None:
    figure = replace(FIGURE, metric="ltv_to_cac", basis="revenue", window="24")

    assert page.window(figure, "en") == "24 months, revenue"
    assert page.window(replace(figure, basis="margin"), "en") == "24 months"
    assert page.window(replace(figure, window=page.WHOLE_HISTORY), "en") == "all history"


def test_benchmarks_of_other_sizes_are_counted_and_one_of_each_other_reason_is_shown() -> None:
    others = [replace(COMPARED, because=because, position=None) for because in
              (Because.SEGMENT, Because.SEGMENT, Because.BASIS, Because.BASIS)]  # fmt: skip
    of_company = replace(report(COMPARED), comparisons=(COMPARED, *others))
    grid = page.grids(of_company, "en", 80)[1]

    assert len(grid.rows) == 2
    assert list(grid.notes) == ["(+3 rows: --verbose)"]
    assert len(page.memo(of_company, "en")[1].rows) == 5
