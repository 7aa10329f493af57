"""Files into an engine: the steps that every question begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import progress, temporary
from ltvcli.language import N_
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.load import Reading
    from ltvcli.read.orders.requested_columns import Asked
    from ltvcli.read.recognise import Kind

_BOTH = 2  # orders and subscriptions
Step = Callable[[str], None]
"""Told what begins now, for whoever watches."""
Load = Callable[["Sequence[Sheet]", Settings, "DuckDB"], "Reading"]
"""Reads sheets into an engine."""


def unwatched(_: str) -> None:
    """Let a step begin without telling anyone."""


def load(
    kind: Kind,
    sheets: Sequence[Sheet],
    settings: Settings,
    engine: DuckDB,
    asked: Asked | None = None,
) -> Reading:
    """Read sheets as what they hold, orders (and what is asked of these) or subscriptions."""
    from ltvcli.read import subscriptions
    from ltvcli.read.orders import load as orders

    if kind == "orders":
        return orders.load(sheets, settings, engine, asked)
    return subscriptions.load(sheets, settings, engine)


def settings_of(kind: Kind, settings: Settings, kinds: Mapping[Kind, Sequence[Sheet]]) -> Settings:
    """Give what was said of one of two kinds of files; a lapse means nothing for subscriptions."""
    from ltvcli.read.recognise import chosen_for, excluded_for

    own = replace(
        settings,
        map=chosen_for(kind, settings.map, kinds),
        exclude=excluded_for(kind, settings.exclude, kinds),
        origin=settings.origin if len(kinds) < _BOTH else _lenient(settings.origin),
    )
    if kind == "orders":
        return own
    origin = {key: where for key, where in own.origin.items() if key != "lapse_after"}
    return replace(own, lapse_after=None, origin=origin)


def _lenient(origin: Mapping[str, str]) -> dict[str, str]:
    """Forget that words were typed: each of two kinds of files may have only some of them."""
    return {
        name: where
        for name, where in origin.items()
        if name != "status_paid" and not name.startswith("words.")
    }


def gather(
    engine: DuckDB, reading: Reading, settings: Settings, *, by_segment: bool = False
) -> Facts | Subscriptions:
    """Add up what was read; of orders also `by_segment`, if segments were asked for."""
    if reading.inputs[0].kind == "orders":
        from ltvcli.facts import orders as facts

        return facts.gather(engine, reading.as_of, settings.lapse_after, by_segment=by_segment)
    from ltvcli.facts import subscriptions as _subscriptions
    from ltvcli.read.subscriptions import billing

    billed = billing.of(engine)
    return _subscriptions.gather(
        engine, reading.as_of, billed.customers, billed.amount, billed.dated
    )


@contextmanager
def read(
    inputs: Sequence[Any],
    settings: Settings,
    rejects: Path | None,
    step: Step,
    load: Load,
) -> Iterator[tuple[Reading, DuckDB]]:
    """Read files into an engine with `load`; everything temporary is gone afterwards."""
    with (
        opened(inputs, settings, step) as (sheets, temp),
        stored(sheets, temp, settings, rejects, step, load) as found,
    ):
        yield found


@contextmanager
def opened(
    inputs: Sequence[Any], settings: Settings, step: Step
) -> Iterator[tuple[list[Sheet], Path]]:
    """Open files, and a folder for what is temporary."""
    from ltvcli.read.files import open_files

    with temporary.folder() as folder:
        step(N_("Opening the files"))
        yield open_files.open_all(inputs, settings, folder), folder


@contextmanager
def stored(
    sheets: Sequence[Sheet],
    temp: Path,
    settings: Settings,
    rejects: Path | None,
    step: Step,
    load: Load,
    beside: Sequence[Sheet] = (),
) -> Iterator[tuple[Reading, DuckDB]]:
    """Read sheets into an engine with `load`, which may also read those `beside` them."""
    from ltvcli.engines import duckdb
    from ltvcli.read.files import open_files
    from ltvcli.read.rejects import write as write_rejects

    every = [*sheets, *beside]
    with (
        open_files.blamed(every, temp),
        duckdb.open([sheet.path for sheet in every], temp, settings.memory) as engine,
    ):
        step(N_("Reading the files"))
        progress.of_rows(sum(sheet.records.count if sheet.records else 0 for sheet in every))
        try:
            found = load(sheets, settings, engine)
        except Exception:
            open_files.check_unchanged(every)  # which would be the cause
            raise
        open_files.check_unchanged(every)
        if rejects:
            write_rejects(engine, every, rejects)
            open_files.check_unchanged(every)
        yield found, engine
