"""What a customer is worth: the steps of `ltv calc`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__
from ltvcli.errors import TwoCurrenciesError
from ltvcli.language import N_
from ltvcli.pipeline import load as reading
from ltvcli.pipeline import report as reported
from ltvcli.pipeline import spending
from ltvcli.pipeline.load import Step, unwatched
from ltvcli.results import Report
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.load import Reading
    from ltvcli.read.recognise import Kind
    from ltvcli.results.together import TogetherReport


def run(
    inputs: Sequence[Any],
    settings: Settings,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> Report | TogetherReport:
    """Value a customer from exports of orders or of subscriptions, or from given numbers alone.

    Exports of both give a report of each, and what customers brought by both.

    Args:
        inputs: paths, globs, "-" or pandas data frames; none means numbers only.
        settings: what was given; see ltvcli.settings.settings.
        rejects: where to write the rows that were set aside.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.calc import answer

    if not inputs:
        return reported.judged(settings, reported.report(settings, answer.answer(settings, None)))
    with reading.opened(inputs, spending.left_out(settings), step) as (sheets, temp):
        from ltvcli.read import recognise

        kinds = recognise.split(sheets, spending.left_out(settings).map)
        if len(kinds) > 1:
            return _together(kinds, spending.refused(settings), rejects, temp, step)
        spent = spending.opened(settings, temp)
        asked = spending.asked(next(iter(kinds)), sheets, settings, temp)
        stored = spending.stored(
            next(iter(kinds)), sheets, spent, temp, settings, rejects, step, asked
        )
        with stored as (found, engine):
            return _valued(found, engine, settings, step, by_segment=bool(asked.by))


def _valued(
    found: Reading, engine: DuckDB, settings: Settings, step: Step, *, by_segment: bool = False
) -> Report:
    from ltvcli.analyses.calc import answer
    from ltvcli.analyses.cohorts import left_truncation

    step(N_("Adding up"))
    facts = reading.gather(engine, found, settings, by_segment=by_segment)
    step(N_("Valuing customers"))
    costs = spending.acquisition(engine, facts, settings)
    worth = answer.answer(settings, facts, costs)
    crowd = left_truncation.of_any(facts, settings)
    return reported.judged(settings, reported.report(settings, worth, found, facts, costs, crowd))


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
    from ltvcli.analyses import combined
    from ltvcli.read import rejects as aside
    from ltvcli.read.orders import emails
    from ltvcli.results.together import TogetherReport

    every = [sheet for sheets in kinds.values() for sheet in sheets]
    header = aside.widest(every)
    reports: list[Report] = []
    parts: list[Path] = []
    for name, sheets in kinds.items():
        own = reading.settings_of(name, settings, kinds)
        load = partial(reading.load, name)
        with reading.stored(sheets, temp, own, None, step, load) as (found, engine):
            reports.append(replace(_valued(found, engine, own, step), next_command=""))
            if rejects:
                parts.append(temp / f"rejects-{name}.csv")
                aside.write(engine, sheets, parts[-1], () if parts[1:] else header)
            step(N_("Matching customers"))
            emails.add(engine, name, sheets, own.map)
            if name == "orders":
                emails.keep(engine, temp)
            else:
                kept = (temp / emails.CUSTOMERS, temp / emails.EMAILS)
                rows, matched = combined.answer(engine, *kept)
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
    return reported.judged(settings, report, parts=reports)
