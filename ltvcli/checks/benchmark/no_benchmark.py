"""Figures without a benchmark, as for most shops."""

from __future__ import annotations

from ltvcli.language import N_, Marked
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.benchmark import METRICS, BenchmarkReport

ABOUT = About(
    label=N_("No benchmark"),
    definition=N_(
        "ltv ships only benchmarks from a primary source that states definition, number of "
        "companies and year. Your own go into a file: --benchmarks FILE."
    ),
    source="Rule of ltv",
)


def check(report: BenchmarkReport) -> Finding | None:
    """Name the figures without a benchmark."""
    metrics = dict.fromkeys(
        row.figure.metric for row in report.comparisons if row.benchmark is None
    )
    if not metrics:
        return None
    labels = [Sentence(Marked(METRICS[metric].label)) for metric in metrics]
    return Finding(
        check="no-benchmark",
        severity=Severity.INFO,
        says=Sentence(
            N_("No benchmark for {metrics}: add your own with --benchmarks FILE."),
            {"metrics": _joined(labels)},
        ),
    )


def _joined(labels: list[Sentence]) -> Sentence:
    """Join labels to one fact; each is translated where it is shown."""
    facts = {f"label_{number}": label for number, label in enumerate(labels)}
    return Sentence(", ".join(f"{{{name}}}" for name in facts), facts)
