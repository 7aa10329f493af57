"""Published benchmarks: `ltvcli.benchmark("subscriptions.csv")`."""

from __future__ import annotations

from functools import partial
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.api.recording import answered
from ltvcli.results.benchmark import BenchmarkReport


class BenchmarkAnswer(Convertible, BenchmarkReport, frozen=True, kw_only=True):
    """A BenchmarkReport with methods to convert it."""


@written_errors()
def benchmark(*inputs: Any, **options: Any) -> BenchmarkAnswer:
    """Compare the figures of exports with published benchmarks, and with those of a year ago.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or subscriptions.
        options: the options of `ltv benchmark` with underscores: `benchmarks="benchmarks.csv"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import benchmark as steps

    return convertible(BenchmarkAnswer, answered(options, partial(steps.run, inputs)))
