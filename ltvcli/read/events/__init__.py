"""Logs of events to the view `events`: customer, event and time, matched with customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ltvcli.errors import EventsNotMatchedError, NoEventsError
from ltvcli.language import N_
from ltvcli.read import accounts
from ltvcli.read.columns import by_header
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.events import coverage, days
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import Fact, InputFile, Quantity, Sentence
from ltvcli.settings.reading import ReadingSettings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

PREFIX = "event"
"""What the roles of --map that are about events begin with."""
NEEDED = {
    N_("the customer"): ("event_customer", "event_email"),
    N_("the day of the event"): ("event_day",),
    N_("what happened"): ("event_name",),
}
UNMATCHED = ("customer-unknown", "customer-unclear")
NOT_NUMBERS = N_(
    "{n} {n:cell|cells} of “{column}” {n:is not a number; this event counts|are not numbers; these "
    "events count} without a value."
)


def roles(settings: ReadingSettings) -> dict[str, str]:
    """Return the roles of --map for logs of events."""
    return {role: column for role, column in settings.map.items() if role.startswith(PREFIX)}


def load(
    sheets: Sequence[Sheet],
    settings: ReadingSettings,
    engine: DuckDB,
    as_of: date,
    place: int = 0,
    *,
    is_matched: bool = True,
) -> tuple[InputFile, ...]:
    """Fill the view `events(customer TEXT, day DATE, event TEXT, value DOUBLE)`.

    A customer is one of the table `customers`: the one with that ID, or else the only one with that
    e-mail address. An event whose ID is there before is not counted again.

    Args:
        sheets: logs, opened.
        settings: of which `map`, `date_format` and `today` matter.
        engine: holds `customers`, and `emails` (of read.emails); gets the tables.
        as_of: last day of the data; later events are excluded.
        place: position of the first sheet in the table `excluded_rows`.
        is_matched: whether there are customers to match; else `events` is not filled.

    Raises:
        InputError: a file cannot be understood, or no event is by a customer.
        InternalError: rows were lost on the way.
    """
    engine.define_macros("read/macros", "read/events/macros")
    engine.run("read/events/rows")
    seen: set[str] = set()
    meanings = []
    for number, sheet in enumerate(sheets):
        meanings.append(_store(engine, number, sheet, settings, as_of))
        if sheet.contents in seen:
            engine.execute(
                "update event_rows set reason = 'duplicate-file' where sheet = $sheet",
                {"sheet": number},
            )
        seen.add(sheet.contents)
    engine.run("read/events/repeated")
    if is_matched:
        engine.run("read/events/matched")
    engine.run("read/events/excluded_rows", {"place": place})
    alerts = (
        coverage.alerts(engine, sheets, [columns for columns, _ in meanings]) if is_matched else ()
    )
    inputs = accounts.inputs(engine, "read/events", "events", sheets, meanings, alerts)
    _check_used(engine, inputs)
    return inputs


def _store(
    engine: DuckDB, number: int, sheet: Sheet, settings: ReadingSettings, as_of: date
) -> tuple[Columns, list[Sentence]]:
    """Add one sheet to `event_rows`."""
    columns = by_header.understand(sheet, "events", NEEDED, roles(settings))
    cell = {role.partition("_")[2]: f"c{at}" for role, at in columns.position.items()}
    day, values, notes = days.reading(engine, sheet, columns, settings)
    missing = "null::text"
    fields = {
        "id": f"event_person({cell['customer']})" if "customer" in cell else missing,
        "email": _email(cell["email"]) if "email" in cell else missing,
        "day": day,
        "event": f"nullif(segment_value({cell['name']}), '')",
        "value": _value(cell["value"]) if "value" in cell else "null::double",
        "event_id": f"md5_number(nullif(trim({cell['id']}), ''))"
        if "id" in cell
        else "null::uhugeint",
    }
    scan.store(engine, "event_table", sheet, fields, values)
    engine.run("read/events/add", {"sheet": number, "as_of": as_of})
    engine.execute("drop table event_table")
    if "value" in cell:
        notes += _not_numbers(engine, sheet, columns, cell["value"])
    return columns, notes


def _email(cell: str) -> str:
    return f"case when contains({cell}, '@') then tidy_id({cell}) end"


def _value(cell: str) -> str:
    return f"cast(point_number({cell}) as double)"


def _not_numbers(engine: DuckDB, sheet: Sheet, columns: Columns, cell: str) -> list[Sentence]:
    """Count the values that cannot be read as numbers."""
    source, parameters = scan.relation(sheet)
    ((count,),) = engine.execute(
        f"select count(*) from {source} where not is_blank({cell}) and {_value(cell)} is null",
        parameters,
    ).fetchall()
    if not count:
        return []
    facts: dict[str, Fact] = {
        "n": Quantity(count, Unit.COUNT),
        "column": columns.name("event_value"),
    }
    return [Sentence(NOT_NUMBERS, facts)]


def _check_used(engine: DuckDB, inputs: Sequence[InputFile]) -> None:
    """Make sure that there is an event.

    Raises:
        EventsNotMatchedError: there are events, but none is by a customer.
        NoEventsError: no row is an event of somebody.
    """
    if any(file.rows_used for file in inputs):
        return
    reasons: Counter[str] = Counter()
    for file in inputs:
        reasons.update(file.set_aside)
    if any(reasons[reason] for reason in UNMATCHED):
        examples: Mapping[str, str] = engine.row("read/events/examples")
        raise EventsNotMatchedError(
            file=inputs[0].path,
            example=examples["named"] or "-",
            other=", ".join(filter(None, (examples["known"], examples["email"]))),
        )
    shown = ", ".join(f"{name} {count}" for name, count in reasons.most_common())
    raise NoEventsError(file=inputs[0].path, reasons=shown or "-")
