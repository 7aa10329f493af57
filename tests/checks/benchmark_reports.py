"""A report of `ltv benchmark` with nothing to tell, and one for each thing worth telling."""

from __future__ import annotations

from msgspec.structs import replace

from ltvcli.read import benchmarks
from ltvcli.results import Estimate, Source
from ltvcli.results.benchmark import BenchmarkReport, Comparison, OwnFigure, Position

BENCHMARK = replace(benchmarks.shipped()[0], traits=())
FIGURE = OwnFigure(
    metric=BENCHMARK.metric,
    basis=BENCHMARK.basis,
    window=BENCHMARK.window,
    now=Estimate(value=0.97, low=0.95, high=0.99, source=Source.MEASURED),
    year_ago=None,
)
COMPARED = Comparison(
    figure=FIGURE, benchmark=BENCHMARK, because=None, position=Position.CLOSE, stale=False
)


def report(row: Comparison, *figures: OwnFigure) -> BenchmarkReport:
    return BenchmarkReport(
        command="benchmark",
        version="0",
        as_of=None,
        currency="USD",
        inputs=(),
        given={},
        says=(),
        main="benchmarks",
        tables={},
        figures=(FIGURE, *figures),
        comparisons=(row,),
    )


CALM = report(COMPARED)
SPEAKS = {
    "benchmark-traits": report(
        replace(COMPARED, benchmark=replace(BENCHMARK, traits=("private B2B companies",)))
    ),
    "no-benchmark": report(replace(COMPARED, benchmark=None)),
    "no-churned-customers": report(
        COMPARED,
        replace(FIGURE, metric="logo_churn", now=Estimate(value=0.0, source=Source.MEASURED)),
    ),
    "stale-benchmarks": report(replace(COMPARED, stale=True)),
}
