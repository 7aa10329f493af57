"""The steps, in order, one function per question. Nothing here computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__, reported
from ltvcli.config import Settings
from ltvcli.errors import (
    ContradictionError,
    NoFileError,
    NoMonthShownError,
    NotAChoiceError,
    TwoCurrenciesError,
)
from ltvcli.language import N_
from ltvcli.results import MrrReport, Report, TogetherReport

if TYPE_CHECKING:
    from ltvcli.analyses._subscriptions import Subscriptions
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.facts import Facts
    from ltvcli.read.kind import Kind
    from ltvcli.read.orders import Reading
    from ltvcli.read.sheet import Sheet

BY = "plan"
"""What MRR can be told apart by."""
MRR_SETTINGS = (
    "as_", "as_of", "currency", "date_format", "encoding", "from_", "new_since", "to"
)  # fmt: skip
"""Settings that change what `mrr` says."""
Step = Callable[[str], None]
"""Told what begins now, for whoever watches."""
Load = Callable[["Sequence[Sheet]", Settings, "DuckDB"], "Reading"]
"""Reads sheets into an engine."""


def _unwatched(_: str) -> None:
    pass


def calc(
    inputs: Sequence[Any],
    settings: Settings,
    rejects: Path | None = None,
    step: Step = _unwatched,
) -> Report | TogetherReport:
    """Value a customer from exports of orders or of subscriptions, or from given numbers alone.

    Exports of both give a report of each, and what customers brought by both.

    Args:
        inputs: paths, globs, "-" or pandas data frames; none means numbers only.
        settings: what was given; see ltvcli.config.
        rejects: where to write the rows that were set aside.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses import economics

    if not inputs:
        return reported.judged(
            settings, reported.report(settings, economics.answer(settings, None))
        )
    with _opened(inputs, settings, step) as (sheets, temp):
        from ltvcli.read import kind

        kinds = kind.split(sheets, settings.map)
        if len(kinds) > 1:
            return _together(kinds, settings, rejects, temp, step)
        load = partial(_load, next(iter(kinds)))
        with _reading(sheets, temp, settings, rejects, step, load) as (reading, engine):
            return _valued(reading, engine, settings, step)


def _valued(reading: Reading, engine: DuckDB, settings: Settings, step: Step) -> Report:
    from ltvcli.analyses import economics

    step(N_("Adding up"))
    facts = _gather(engine, reading, settings)
    step(N_("Valuing customers"))
    found = economics.answer(settings, facts)
    return reported.judged(settings, reported.report(settings, found, reading, facts))


def _together(
    kinds: Mapping[Kind, Sequence[Sheet]],
    settings: Settings,
    rejects: Path | None,
    temp: Path,
    step: Step,
) -> TogetherReport:
    """Value orders and subscriptions one after the other, then match their customers.

    Raises:
        TwoCurrenciesError: they are in different ones.
    """
    from ltvcli.analyses import together
    from ltvcli.read import people
    from ltvcli.read import rejects as aside
    from ltvcli.read.kind import chosen_for

    every = [sheet for sheets in kinds.values() for sheet in sheets]
    header = aside.widest(every)
    reports: list[Report] = []
    parts: list[Path] = []
    for name, sheets in kinds.items():
        own = replace(settings, map=chosen_for(name, settings.map, kinds))
        if name == "subscriptions":
            origin = {one: where for one, where in own.origin.items() if one != "lapse_after"}
            own = replace(own, lapse_after=None, origin=origin)
        with _reading(sheets, temp, own, None, step, partial(_load, name)) as (reading, engine):
            reports.append(replace(_valued(reading, engine, own, step), next_command=""))
            if rejects:
                parts.append(temp / f"rejects-{name}.csv")
                aside.write(engine, sheets, parts[-1], () if parts[1:] else header)
            step(N_("Matching customers"))
            people.add(engine, name, sheets, own.map)
            if name == "orders":
                people.keep(engine, temp)
            else:
                kept = (temp / people.CUSTOMERS, temp / people.EMAILS)
                rows, matched = together.answer(engine, *kept)
    if rejects:
        aside.join(parts, every, rejects)
    orders, subscriptions = reports
    codes = {one.currency for one in reports} - {None}
    if len(codes) > 1:
        raise TwoCurrenciesError(orders=orders.currency, subscriptions=subscriptions.currency)
    report = TogetherReport(
        command="calc",
        version=__version__,
        as_of=orders.as_of if orders.as_of == subscriptions.as_of else None,
        currency=next(iter(codes), None),
        inputs=orders.inputs + subscriptions.inputs,
        given=reported.said(settings),
        orders=orders,
        subscriptions=subscriptions,
        matched=matched,
        tables={"together": rows},
    )
    return reported.judged(settings, report)


def mrr(
    inputs: Sequence[Any],
    settings: Settings,
    *,
    by: str | None = None,
    reconcile: bool = False,
    rejects: Path | None = None,
    step: Step = _unwatched,
) -> MrrReport:
    """Follow monthly recurring revenue from exports of subscriptions.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given; `from_` and `to` say which months to show.
        by: "plan" to tell plans apart; not together with `reconcile`.
        reconcile: compare `standard` with every convention, or with the chosen one: over the
            chosen months, or else the newest that is over.
        rejects: where to write the rows that were set aside.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses import _subscribers, _subscriptions, conventions, mrr
    from ltvcli.analyses import reconcile as comparison
    from ltvcli.read import subscriptions
    from ltvcli.read.subscriptions import billing

    convention = conventions.convention(settings.as_ or conventions.STANDARD.name)
    if not inputs:
        raise NoFileError(command="mrr", example="subscriptions.csv")
    if by not in (None, BY):
        raise NotAChoiceError(name="--by", text=by, known=(BY,), example=f"--by {BY}")
    if by and reconcile:
        because = N_("each asks for a table of its own")
        raise ContradictionError(first="--reconcile", second="--by", because=because)
    period = (settings.from_, settings.to)
    with _read(inputs, settings, rejects, step, subscriptions.load) as (reading, engine):
        step(N_("Following MRR"))
        as_of = reading.as_of
        months = mrr.answer(engine, as_of, convention, *period)
        if not months:
            began = [one.first for one in reading.inputs if one.first]
            raise NoMonthShownError(first=min(began, default=as_of), last=as_of)
        plans = mrr.by_plan(engine, as_of, convention, *period) if by else ()
        over = [one.month for one in months if one.complete] or [months[-1].month]
        compared = (over[0] if any(period) else over[-1], over[-1]) if reconcile else ()
        names = dict.fromkeys((conventions.STANDARD.name, convention.name))
        asked = names if settings.as_ else conventions.CONVENTIONS
        comparisons = comparison.answer(engine, as_of, *compared, asked) if compared else ()
        counts_until_end = convention.churn_date == "ended" and settings.to is None
        leaving = mrr.leaving(engine, as_of) if counts_until_end else None
        step(N_("Following customers"))
        stays = _subscriptions.stays(engine, as_of, billing.of(engine).customers)
    report = MrrReport(
        command="mrr",
        version=__version__,
        as_of=as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        given=reported.said(settings, MRR_SETTINGS),
        convention=convention.name,
        months=months,
        plans=plans,
        comparisons=comparisons,
        compared=compared,
        leaving=leaving,
        survival=_subscribers.survival(stays),
    )
    return reported.judged(settings, report)


def _load(kind: Kind, sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> Reading:
    """Read sheets as what they hold, orders or subscriptions."""
    from ltvcli.read import orders, subscriptions

    load = orders.load if kind == "orders" else subscriptions.load
    return load(sheets, settings, engine)


def _gather(engine: DuckDB, reading: Reading, settings: Settings) -> Facts | Subscriptions:
    """Add up what was read."""
    if reading.inputs[0].kind == "orders":
        from ltvcli import facts

        return facts.gather(engine, reading.as_of, settings.lapse_after)
    from ltvcli.analyses import _subscriptions
    from ltvcli.read.subscriptions import billing

    billed = billing.of(engine)
    return _subscriptions.gather(
        engine, reading.as_of, billed.customers, billed.amount, billed.dated
    )


@contextmanager
def _read(
    inputs: Sequence[Any],
    settings: Settings,
    rejects: Path | None,
    step: Step,
    load: Load,
) -> Iterator[tuple[Reading, DuckDB]]:
    """Read files into an engine with `load`; everything temporary is gone afterwards."""
    with (
        _opened(inputs, settings, step) as (sheets, temp),
        _reading(sheets, temp, settings, rejects, step, load) as read,
    ):
        yield read


@contextmanager
def _opened(
    inputs: Sequence[Any], settings: Settings, step: Step
) -> Iterator[tuple[list[Sheet], Path]]:
    """Open files, and a folder for what is temporary."""
    from tempfile import TemporaryDirectory

    from ltvcli.read import files

    with TemporaryDirectory(prefix="ltv-") as folder:
        step(N_("Opening the files"))
        yield files.open_all(inputs, settings, Path(folder)), Path(folder)


@contextmanager
def _reading(
    sheets: Sequence[Sheet],
    temp: Path,
    settings: Settings,
    rejects: Path | None,
    step: Step,
    load: Load,
) -> Iterator[tuple[Reading, DuckDB]]:
    """Read sheets into an engine with `load`."""
    from ltvcli.engines import duckdb
    from ltvcli.read.rejects import write as write_rejects

    with duckdb.open([sheet.path for sheet in sheets], temp, settings.memory) as engine:
        step(N_("Reading the files"))
        reading = load(sheets, settings, engine)
        if rejects:
            write_rejects(engine, sheets, rejects)
        yield reading, engine
