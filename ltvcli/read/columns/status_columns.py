"""Status columns of a sheet: found by headers or cells, or undecided until all rows are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.read.columns import status_vocabulary, status_words, statuses
from ltvcli.read.columns.excluded_values import ANY_VALUE, excluded_values
from ltvcli.read.columns.header_lookup import first_tier
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.columns.status_words import Status
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

EXCLUDED = "excluded-by-user"
_SAMPLE = 1000  # sampled rows in which status columns are recognised by their cells
_MOST_OPEN = 20  # columns that are checked in full, in case status words occur only later
_LONG = 100_000  # from this many rows on, a sample of the whole file selects these columns
_SPREAD = 200  # records in this sample
_WIDEST = 300  # at most this many columns of a sheet are examined


class Watched(Struct, frozen=True, kw_only=True):
    """A column whose cells are stored because they may exclude rows.

    Attributes:
        status: the column, and what its cells are.
        excluded: values that the user excludes, folded, to what was typed.
        seen: of a column that is no status so far: its texts in the first rows, and their rows.
            Only other texts are stored; they may show that it is one.
    """

    status: Status
    excluded: Mapping[str, str]
    seen: Mapping[str, int] | None = None

    def cell(self, number: int, values: dict[str, Any]) -> str:
        """Write the SQL of the stored text of a cell; parameters go into `values`."""
        cell = f"c{self.status.position}"
        if self.seen is not None:
            values[f"seen{number}"] = [*self.seen, ""]
            return f"case when not list_contains($seen{number}, {cell}) then {cell} end"
        if self.status.kind == "date":
            return f"case when not is_no_date({cell}) then '1' end"
        if self.status.kind == "values":
            values[f"watched{number}"] = list(self.status.rules)
            lower = f"lower(trim({cell}))"
            return f"case when list_position($watched{number}, {lower}) > 0 then {lower} end"
        return cell


Texts = Callable[[Sequence[int]], tuple[Mapping[int, Mapping[str, int]], bool]]
"""Counts the texts of columns by position, and returns whether these are all rows."""


def _columns(
    texts_of: Texts, sheet: Sheet, taken: set[int], profile_rules: Sequence[Any]
) -> tuple[list[Status], list[Watched]]:
    """Return the status columns of a sheet, and those that later rows may reveal as such."""
    rules = [
        (position, rule)
        for rule in profile_rules
        for position in first_tier(sheet.header, (rule.where,))[:1]
    ]
    free = [n for n in range(len(sheet.header)) if n not in taken]
    looked_at = [n for n in free if statuses.column(sheet.header[n]) is not None]
    if len(sheet.header) <= _WIDEST:
        looked_at = free
    texts, is_all = texts_of(looked_at)
    status_columns = statuses.find(sheet.header, texts, taken, rules)
    positions = {status.position for status in status_columns}
    undecided = [
        status
        for status in ([] if is_all else statuses.undecided(sheet.header, texts))
        if status.position not in positions
    ]
    spread = _spread(sheet) if undecided else []
    open_columns = [
        Watched(status=status, excluded={}, seen=texts[status.position])
        for status in undecided
        if statuses.may_be_status(status, [cells[status.position] for cells in spread])
    ]
    return status_columns, open_columns[:_MOST_OPEN]


def _spread(sheet: Sheet) -> list[list[str]]:
    """Sample records all over a long file; none of a short one, which is read completely."""
    if sheet.records is None or sheet.records.count < _LONG:
        return []
    records = (sheet.records.cells(text) for _, text in sheet.records.samples(_SPREAD))
    return [cells for cells in records if len(cells) == len(sheet.header)]


def sample(engine: DuckDB, sheet: Sheet, positions: Sequence[int]) -> dict[int, Mapping[str, int]]:
    """Count the texts in the first rows of some columns, by position.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        positions: of the columns.
    """
    return _first_rows(engine, sheet, positions)[0]


def _first_rows(
    engine: DuckDB, sheet: Sheet, positions: Sequence[int]
) -> tuple[dict[int, Mapping[str, int]], bool]:
    """Count the texts in the first rows by position; return whether these are all rows."""
    if not positions:
        return {}, True
    source, parameters = scan.relation(sheet, parallel=False)
    cells = ", ".join(f"c{position}" for position in positions)
    rows = engine.execute(f"select {cells} from {source} limit {_SAMPLE}", parameters).fetchall()
    texts: dict[int, Mapping[str, int]] = {
        position: Counter(text for text in texts if text)
        for position, texts in zip(positions, zip(*rows, strict=True), strict=False)
    }
    return texts, len(rows) < _SAMPLE


def settled(engine: DuckDB, table: str, watched: Sequence[Watched]) -> tuple[Watched, ...]:
    """Return the columns that are watched once all rows are known: each is a status, or left out.

    Args:
        engine: holds the table.
        table: of the sheet, with the cells of each column.
        watched: all columns, in the order of their cells.
    """
    final = []
    opened = [number for number, column in enumerate(watched) if column.seen is not None]
    counts = ", ".join(f"count(state_{number})" for number in opened)
    filled = engine.execute(f"select {counts} from {table}").fetchone() or () if opened else ()
    with_others = {number for number, count in zip(opened, filled, strict=True) if count}
    for number, column in enumerate(watched):
        if column.seen is None:
            final.append(column)
            continue
        if number not in with_others:
            continue
        cell = f"state_{number}"
        rows = engine.execute(
            f"select {cell}, count(*) from {table} where {cell} is not null "
            f"group by {cell} order by all limit {statuses.MOST_WORDS + 1}"
        ).fetchall()
        ((all_rows,),) = engine.execute(f"select count(*) from {table}").fetchall()
        share = (all_rows - sum(count for _, count in rows)) / _SAMPLE
        texts = {text: round(count * share) or 1 for text, count in column.seen.items()}
        if status := statuses.by_content(column.status.header, {**texts, **dict(rows)}):
            status = replace(status, position=column.status.position)
            final.append(replace(column, status=status, seen=None))
    return tuple(final)


def without_flags(
    engine: DuckDB, sheet: Sheet, columns: Columns, chosen: Mapping[str, str]
) -> Columns:
    """Undo the role of refunded amounts for a column of flags.

    Args:
        engine: to look at the first rows.
        sheet: what was opened.
        columns: what its columns mean.
        chosen: roles that were typed, which are kept.
    """
    return without_flags_by(partial(_first_rows, engine, sheet), sheet, columns, chosen)


def without_flags_by(
    texts_of: Texts, sheet: Sheet, columns: Columns, chosen: Mapping[str, str]
) -> Columns:
    """Take a column of flags back as `without_flags` does, by the texts of its cells.

    Args:
        texts_of: counts these texts.
        sheet: what was opened.
        columns: what its columns mean.
        chosen: roles that were typed, which are kept.
    """
    place = columns.position.get("refund")
    if place is None or "refund" in chosen:
        return columns
    status = statuses.column(sheet.header[place])
    if status is None or status.kind == "date":
        return columns
    words = {status_vocabulary.fold(text) for text in texts_of([place])[0].get(place, {})}
    numbers = {word for word in words if word.replace(" ", "").isdecimal()}
    if not words or not status_words.are_flags(words) or (numbers == words and not numbers - {"0"}):
        return columns
    kept = {role: position for role, position in columns.position.items() if role != "refund"}
    return replace(columns, position=kept)


def watch(
    engine: DuckDB, sheet: Sheet, columns: Columns, settings: ReadingSettings
) -> tuple[Watched, ...]:
    """Find the columns of a sheet of orders that may exclude rows.

    Args:
        engine: to look at the first rows.
        sheet: what was opened.
        columns: what its columns mean; these are not looked at.
        settings: what the user excludes.
    """
    watched = watch_by(partial(_first_rows, engine, sheet), sheet, columns, settings)
    return tuple(column for column in watched if _may_be_status(engine, sheet, column))


def _may_be_status(engine: DuckDB, sheet: Sheet, column: Watched) -> bool:
    """Return whether a watched column may turn out to be a status.

    A column of Parquet with the same texts in all rows as in the first ones is none. That is quick
    to see in its dictionaries; of other columns it is seen once their cells are stored.
    """
    position = column.status.position
    if column.seen is None or sheet.shape != "parquet" or sheet.types[position] != "VARCHAR":
        return True
    source, parameters = scan.relation(sheet)
    query = f"select 1 from {source} where not list_contains($seen, c{position}) limit 1"
    texts = [*column.seen, ""]
    return engine.execute(query, {**parameters, "seen": texts}).fetchone() is not None


def watch_by(
    texts_of: Texts, sheet: Sheet, columns: Columns, settings: ReadingSettings
) -> tuple[Watched, ...]:
    """Find the columns that may exclude rows as `watch` does, by their texts.

    Args:
        texts_of: counts these texts.
        sheet: what was opened.
        columns: what its columns mean; these are not looked at.
        settings: what the user excludes.
    """
    taken = {*columns.position.values()} | {n for n in columns.by.values() if n is not None}
    taken |= {*first_tier(sheet.header, (columns.profile.ignored,))}
    status_columns, open_columns = _columns(texts_of, sheet, taken, columns.profile.leave_out)
    if not {"line_total", "price"} & columns.position.keys():
        status_columns = [
            status for status in status_columns if status.about != "item" or status.rules
        ]
    excluded = {
        position: values
        for position, values in excluded_values(sheet.header, settings).items()
        if values
    }
    watched = [
        Watched(
            status=status,
            excluded={} if status.kind in ("date", "values") else excluded.pop(status.position, {}),
        )
        for status in status_columns
    ]
    for position, values in excluded.items():
        status = Status(position=position, header=sheet.header[position], kind="typed")
        if ANY_VALUE in values:
            status = replace(status, kind="date", meaning=EXCLUDED)
        watched.append(Watched(status=status, excluded=values))
    typed = {column.status.position for column in watched}
    return (*watched, *(column for column in open_columns if column.status.position not in typed))
