"""Files into an engine: opened, read, and their excluded rows written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from ltvcli import progress, temporary
from ltvcli.errors import LagWithoutSpendError
from ltvcli.language import N_
from ltvcli.pipeline.kind_settings import without_spend_roles
from ltvcli.pipeline.sharing import once, private
from ltvcli.pipeline.steps import Step
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.experiments import ExperimentReading
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.load import Reading
    from ltvcli.read.orders.requested_columns import RequestedColumns
    from ltvcli.read.recognise import Kind
    from ltvcli.read.spend.sheets import SpendSheet

ReadSheets = Callable[["Sequence[Sheet]", Settings, "DuckDB"], "Reading"]
"""Reads sheets into an engine."""
AnyReading = TypeVar("AnyReading", bound="Reading | ExperimentReading")


@contextmanager
def open_sheets(
    inputs: Sequence[Any], settings: Settings, step: Step
) -> Iterator[tuple[list[Sheet], Path]]:
    """Open files, and a private folder for temporary files.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: all settings.
        step: called with the name of each step.
    """
    key = f"sheets {[id(source) for source in inputs]}"
    with once(key, lambda: _opened(inputs, settings, step)) as (sheets, folder):
        yield sheets, private(folder)


@contextmanager
def _opened(
    inputs: Sequence[Any], settings: Settings, step: Step
) -> Iterator[tuple[list[Sheet], Path]]:
    from ltvcli.engines import _early_connection
    from ltvcli.engines.addresses import Table
    from ltvcli.read.files import open_files
    from ltvcli.read.tables import open_tables

    with (
        temporary.folder() as folder,
        _early_connection.allowed(),
        open_tables.named(inputs) as named,
    ):
        if any(isinstance(source, Table) for source in named):
            step(N_("Opening the database"))
            yield open_tables.open_all(named, settings, folder), folder
            return
        step(N_("Opening the files"))
        yield open_files.open_all(inputs, settings, folder, may_count=True), folder


def open_spend(settings: Settings, temp: Path) -> list[SpendSheet]:
    """Open the files of spend, if there are any.

    Raises:
        LagWithoutSpendError: a lag was typed, but no file.
        InputError: a file cannot be used.
    """
    if not settings.spend:
        if settings.is_typed("cac_lag"):
            raise LagWithoutSpendError
        return []
    from ltvcli.read import spend

    return spend.opened(settings, temp)


def open_beside(paths: Sequence[Any], settings: Settings, temp: Path, name: str) -> list[Sheet]:
    """Open files that are read with the exports, such as deals.

    Args:
        paths: as typed.
        settings: of which `encoding` matters, and `map` for roles that begin with `name`.
        temp: private folder, deleted by the caller.
        name: of what the files hold, as the roles of --map about it begin.

    Raises:
        InputError: a file cannot be used.
    """
    from ltvcli.read.files import open_files

    roles = {role: column for role, column in settings.map.items() if role.startswith(name)}
    folder = temp / name
    folder.mkdir()
    return open_files.open_all(paths, override(settings, map=roles), folder)


def read_sheets(
    kind: Kind,
    sheets: Sequence[Sheet],
    settings: Settings,
    engine: DuckDB,
    requested: RequestedColumns | None = None,
) -> Reading:
    """Read sheets of orders, with the requested columns, or of subscriptions.

    Args:
        kind: what the sheets hold.
        sheets: opened files.
        settings: all settings.
        engine: gets the tables.
        requested: columns of segments and, for orders, of costs.
    """
    exports = without_spend_roles(settings)
    if sheets[0].table is not None:
        from ltvcli.read.tables import load as tables

        return tables.load(sheets[0], exports, engine, requested)
    if kind == "orders":
        from ltvcli.read.orders import load as orders

        return orders.load(sheets, exports, engine, requested)
    from ltvcli.read.subscriptions import load as subscriptions

    if requested is None:
        return subscriptions.load(sheets, exports, engine)
    return subscriptions.load(
        sheets, exports, engine, requested.by, is_optional=requested.is_optional
    )


@contextmanager
def engine_beside(
    sheets: Sequence[Sheet], spend: Sequence[Sheet], temp: Path, settings: Settings
) -> Iterator[DuckDB | None]:
    """Open an engine for spend, where the orders are in one that reads no files; else yield None.

    Args:
        sheets: of the exports, or a table.
        spend: files of spend, opened.
        temp: private folder.
        settings: of which the memory limit matters here.
    """
    table = sheets[0].table
    if table is None or table.is_local or not spend:
        yield None
        return
    from ltvcli.engines import duckdb

    paths = [path for sheet in spend for path in sheet.paths]
    with duckdb.open(paths, temp, settings.memory) as engine:
        yield engine


def with_spend(
    read: ReadSheets, spend: Sequence[Sheet], first: int, spend_engine: DuckDB | None = None
) -> ReadSheets:
    """Return a reader that also reads sheets of spend, numbered from `first`.

    Args:
        read: reads the other sheets.
        spend: files of spend, opened.
        first: number of the first sheet of spend.
        spend_engine: engine that gets spend, if that of the other sheets reads no files.
    """

    def both(sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> Reading:
        from ltvcli.read import spend as of_spend

        reading = read(sheets, settings, engine)
        spent = of_spend.load(spend, settings, spend_engine or engine, reading.currency, first)
        return replace(reading, inputs=(*reading.inputs, *spent.inputs))

    return both


def _with_stray_cells(reading: AnyReading, sheets: Sequence[Sheet]) -> AnyReading:
    """Add the alert of cells that were left out of a workbook to its file."""
    from ltvcli.results import Fact, Quantity
    from ltvcli.units import Unit

    alerts: dict[str, Mapping[str, Fact]] = {
        sheet.name: {"cells": Quantity(sheet.stray.count, Unit.COUNT), "cell": sheet.stray.first}
        for sheet in sheets
        if sheet.stray is not None
    }
    if not alerts:
        return reading
    inputs = (
        replace(file, alerts={**file.alerts, "stray-cells": alerts[file.path]})
        if file.path in alerts
        else file
        for file in reading.inputs
    )
    return replace(reading, inputs=tuple(inputs))


def _engine(
    every: Sequence[Sheet], temp: Path, settings: Settings
) -> AbstractContextManager[DuckDB]:
    """Open the engine that holds a table, or one that can read files."""
    from ltvcli.engines import addresses, duckdb

    files = [path for sheet in every for path in sheet.paths if sheet.table is None]
    if table := every[0].table:
        return addresses.open(table, temp, settings.memory, files)
    return duckdb.open(files, temp, settings.memory)


@contextmanager
def stored(
    sheets: Sequence[Sheet],
    temp: Path,
    settings: Settings,
    rejects: Path | None,
    step: Step,
    read: Callable[[Sequence[Sheet], Settings, DuckDB], AnyReading],
    further_sheets: Sequence[Sheet] = (),
) -> Iterator[tuple[AnyReading, DuckDB]]:
    """Open an engine, read sheets into it, and write the excluded rows.

    Args:
        sheets: of the exports.
        temp: private folder.
        settings: all settings.
        rejects: where to write the excluded rows.
        step: called with the name of each step.
        read: reads the sheets.
        further_sheets: sheets that `read` reads besides: a customers file, spend.
    """
    from ltvcli.read.files import open_files
    from ltvcli.read.rejects import write as write_rejects

    every = [*sheets, *further_sheets]
    with open_files.blamed(every, temp), ExitStack() as engines:
        while True:
            engine = engines.enter_context(_engine(every, temp, settings))
            step(N_("Reading the files"))
            progress.of_rows(sum(sheet.records.count if sheet.records else 0 for sheet in every))
            try:
                reading = _with_stray_cells(read(sheets, settings, engine), every)
            except Exception:
                open_files.check_unchanged(every)  # which would be the cause
                if not open_files.find_again(every, temp):
                    raise
            else:
                open_files.check_unchanged(every)
                # Files that were not stored as a whole may have been miscounted without an error.
                if not open_files.find_again(every, temp):
                    break
            engines.close()  # and read again: the records of a file were miscounted
        if rejects:
            write_rejects(engine, every, rejects)
            open_files.check_unchanged(every)
        yield reading, engine
