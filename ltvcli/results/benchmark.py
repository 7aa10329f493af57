"""Figures of a business compared with published ones, and with those a year ago."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.figures import Estimate
from ltvcli.results.reports import TableReport
from ltvcli.units import Money, Unit

STANDARD = "standard"
"""The definition that `ltv explain` gives."""
WHOLE_HISTORY = "all"
"""A window: everything from the first day of the data."""


class Metric(Struct, frozen=True, kw_only=True):
    """A figure that can be compared: its name on a page, unit, and basis."""

    label: str
    unit: Unit
    bases: tuple[str, ...]


METRICS: Mapping[str, Metric] = {
    "nrr": Metric(label=N_("NRR"), unit=Unit.RATE, bases=("mrr",)),
    "grr": Metric(label=N_("GRR"), unit=Unit.RATE, bases=("mrr",)),
    "logo_churn": Metric(label=N_("Customer churn"), unit=Unit.RATE, bases=("customers",)),
    "ltv_to_cac": Metric(label=N_("LTV/CAC"), unit=Unit.RATIO, bases=("margin", "revenue")),
    "cac": Metric(label=N_("CAC"), unit=Unit.MONEY, bases=("spend",)),
    "arpu": Metric(label=N_("ARPU"), unit=Unit.MONEY, bases=("mrr", "revenue")),
    "aov": Metric(label=N_("Average order value"), unit=Unit.MONEY, bases=("revenue",)),
    "frequency": Metric(label=N_("Orders per year"), unit=Unit.RATIO, bases=("orders",)),
    "repeat_rate": Metric(label=N_("Repeat rate"), unit=Unit.RATE, bases=("customers",)),
    "margin": Metric(label=N_("Gross margin"), unit=Unit.RATE, bases=("revenue",)),
}
"""Metrics of a file of benchmarks, in the order of a page."""


class Because(StrEnum):
    """Why a benchmark is not compared; reasons are checked in this order."""

    NO_BENCHMARK = "no-benchmark"
    NOT_MEASURED = "not-measured"
    DEFINITION = "definition-differs"
    BASIS = "basis-differs"
    WINDOW = "window-differs"
    CURRENCY_UNKNOWN = "currency-unknown"
    CURRENCY = "currency-differs"
    SIZE_UNKNOWN = "size-unknown"
    SEGMENT = "other-segment"
    EXCLUDED = "size-excluded"


class Position(StrEnum):
    """Position of a figure against a benchmark, where its 95% CI is clear."""

    ABOVE = "above"
    BELOW = "below"
    WITHIN = "within"
    CLOSE = "not-distinguishable"


class Band(Struct, frozen=True, kw_only=True):
    """Size of the companies of a benchmark: `low` <= size < `high` of `key`, money in `currency`.

    `key` is acv (annual contract value: 12 x ARPU), arr (12 x MRR) or customers. A band of `arr`
    or `customers` excludes companies altogether, a band of `acv` is one segment of several.
    """

    key: str
    low: float | None
    high: float | None
    currency: str


class Benchmark(Struct, frozen=True, kw_only=True):
    """One published figure, as a row of a file states it.

    Attributes:
        metric: key of METRICS.
        definition: "standard", or the words of the source.
        segment: as written in the file.
        bands: the parts of `segment` that the data can answer.
        traits: the other parts, which only a reader can answer.
        low: lower end of the usual range, for example the first quartile.
        median: the middle.
        high: upper end of the usual range.
        n: companies behind it.
        year: of publication.
        source: publisher and title.
        url: of the source.
        basis: of the measurement.
        currency: of money; "" for other units.
        window: months that it covers, or "all".
        place: file and line.
    """

    metric: str
    definition: str
    segment: str
    bands: tuple[Band, ...]
    traits: tuple[str, ...]
    low: float | None
    median: float | None
    high: float | None
    n: int | None
    year: int
    source: str
    url: str
    basis: str
    currency: str
    window: str
    place: str


class OwnFigure(Struct, frozen=True, kw_only=True):
    """A figure of the data by its standard definition, now and 12 months earlier."""

    metric: str
    basis: str
    window: str
    now: Estimate | None
    year_ago: Estimate | None


class Comparison(Struct, frozen=True, kw_only=True):
    """A figure and one benchmark, or none; `because` is None if they are compared."""

    figure: OwnFigure
    benchmark: Benchmark | None
    because: Because | None
    position: Position | None
    stale: bool


class Compared(Struct, frozen=True, kw_only=True):
    """Figures of the data and benchmarks beside them, for a report of something else."""

    figures: tuple[OwnFigure, ...]
    comparisons: tuple[Comparison, ...]
    currency: str | None


class BenchmarkReport(TableReport, frozen=True, kw_only=True):
    """Figures and benchmarks; `acv` and `arr` are those of the data, None for orders."""

    kind: ClassVar = "benchmark"
    figures: tuple[OwnFigure, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    acv: Money | None = None
    arr: Money | None = None
