"""The companies of a benchmark, where the data does not show whether they are comparable."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.benchmark import BenchmarkReport

ABOUT = About(
    label=N_("Companies behind a benchmark"),
    definition=N_(
        "A benchmark describes certain companies. Size is compared with the data; industry, "
        "country or customers are for you to judge."
    ),
    source=(
        "Survivorship and selection bias: companies that answer a survey are not a random sample"
    ),
)


def check(report: BenchmarkReport) -> Finding | None:
    """Name the companies of the benchmarks with which figures were compared."""
    traits = dict.fromkeys(
        trait
        for row in report.comparisons
        if row.because is None and row.benchmark
        for trait in row.benchmark.traits
    )
    if not traits:
        return None
    return Finding(
        check="benchmark-traits",
        severity=Severity.INFO,
        says=Sentence(
            N_("Only you can tell whether this describes your company: {traits}."),
            {"traits": "; ".join(traits)},
        ),
    )
