"""Figures compared with published ones and with those of a year ago: steps of `ltv benchmark`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli import __version__
from ltvcli.errors import InputError, NoFileError, TwoKindsError, UnansweredError
from ltvcli.language import N_
from ltvcli.pipeline import load, report
from ltvcli.pipeline.load import Files, Loaded
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results.benchmark import Benchmark, BenchmarkReport, Compared
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings
from ltvcli.units import LATEST

if TYPE_CHECKING:
    from ltvcli.analyses.benchmark.own_figures import Moment, Retained
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions

SETTINGS = (
    "as_of", "benchmarks", "cac", "cac_lag", "currency", "date_format", "discount", "encoding",
    "exclude", "from_", "horizon", "lapse_after", "margin", "new_since", "retention_cost", "spend",
    "status_paid", "to",
)  # fmt: skip
"""Settings that change the answer."""
RETAINED = ("nrr", "grr", "logo_churn")
YEAR = 12


class Published(Struct, frozen=True, kw_only=True):
    """The benchmarks of the user and those that come with ltv."""

    given: Sequence[Benchmark]
    shipped: Sequence[Benchmark]


def run(
    inputs: Sequence[Any],
    settings: Settings,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> BenchmarkReport:
    """Compare the figures of exports with benchmarks and with those of 12 months earlier.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given; `benchmarks` names files of the user.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.benchmark import answer

    if not inputs:
        raise NoFileError(command="benchmark", example="subscriptions.csv")
    published = read(settings)
    with load.opened(inputs, settings, step) as files:
        if len(files.kinds) > 1:
            raise TwoKindsError(command="benchmark")
        kind = next(iter(files.kinds))
        with load.load_kind(files, kind, settings, rejects, step, by="channel") as loaded:
            step(N_("Comparing"))
            reading = loaded.reading
            compared, sizes = compare(files, loaded, published)
    figures, rows = compared.figures, compared.comparisons
    benchmark_report = BenchmarkReport(
        command="benchmark",
        version=__version__,
        as_of=reading.as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        given=report.given_settings(settings, SETTINGS),
        basis=next((figure.basis for figure in figures if figure.metric == "ltv_to_cac"), None),
        says=tuple(answer.statements(rows)),
        main="benchmarks",
        tables={"benchmarks": answer.rows(rows)},
        figures=figures,
        comparisons=rows,
        acv=sizes["acv"],
        arr=sizes["arr"],
    )
    return report.with_findings(settings, benchmark_report)


def read(settings: Settings) -> Published:
    """Read the benchmarks of the user and those that come with ltv.

    Raises:
        LtvError: a file of the user cannot be used.
    """
    from ltvcli.read import benchmarks

    given = [row for file in settings.benchmarks for row in benchmarks.read(file)]
    return Published(given=given, shipped=benchmarks.shipped())


def compare(
    files: Files, loaded: Loaded[Facts | Subscriptions], published: Published
) -> tuple[Compared, Mapping[str, float | None]]:
    """Compare the figures of loaded files with benchmarks and with those of 12 months earlier.

    Args:
        files: the opened exports.
        loaded: of them, the files of one kind.
        published: the benchmarks.

    Returns:
        The comparisons, and the size of the business by key of a band.

    Raises:
        LtvError: the data cannot answer.
    """
    from ltvcli.analyses.benchmark import answer, own_figures

    settings, reading = loaded.settings, loaded.reading
    windows = _windows([*published.given, *published.shipped])
    sizes = _sizes(loaded)
    now = _moment(loaded, windows, reading.as_of)
    figures = own_figures.figures(now, _year_ago(files, loaded, windows))
    business = answer.Business(currency=reading.currency, sizes=sizes)
    on = reading.as_of
    if settings.today not in (None, LATEST):
        on = max(on, settings.today)
    rows = answer.compared(figures, published.shipped, published.given, business, on)
    compared = Compared(figures=figures, comparisons=rows, currency=reading.currency)
    return compared, sizes


def _windows(rows: Sequence[Benchmark]) -> tuple[int, ...]:
    """Return the months over which retention is measured: a year, and those of benchmarks."""
    asked = {int(row.window) for row in rows if row.window.isdigit() and row.metric in RETAINED}
    return (YEAR, *sorted(asked - {YEAR}))


def _moment(loaded: Loaded[Facts | Subscriptions], windows: Sequence[int], as_of: date) -> Moment:
    from ltvcli.analyses.benchmark import own_figures

    return own_figures.Moment(
        settings=loaded.settings,
        facts=loaded.facts,
        acquisition=loaded.acquisition,
        retained=_retained(loaded, windows, as_of) if loaded.kind == "subscriptions" else {},
    )


def _retained(
    loaded: Loaded[Facts | Subscriptions], windows: Sequence[int], closes: date
) -> dict[int, Retained]:
    """Return retention of subscriptions over each window, as known now, up to the day `closes`.

    Nothing is known where the data does not say when customers left.
    """
    from ltvcli.analyses.benchmark import retention

    if not getattr(loaded.facts, "dated", True):
        return {window: {} for window in windows}
    return {
        window: retention.between(
            loaded.engine, retention.months_before(closes, window), closes, loaded.facts.first
        )
        for window in windows
    }


def _sizes(loaded: Loaded[Facts | Subscriptions]) -> dict[str, float | None]:
    """Return ACV, ARR and customers of subscriptions at the cut-off date; None for orders."""
    if loaded.kind != "subscriptions":
        return {"acv": None, "arr": None, "customers": float(loaded.facts.customers)}
    from ltvcli.analyses.mrr import answer as mrr

    month = mrr.answer(loaded.engine, loaded.reading.as_of)[-1]
    return {
        "acv": None if month.arpu is None else YEAR * month.arpu,
        "arr": YEAR * month.closing,
        "customers": float(month.customers_closing),
    }


def _year_ago(
    files: Files, loaded: Loaded[Facts | Subscriptions], windows: Sequence[int]
) -> Moment | None:
    """Load the same files as of 12 months earlier; None if they do not reach back that far."""
    from ltvcli.analyses.benchmark import retention

    earlier = retention.months_before(loaded.reading.as_of, YEAR)
    if loaded.facts.first is None or loaded.facts.first > earlier:
        return None
    settings = override(loaded.settings, as_of=earlier)
    retained = _retained(loaded, windows, earlier) if loaded.kind == "subscriptions" else {}
    files_of_year_ago = replace(files, temp=files.temp / "year-ago")
    files_of_year_ago.temp.mkdir()
    try:
        with load.load_kind(
            files_of_year_ago, loaded.kind, settings, None, unwatched, by="channel"
        ) as then:
            return replace(_moment(then, (), earlier), retained=retained)
    except (InputError, UnansweredError):
        return None
