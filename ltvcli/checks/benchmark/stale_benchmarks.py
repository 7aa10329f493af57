"""Old benchmarks: markets and prices have changed since."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.benchmark import BenchmarkReport

ABOUT = About(
    label=N_("Stale benchmarks"),
    definition=N_(
        "A benchmark is stale more than 24 months after the start of the year it was published in."
    ),
    source="Rule of ltv: a survey describes the year before it",
)


def check(report: BenchmarkReport) -> Finding | None:
    """Find stale benchmarks; a warning if a figure was compared with one."""
    stale = [row for row in report.comparisons if row.stale and row.benchmark]
    used = [row for row in stale if row.because is None]
    years = sorted({row.benchmark.year for row in used or stale if row.benchmark})
    if not years:
        return None
    says = Sentence(
        N_(
            "Benchmarks of {first} are older than 24 months: compare with your own earlier "
            "figures instead."
        ),
        {"first": str(years[0])},
    )
    if years[1:]:
        says = Sentence(
            N_(
                "Benchmarks of {first} to {last} are older than 24 months: compare with your own "
                "earlier figures instead."
            ),
            {"first": str(years[0]), "last": str(years[-1])},
        )
    return Finding(
        check="stale-benchmarks",
        severity=Severity.WARNING if used else Severity.INFO,
        says=says,
    )
