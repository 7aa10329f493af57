"""The answer of `ltv benchmark`: figures with their benchmark and their value a year ago."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.benchmark import answer as analysis
from ltvcli.language import N_, Marked
from ltvcli.pages.benchmark import WINDOWS, on_revenue
from ltvcli.results import AnswerLine, Fact, Quantity, Sentence
from ltvcli.results.benchmark import METRICS, Because, BenchmarkReport, Comparison, Position
from ltvcli.units import Unit

POSITIONS = {
    Position.ABOVE: N_("above the {what} {value} of {source} {year}"),
    Position.BELOW: N_("below the {what} {value} of {source} {year}"),
    Position.WITHIN: N_("within the usual range {low} to {high} of {source} {year}"),
    Position.CLOSE: N_("not distinguishable from the {what} {value} of {source} {year}"),
}
NOT_COMPARED = {
    Because.NOT_MEASURED: N_("not compared with {source}: the data does not have this figure"),
    Because.DEFINITION: N_("not compared with {source}, which defines it as: {theirs}"),
    Because.BASIS: N_("not compared with {source}: its basis is {theirs}, yours is {yours}"),
    Because.WINDOW: N_(
        "not compared with {source}: it covers {theirs} {theirs:month|months}, yours {yours}"
    ),
    Because.CURRENCY_UNKNOWN: N_(
        "not compared with {source} ({theirs}): the currency of the data is not known"
    ),
    Because.CURRENCY: N_("not compared with {source} ({theirs}): the data is in {currency}"),
    Because.SIZE_UNKNOWN: N_("not compared with {source} ({theirs}): ACV or ARR is not known"),
    Because.SEGMENT: N_("not compared with {source} ({theirs}): your ACV is {acv}"),
    Because.EXCLUDED: N_("not compared with {source} ({theirs}): your ARR is {arr}"),
}
MOST = 2
"""Figures of an answer."""


def answer(report: BenchmarkReport) -> Iterator[AnswerLine]:
    """Return the figures that can be compared first, one benchmark each."""
    first: dict[str, Comparison] = {}
    for row in sorted(report.comparisons, key=lambda row: row.because is not None):
        if row.figure.now is not None:
            first.setdefault(row.figure.metric, row)
    for row in list(first.values())[:MOST]:
        window = WINDOWS.get(row.figure.window, N_("{label}, {n} {n:month|months}"))
        if on_revenue(row.figure):
            window = N_("{label}, {n} {n:month|months}, in revenue")
        label = Marked(METRICS[row.figure.metric].label)
        yield AnswerLine(
            label=Sentence(window, {"label": label, "n": row.figure.window}),
            says=analysis.figure_sentence(row.figure),
        )
        if row.benchmark is not None:
            yield AnswerLine(label=Sentence(N_("Benchmark")), says=_benchmark(row, report))
    if all(row.benchmark is None for row in first.values()):
        yield AnswerLine(
            label=Sentence(N_("Benchmark")),
            says=Sentence(N_("none for these figures: compare them with those of a year ago")),
        )


def _not_compared(row: Comparison, report: BenchmarkReport) -> Sentence:
    """Describe the difference, with both values if these are short."""
    figure, benchmark = row.figure, row.benchmark
    assert benchmark is not None
    assert row.because is not None
    facts: dict[str, Fact] = {
        "source": f"{benchmark.source.partition(',')[0]} {benchmark.year}",
        "theirs": {
            Because.DEFINITION: benchmark.definition,
            Because.BASIS: benchmark.basis,
            Because.WINDOW: benchmark.window,
        }.get(row.because, benchmark.segment),
        "yours": {Because.BASIS: figure.basis, Because.WINDOW: figure.window}.get(row.because, ""),
        "currency": report.currency or "",
        "arr": Quantity(report.arr or 0.0, Unit.MONEY),
        "acv": Quantity(report.acv or 0.0, Unit.MONEY),
    }
    return Sentence(NOT_COMPARED[row.because], facts)


def _benchmark(row: Comparison, report: BenchmarkReport) -> Sentence:
    benchmark = row.benchmark
    assert benchmark is not None
    if row.because is not None:
        return _not_compared(row, report)
    unit = METRICS[benchmark.metric].unit
    facts: dict[str, Fact] = {
        "source": benchmark.source.partition(",")[0],
        "year": str(benchmark.year),
    }
    if benchmark.low is not None and benchmark.high is not None:
        facts["low"] = Quantity(benchmark.low, unit)
        facts["high"] = Quantity(benchmark.high, unit)
    if row.position is Position.WITHIN:
        return _marked(Sentence(POSITIONS[row.position], facts), row)
    what, value = N_("median"), benchmark.median
    if benchmark.low is not None and benchmark.high is not None:
        if row.position is Position.ABOVE:
            what, value = N_("upper end"), benchmark.high
        elif row.position is Position.BELOW:
            what, value = N_("lower end"), benchmark.low
    if value is None:
        what = N_("value")
        value = benchmark.low if benchmark.low is not None else benchmark.high
    assert value is not None
    assert row.position is not None
    facts |= {"what": Marked(what), "value": Quantity(value, unit)}
    return _marked(Sentence(POSITIONS[row.position], facts), row)


def _marked(says: Sentence, row: Comparison) -> Sentence:
    return Sentence(N_("{says} (stale)"), {"says": says}) if row.stale else says
