"""Deals, survey answers, cancellations and events in `ltv sources`, beside exports or without."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.errors import LtvError
from ltvcli.language import N_
from ltvcli.pipeline import read_files, sums
from ltvcli.results import Fact, InputFile, Quantity, Sentence
from ltvcli.results.sources import SourceFile
from ltvcli.settings.settings import Settings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.recognise import Kind

EXPORTS = ("orders", "subscriptions")
OPTIONS = {
    "deals": "--deals",
    "survey": "--survey",
    "cancellations": "--cancellations",
    "events": "--events",
}
"""The option that names files of each kind."""
MATCHED = N_(
    "{with_events} of {customers} {customers:customer|customers} {with_events:has|have} events."
)


class FurtherReading(Struct, frozen=True, kw_only=True):
    """The further files; only events are matched with customers, if there are exports."""

    inputs: tuple[InputFile, ...]
    currency: str | None = None


def load(kind: str, sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> FurtherReading:
    """Read files of one kind, and account for every row.

    Args:
        kind: of OPTIONS.
        sheets: opened files.
        settings: what was given.
        engine: gets the tables.

    Raises:
        InputError: a file cannot be understood.
    """
    from ltvcli.read import cancellations, deals, events, surveys

    as_of = settings.as_of or date.max
    if kind == "deals":
        reading = deals.load(sheets, settings, engine, as_of)
        return FurtherReading(inputs=reading.inputs, currency=reading.currency)
    if kind == "survey":
        asked = surveys.Asked(kind=None, name=sheets[0].name, as_of=as_of)
        return FurtherReading(inputs=surveys.load(sheets, settings, engine, asked, "month"))
    if kind == "events":
        return FurtherReading(inputs=events.load(sheets, settings, engine, as_of, is_matched=False))
    read = cancellations.load(sheets, settings, engine, as_of, is_matched=False)
    return FurtherReading(inputs=read)


def load_matched(
    kind: Kind,
    exports: Sequence[Sheet],
    of_exports: Settings,
    sheets: Sequence[Sheet],
    settings: Settings,
    engine: DuckDB,
) -> FurtherReading:
    """Read logs of events, and match them with the customers of exports.

    Args:
        kind: of the exports.
        exports: opened; where they cannot be read, nothing is matched.
        of_exports: settings of these.
        sheets: opened logs.
        settings: what was given.
        engine: gets the tables.

    Raises:
        InputError: a log cannot be understood, or no event is by a customer.
    """
    from ltvcli.read import emails, events

    try:
        reading = read_files.read_sheets(kind, exports, of_exports, engine)
        sums.gather(engine, reading, of_exports, by_segment=False, with_costs=False, span=None)
        emails.add(engine, kind, exports, of_exports.map)
    except LtvError:
        return load("events", sheets, settings, engine)
    first, *rest = events.load(sheets, settings, engine, reading.as_of, len(exports))
    counts = engine.row("read/events/customers")
    facts: dict[str, Fact] = {name: Quantity(count, Unit.COUNT) for name, count in counts.items()}
    note = Sentence(MATCHED, facts)
    return FurtherReading(inputs=(replace(first, notes=(*first.notes, note)), *rest))


def next_command(files: Sequence[SourceFile], settings: Settings) -> str:
    """Return the command that reads the files with their exports; "" without any.

    Deals and answers are for `ltv scorecard`, cancellations for `ltv report board`, events for
    `ltv predict` with orders, and for `ltv risk` with subscriptions and a file of customers.
    """
    paths = {kind: [file.path for file in files if file.kind == kind] for kind in OPTIONS}
    if not any(paths.values()):
        return ""
    command, kinds = ["scorecard"], ("deals", "survey")
    if paths["cancellations"] and not paths["deals"]:
        command, kinds = ["report", "board"], ("survey", "cancellations")
    elif paths["events"] and not paths["deals"] and not paths["survey"]:
        return _with_events(files, settings, paths["events"])
    exports = [file.path for file in files if file.kind in EXPORTS] or ["subscriptions.csv"]
    named = [word for kind in kinds for path in paths[kind] for word in (OPTIONS[kind], path)]
    return shlex.join(["ltv", *command, *exports, *settings.typed, *named])


def _with_events(files: Sequence[SourceFile], settings: Settings, logs: Sequence[str]) -> str:
    """Return the command that reads logs of events beside their exports.

    Args:
        files: all.
        settings: what was given.
        logs: paths of the logs.
    """
    exports = [file.path for file in files if file.kind in EXPORTS]
    words = ["predict", *(exports or ["orders.csv"])]
    if any(file.kind == "subscriptions" for file in files):
        words = ["risk", *exports, "--customers", "customers.csv"]
    named = [word for path in logs for word in (OPTIONS["events"], path)]
    return shlex.join(["ltv", *words, *settings.typed, *named])
