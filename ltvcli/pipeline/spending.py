"""Files of spend beside files of customers: the steps from both to what a customer cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ltvcli.errors import LagWithoutSpendError, SpendElsewhereError, SpendForBothError
from ltvcli.pipeline import load as reading
from ltvcli.pipeline.load import Load, Step
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.load import Reading
    from ltvcli.read.orders.requested_columns import Asked
    from ltvcli.read.recognise import Kind
    from ltvcli.read.spend.sheets import SpendSheet
    from ltvcli.results.acquisition import Acquisition


def left_out(settings: Settings) -> Settings:
    """Give the settings without what --map says of files of spend, if there are such files."""
    if not settings.spend:
        return settings
    from ltvcli.read import spend

    return spend.without_roles(settings)


def refused(settings: Settings) -> Settings:
    """Do without spend, which cannot be told apart between orders and subscriptions.

    Raises:
        SpendForBothError: it was typed.
    """
    if settings.spend and settings.is_typed("spend"):
        raise SpendForBothError
    return replace(left_out(settings), spend=(), cac_lag=None)


def asked(kind: Kind, sheets: Sequence[Sheet], settings: Settings, temp: Path) -> Asked:
    """Ask orders for the channel of customers, where spend is given and they say it."""
    from ltvcli.read.orders import requested_columns as asked

    if kind != "orders" or not settings.spend:
        return asked.Asked()
    return asked.of_channel(sheets, left_out(settings), temp)


def opened(settings: Settings, temp: Path) -> list[SpendSheet]:
    """Open the files of spend, if there are any.

    Raises:
        LagWithoutSpendError: a lag was typed, but no file.
        InputError: one of them cannot be used.
    """
    if not settings.spend:
        if settings.is_typed("cac_lag"):
            raise LagWithoutSpendError
        return []
    from ltvcli.read import spend

    return spend.opened(settings, temp)


def beside(load: Load, spent: Sequence[Sheet], place: int) -> Load:
    """Let `load` read files of spend too, which are sheets from `place` on in `set_aside`."""

    def both(sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> Reading:
        from ltvcli.read import spend

        found = load(sheets, left_out(settings), engine)
        read = spend.load(spent, settings, engine, found.currency, place)
        return replace(found, inputs=(*found.inputs, *read.inputs))

    return both if spent else load


@contextmanager
def stored(
    kind: Kind,
    sheets: Sequence[Sheet],
    spent: Sequence[Sheet],
    temp: Path,
    settings: Settings,
    rejects: Path | None,
    step: Step,
    asked: Asked | None = None,
) -> Iterator[tuple[Reading, DuckDB]]:
    """Read sheets of customers, what is asked of these, and spend into one engine."""
    others = [*(asked.sheets if asked else ()), *spent]
    place = len(sheets) + len(others) - len(spent)
    load = beside(partial(reading.load, kind, asked=asked), spent, place)
    with reading.stored(sheets, temp, settings, rejects, step, load, others) as both:
        yield both


def acquisition(
    engine: DuckDB, facts: Facts | Subscriptions, settings: Settings
) -> Acquisition | None:
    """Hold the spend that `beside` has read against new customers; None without any.

    Raises:
        SpendElsewhereError: there is no day of which both are known.
    """
    if not settings.spend:
        return None
    from ltvcli.analyses.acquisition import cac as acquisition
    from ltvcli.facts import spend as acquired

    begin = facts.first or facts.as_of
    segments = getattr(facts, "segments", ("",))
    sums = acquired.gather(engine, begin, facts.as_of, settings.cac_lag, segments)
    if sums is None:
        known = engine.row("read/spend/days", {"lag": acquired.days(settings.cac_lag)})
        raise SpendElsewhereError(**known, begin=begin, end=facts.as_of)
    return acquisition.answer(sums)
