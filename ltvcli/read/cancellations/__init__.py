"""Files of cancellations to the table `cancellations`: customer, day and stated reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ltvcli.language import N_
from ltvcli.read import accounts
from ltvcli.read.columns import by_header
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import dates
from ltvcli.read.profiles import GENERIC_CANCELLATIONS
from ltvcli.read.profiles import load as profile
from ltvcli.results import InputFile, Sentence
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

ROLES = "cancellation"
"""What the roles of --map that are about cancellations begin with."""
NEEDED = {
    N_("the customer"): ("cancellation_customer", "cancellation_email"),
    N_("the day of the cancellation"): ("cancellation_day",),
    N_("why"): ("cancellation_reason", "cancellation_feedback", "cancellation_comment"),
}
INVOLUNTARY, NOT_SAID = "payment_failed", "not_said"


def roles_of(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the roles of --map for files of cancellations."""
    return {role: column for role, column in chosen.items() if role.startswith(ROLES)}


def load(
    sheets: Sequence[Sheet],
    settings: ReadingSettings,
    engine: DuckDB,
    as_of: date,
    place: int = 0,
    *,
    is_matched: bool = True,
) -> tuple[InputFile, ...]:
    """Fill the table `cancellations` (customer, day, said, comment) of the engine.

    `said` is a reason of `status` in the profile, or a word that several rows have as it is
    written; `customer` is one of the table `customers`. The table `emails` must be there.

    Args:
        sheets: files of cancellations, opened.
        settings: of which `map` (roles that begin with `cancellation`), `date_format` and `today`
            matter.
        engine: gets the tables.
        as_of: cut-off date of the data; later cancellations are excluded.
        place: position of the first sheet in the table `excluded_rows`.
        is_matched: whether there are customers to match; else `cancellations` is not filled.

    Raises:
        InputError: columns or days cannot be understood.
        InternalError: rows were lost.
    """
    engine.define_macros("read/macros", "read/dates")
    engine.run("read/cancellations/rows")
    seen: set[str] = set()
    meanings = []
    for number, sheet in enumerate(sheets):
        meanings.append(_store(engine, number, sheet, settings))
        if sheet.contents in seen:
            engine.execute(
                "update cancellation_rows set reason = 'duplicate-file' where sheet = $sheet",
                {"sheet": number},
            )
        seen |= sheet.digests
    if is_matched:
        engine.run("read/cancellations/matched", {"as_of": as_of})
    engine.run("read/cancellations/excluded_rows", {"place": place})
    return accounts.inputs(engine, "read/cancellations", "cancellations", sheets, meanings)


def _store(
    engine: DuckDB, number: int, sheet: Sheet, settings: ReadingSettings
) -> tuple[Columns, list[Sentence]]:
    """Add one sheet to `cancellation_rows`."""
    columns = by_header.understand(sheet, "cancellations", NEEDED, roles_of(settings.map))
    cell = {role.partition("_")[2]: f"c{at}" for role, at in columns.position.items()}
    notes: list[Sentence] = []
    day, values = _day(engine, sheet, columns, settings, notes)
    missing = "null::text"
    fields = {
        "customer": f"tidy_id({cell['customer']})" if "customer" in cell else missing,
        "email": f"tidy_id({cell['email']})" if "email" in cell else missing,
        "day": day,
        "cause": cell.get("reason", missing),
        "feedback": cell.get("feedback", missing),
        "comment": cell.get("comment", missing),
    }
    scan.store(engine, "cancellation_table", sheet, fields, values)
    words, meanings = _vocabulary(engine)
    engine.run("read/cancellations/add", {"sheet": number, "words": words, "meanings": meanings})
    return columns, notes


def _vocabulary(engine: DuckDB) -> tuple[list[str], list[str]]:
    """Return the words for reasons, in the form they are compared in, and their meanings."""
    known = profile(GENERIC_CANCELLATIONS).status
    pairs = [(word, meaning) for meaning, words in known.items() for word in (meaning, *words)]
    ((keys,),) = engine.execute(
        "select list(said_key(w)) from unnest($words) t(w)", {"words": [word for word, _ in pairs]}
    ).fetchall()
    by_word = {word: meaning for word, (_, meaning) in zip(keys, pairs, strict=True)}
    return list(by_word), list(by_word.values())


def _day(
    engine: DuckDB,
    sheet: Sheet,
    columns: Columns,
    settings: ReadingSettings,
    notes: list[Sentence],
) -> tuple[str, dict[str, Any]]:
    """Return SQL of the day of a cancellation, and the values of its parameters."""
    cell = f"c{columns.position['cancellation_day']}"
    if settings.date_format:
        dates.check_format(engine, sheet, columns, settings.date_format, "cancellation_day")
        sql = dates.given(settings.date_format)
        return sql.format(cell), dates.parameters(sql, settings.date_format)
    form = dates.form(engine, sheet, columns, ("cancellation_day",), settings.today)
    notes += form.notes
    return form.sql.format(cell), {}
