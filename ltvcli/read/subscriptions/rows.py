"""One sheet of subscriptions as typed rows: IDs, days, amount per interval, and state.

| record of the file                          | row of `subscription_sheet_0`                     |
| c1,Pro,2026-01-05,,active,120.00,year       | customer 'c1', plan 'Pro', start 2026-01-05,      |
|                                             | stop NULL, status 'paying', gross 120, months 12  |
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.errors import NumericIntervalError, UnknownIntervalError, UnknownStatusError
from ltvcli.language import N_
from ltvcli.read.columns import discounts
from ltvcli.read.columns.status_decisions import Decided
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import dates
from ltvcli.read.subscriptions import (
    customer_keys,
    fields,
    formats,
    money,
    numbered_words,
    seen_intervals,
    word_fields,
)
from ltvcli.read.subscriptions.columns import NUMBERS, Meaning
from ltvcli.read.subscriptions.exclusions import decide
from ltvcli.read.subscriptions.fields import PLAIN, PROBLEM_IF_PLAIN, Query, empty_query
from ltvcli.read.subscriptions.shapes import DATES
from ltvcli.read.subscriptions.texts import Texts, different_texts
from ltvcli.results import Fact, Sentence, StatusWord
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

AS_END = N_("“{column}” was used as the end date, because no other column has one.")
AS_CUSTOMER = N_("There is no customer column, so each “{column}” counts as one customer.")
_CONSTANT = ("null::date", "null::text", "false")
"""SQL of fields that a file has no column for."""
_NOT_STORED = (*_CONSTANT, PROBLEM_IF_PLAIN)
_UNDISCOUNTED = {
    "net": "gross",
    "yearly": "case when list_yearly < 0 then 0::decimal(18, 4) else list_yearly end",
}
"""SQL of amounts from those before discounts, where there are none."""
_NAMED = ("currency", "months", "days", "gross", "net")
"""Fields that others name, so that they are computed before these, once."""
_SAMPLE = 2000  # sampled rows; if they are plain, reading all as plain is tried
_PLAIN_NUMBER = re.compile(r"(-?\d{1,14}(\.\d{1,2})?)?", re.ASCII)
_PLAIN_DAY = re.compile(r"\d{4}-\d\d-\d\d|$", re.ASCII)


class SubscriptionRows(Struct, frozen=True, kw_only=True):
    """The table `subscription_sheet_<index>` in the engine: one row per record, in file order.

    Columns: customer_key, a number for the customer; customer, subscription, plan, currency and
    status TEXT; start, stop (the end), asked, trial_start, trial_end, period_start, period_end and
    paused DATE; months and days that an amount is for; gross and net, before and after discounts;
    list_yearly and yearly, the same for twelve months, where the interval is known; problem and
    row_reason, why it is excluded.

    `source` is SQL with all of these columns and `record`, the number of the row. The table lacks
    what is the same for every row, or made from another column. `lacks_amounts` is true if the
    interval of some rows became known after their amounts per year were stored.
    """

    index: int
    source: str
    sheet: Sheet
    meaning: Meaning
    notes: tuple[Sentence, ...]
    alerts: Mapping[str, Mapping[str, Fact]]
    decided: tuple[Decided, ...] = ()
    statuses: tuple[StatusWord, ...] = ()
    lacks_amounts: bool = False

    @property
    def table(self) -> str:
        """Name of the table."""
        return f"subscription_sheet_{self.index}"


def store(
    engine: DuckDB, index: int, sheet: Sheet, meaning: Meaning, settings: ReadingSettings
) -> SubscriptionRows:
    """Store one sheet in the engine.

    Plain files are read once, or twice if they are short, and then proved to have been plain; all
    others are looked at as a whole first.

    Args:
        engine: gets the table.
        index: position of the sheet.
        sheet: what to read.
        meaning: what its columns mean.
        settings: how to read it.

    Raises:
        InputError: numbers, dates, intervals or states are not written in a way that can be read.
    """
    table = f"subscription_sheet_{index}"
    query = None
    if not (meaning.columns.decimal or settings.date_format):
        query = _stored_as_plain(engine, table, sheet, meaning, settings)
    if query is None:
        query = formats.decided(engine, sheet, meaning, settings)
        _fill(engine, sheet, meaning, settings, query)
        _store(engine, table, sheet, meaning, query, None)
    made = "".join(f", {sql} as {name}" for name, sql in _made(query).items())
    source = f"(select rowid as record, *{made} from {table})"
    return SubscriptionRows(
        index=index,
        source=source,
        sheet=sheet,
        meaning=meaning,
        notes=(*_notes(meaning), *query.notes),
        alerts={
            **query.alerts,
            **money.compared(engine, source, meaning),
            **seen_intervals.alerts(engine, sheet, source, meaning, settings.map),
            **money.unclear_quantity(engine, sheet, meaning, query, settings.map),
            **discounts.alerts(engine, sheet, meaning.columns, query.number(meaning.money)),
        },
        decided=tuple(query.decided),
        statuses=query.statuses,
        lacks_amounts=query.cell.get("interval") in query.late,
    )


def _stored_as_plain(
    engine: DuckDB, table: str, sheet: Sheet, meaning: Meaning, settings: ReadingSettings
) -> Query | None:
    """Create the table of a plain sheet and return the query; None if a cell is not plain.

    Args:
        engine: gets the table.
        table: its name.
        sheet: what to read.
        meaning: what its columns mean.
        settings: how to read it.

    Raises:
        InputError: intervals or states are not written in a way that can be read.
    """
    form = dict.fromkeys((role for role in NUMBERS if role in meaning.columns.position), PLAIN)
    query = empty_query(sheet, meaning, form, dates.SANE, is_proved_plain=True)
    samples = numbered_words.samples(sheet)
    is_short = sheet.records is not None and sheet.records.count <= _SAMPLE
    may_be_plain = is_short or (samples and _seem_plain(samples, meaning))
    limits = (None,) if may_be_plain else (_SAMPLE, None)
    if texts := numbered_words.number(samples, meaning, query):
        try:
            decided = _fill(engine, sheet, meaning, settings, query, texts)
        except (UnknownStatusError, NumericIntervalError, UnknownIntervalError):
            pass  # other records may have a word that is known
        else:
            if not all(_store(engine, table, sheet, meaning, query, limit) for limit in limits):
                return None
            every = numbered_words.complete(engine, table, meaning, settings, query)
            if every is not None:
                word_fields.add(sheet, meaning, settings, query, every, decided)
                return query
        query = empty_query(sheet, meaning, form, dates.SANE, is_proved_plain=True)
    _fill(engine, sheet, meaning, settings, query)
    are_plain = all(_store(engine, table, sheet, meaning, query, limit) for limit in limits)
    return query if are_plain else None


def _seem_plain(samples: Sequence[Sequence[str]], meaning: Meaning) -> bool:
    """Return whether no number and no day of some records needs more than plain reading."""
    position = meaning.columns.position
    numbers = [position[role] for role in NUMBERS if role in position]
    days = [position[role] for role in DATES if role in position]
    return all(
        _PLAIN_NUMBER.fullmatch(cells[place]) for cells in samples for place in numbers
    ) and all(_PLAIN_DAY.match(cells[place]) for cells in samples for place in days)


def _fill(
    engine: DuckDB,
    sheet: Sheet,
    meaning: Meaning,
    settings: ReadingSettings,
    query: Query,
    texts: Texts | None = None,
) -> list[Decided]:
    """Add all fields to a query; return what the words of other status columns do.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        meaning: what its columns mean.
        settings: how to read it.
        query: gets the fields.
        texts: of the columns of words, if known; else those of all rows.
    """
    if texts is None:
        texts = different_texts(engine, sheet, query)
    decided = decide(engine, sheet, meaning, settings, texts)
    word_fields.add(sheet, meaning, settings, query, texts, decided)
    money.add(engine, sheet, meaning, settings, query)
    money.add_other_total(meaning, query)
    fields.add(sheet, meaning, settings, query)
    query.fields["row_reason"] = query.fields.pop(
        "row_reason"
    )  # it may refer to the amount, so it is added after it
    return decided


def _store(
    engine: DuckDB, table: str, sheet: Sheet, meaning: Meaning, query: Query, limit: int | None
) -> bool:
    """Create the table from the whole sheet or its first rows; return whether all were plain."""
    by_words = numbered_words.made(query)
    made = _made(query)
    selected = {
        **query.fields,
        "customer_key": customer_keys.stored("customer"),
        **numbered_words.fields(query),
        "odd": fields.odd(meaning, query),
    }
    named = {
        name: sql
        for name, sql in query.fields.items()
        if name in _NAMED and (name not in made or name in by_words)
    }
    selected |= {name: name for name in named}
    stored = {name: sql for name, sql in selected.items() if name not in made}
    scan.store(engine, table, sheet, stored, query.values, limit, cells=query.cells | named)
    ((has_odd,),) = engine.execute(f"select bool_or(odd) from {table}").fetchall()
    return not has_odd


def _made(query: Query) -> dict[str, str]:
    """Return the SQL of the fields that are not stored."""
    made = {name: sql for name, sql in query.fields.items() if sql in _NOT_STORED}
    is_undiscounted = query.fields["net"] == query.fields["gross"]
    return made | numbered_words.made(query) | (_UNDISCOUNTED if is_undiscounted else {})


def _notes(meaning: Meaning) -> list[Sentence]:
    columns = meaning.columns
    notes = []
    if meaning.ends_when_asked:
        notes.append(Sentence(AS_END, {"column": columns.name("end")}))
    if columns.position["customer"] == columns.position.get("subscription"):
        notes.append(Sentence(AS_CUSTOMER, {"column": columns.name("customer")}))
    return notes
