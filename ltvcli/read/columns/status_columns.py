"""Columns that may say that a row is no sale: which they are, and what each of their words does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ltvcli.errors import ExcludedColumnError, ExcludedValueError, UnusedWordError
from ltvcli.read.columns import statuses
from ltvcli.read.columns.mapping import Columns, first_tier, key
from ltvcli.read.columns.statuses import Status
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import StatusWord
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

EXCLUDED = "excluded-by-user"
_SAMPLE = 1000  # rows in which columns are looked for by their cells
_WIDEST = 300  # columns of a sheet whose cells are looked at
UNLISTED = ("typed", "values")  # kinds of columns that are no statuses
_SHOWN = 20  # words of a column in the record


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A column whose cells are stored because they may exclude rows.

    `excluded` are values that the user excludes, folded, to what was typed.
    """

    status: Status
    excluded: Mapping[str, str]

    def cell(self, number: int, values: dict[str, Any]) -> str:
        """Write the SQL of what is stored of a cell; parameters go into `values`."""
        cell = f"c{self.status.position}"
        if self.status.kind == "date":
            return f"case when not is_no_date({cell}) then '1' end"
        if self.status.kind == "values":
            values[f"watched{number}"] = list(self.status.rules)
            lower = f"lower(trim({cell}))"
            return f"case when list_position($watched{number}, {lower}) > 0 then {lower} end"
        return cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the words of one watched column do; `number` is that of its stored cells."""

    number: int
    watched: Watched
    words: tuple[statuses.Word, ...]


def survey(
    engine: DuckDB, sheet: Sheet, taken: Mapping[str, int], profile_rules: Sequence[Any] = ()
) -> list[tuple[Status, tuple[statuses.Word, ...]]]:
    """List the status columns of a sheet with their words, their rows, and what each does.

    A meaning that is a key of read.reasons.REASONS excludes a row; None is a word that is not
    known, whose rows count. A column that excludes by being filled has one word, the blank text.

    Args:
        engine: to read with; needs the macros of sql/read/macros.sql.
        sheet: what was opened.
        taken: role to position of columns that have another role.
        profile_rules: `leave_out` of the profile of the sheet.
    """
    found = []
    source, parameters = scan.relation(sheet)
    for status in _columns(engine, sheet, {*taken.values()}, profile_rules):
        values: dict[str, Any] = {}
        cell = Watched(status=status, excluded={}).cell(0, values)
        rows = engine.execute(
            f"select cell, count(*) from (select {cell} as cell from {source}) "
            "where cell is not null group by cell order by count(*) desc, cell",
            {**parameters, **values},
        ).fetchall()
        found.append((status, _words(status, rows, {})))
    return found


def _words(
    status: Status, rows: Sequence[tuple[str, int]], words: Mapping[str, str]
) -> tuple[statuses.Word, ...]:
    return tuple(
        statuses.Word(
            "" if status.kind == "date" else text, count, statuses.meaning(status, text, words)
        )
        for text, count in rows
        if not statuses.is_blank(text)
    )


def _columns(
    engine: DuckDB, sheet: Sheet, taken: set[int], profile_rules: Sequence[Any]
) -> list[Status]:
    rules = [
        (position, rule)
        for rule in profile_rules
        for position in first_tier(sheet.header, (rule.where,))[:1]
    ]
    free = [n for n in range(len(sheet.header)) if n not in taken]
    looked_at = [n for n in free if statuses.column(sheet.header[n]) is not None]
    if len(sheet.header) <= _WIDEST:
        looked_at = free
    return statuses.find(sheet.header, sample(engine, sheet, looked_at), taken, rules)


def sample(engine: DuckDB, sheet: Sheet, positions: Sequence[int]) -> dict[int, Mapping[str, int]]:
    """Count the texts in the first rows of some columns, by position."""
    if not positions:
        return {}
    source, parameters = scan.relation(sheet)
    cells = ", ".join(f"c{position}" for position in positions)
    rows = engine.execute(f"select {cells} from {source} limit {_SAMPLE}", parameters).fetchall()
    return {
        position: Counter(text for text in texts if text)
        for position, texts in zip(positions, zip(*rows, strict=True), strict=False)
    }


def without_flags(
    engine: DuckDB, sheet: Sheet, columns: Columns, chosen: Mapping[str, str]
) -> Columns:
    """Take a column of flags back that was taken for refunded amounts by its header.

    Args:
        engine: to look at the first rows.
        sheet: what was opened.
        columns: what its columns mean.
        chosen: roles that were typed, which are kept.
    """
    place = columns.position.get("refund")
    if place is None or "refund" in chosen or statuses.column(sheet.header[place]) is None:
        return columns
    words = {statuses.fold(text) for text in sample(engine, sheet, [place]).get(place, {})}
    numbers = {word for word in words if word.replace(" ", "").isdecimal()}
    if not words or not statuses.are_flags(words) or (numbers == words and not numbers - {"0"}):
        return columns
    kept = {role: one for role, one in columns.position.items() if role != "refund"}
    return replace(columns, position=kept)


def watch(
    engine: DuckDB, sheet: Sheet, columns: Columns, settings: ReadingSettings
) -> tuple[Watched, ...]:
    """Find the columns of a sheet of orders that may say that a row is no sale.

    Args:
        engine: to look at the first rows.
        sheet: what was opened.
        columns: what its columns mean; these are not looked at.
        settings: what the user excludes.
    """
    taken = {*columns.position.values()} | {n for n in columns.by.values() if n is not None}
    taken |= {*first_tier(sheet.header, (columns.profile.ignored,))}
    found = _columns(engine, sheet, taken, columns.profile.leave_out)
    if not {"line_total", "price"} & columns.position.keys():
        found = [one for one in found if one.about != "item" or one.rules]
    excluded = {
        position: some for position, some in excluded_values(sheet.header, settings).items() if some
    }
    watched = [
        Watched(
            status=one,
            excluded={} if one.kind in ("date", "values") else excluded.pop(one.position, {}),
        )
        for one in found
    ]
    for position, some in excluded.items():
        status = Status(position=position, header=sheet.header[position], kind="typed")
        watched.append(Watched(status=status, excluded=some))
    return tuple(watched)


def excluded_values(header: Sequence[str], settings: ReadingSettings) -> dict[int, dict[str, str]]:
    """Read --exclude COLUMN=VALUE for one header: position to folded values, as they were typed."""
    found: dict[int, dict[str, str]] = {}
    for text in settings.exclude:
        if place := _place(text, header):
            position, value = place
            found.setdefault(position, {})[statuses.fold(value)] = text
    return found


def _place(text: str, header: Sequence[str]) -> tuple[int, str] | None:
    """Split COLUMN=VALUE at the equals sign that leaves the name of a column."""
    parts = text.split("=")
    for cut in range(1, len(parts)):
        name, value = "=".join(parts[:cut]).strip(), "=".join(parts[cut:]).strip()
        exact = [n for n, one in enumerate(header) if one.strip() == name]
        alike = [n for n, one in enumerate(header) if key(one) == key(name)]
        hits = exact or alike or statuses.named(name, header)
        if hits and value:
            return hits[0], value
    return None


def has_column(text: str, sheets: Sequence[Sheet]) -> bool:
    """Tell whether a sheet has the column of COLUMN=VALUE."""
    return any(_place(text, sheet.header) for sheet in sheets)


def check_columns(sheets: Sequence[Sheet], settings: ReadingSettings) -> None:
    """Check that every --exclude names a column of a sheet.

    Raises:
        ExcludedColumnError: no sheet has the column.
    """
    from difflib import get_close_matches

    for text in settings.exclude:
        if not has_column(text, sheets):
            names = list(dict.fromkeys(name for sheet in sheets for name in sheet.header))
            name, _, value = text.partition("=")
            near = get_close_matches(name, names, cutoff=0.4) or names[:_SHOWN]
            raise ExcludedColumnError(
                column=name, value=value or "VALUE", near=", ".join(near), example=near[0]
            )


def decided(
    number: int,
    watched: Watched,
    found: Sequence[tuple[str, int]],
    words: Mapping[str, str],
) -> Decided:
    """Decide what each text of a column does.

    Args:
        number: of the column among those watched.
        watched: the column.
        found: its texts with their rows.
        words: what the user said of words, folded.
    """
    status = watched.status
    if status.kind == "typed":
        read = tuple(statuses.Word(text, count, None) for text, count in found)
    else:
        read = _words(status, found, words)
    said = [
        replace(one, meaning=EXCLUDED) if _is_excluded(watched, one.text) else one for one in read
    ]
    return Decided(number=number, watched=watched, words=tuple(said))


def _is_excluded(watched: Watched, text: str) -> bool:
    return bool(watched.excluded) and statuses.fold(text) in watched.excluded


def check_used(decided: Sequence[Sequence[Decided]], settings: ReadingSettings) -> None:
    """Check that what the user said of values and words speaks of a row."""
    from difflib import get_close_matches

    every = [one for some in decided for one in some]
    for text in settings.exclude:
        mine = [one for one in every if text in one.watched.excluded.values()]
        wanted = {v for one in mine for v, typed in one.watched.excluded.items() if typed == text}
        found = [word.text for one in mine for word in one.words]
        if not wanted & {statuses.fold(word) for word in found}:
            value = text.partition("=")[2]
            near = get_close_matches(value, found, cutoff=0.4) or found[:_SHOWN]
            column = next((one.watched.status.header for one in mine), text.partition("=")[0])
            raise ExcludedValueError(column=column, value=value, near=", ".join(near))
    held = [
        word.text
        for one in every
        if one.watched.status.kind not in ("date", "values", "typed")
        for word in one.words
    ]
    for word in settings.words_typed:
        if not any(statuses.is_same(word, one) for one in held):
            near = get_close_matches(word, held, cutoff=0.4) or held[:_SHOWN]
            raise UnusedWordError(word=word, near=", ".join(near) or "-")


def listed(one: Decided, revenue: Mapping[str, float]) -> list[StatusWord]:
    """List the words of one column: the most frequent, and those that are not known."""
    kind = one.watched.status.kind
    if kind in UNLISTED or (
        kind == "record" and all(word.meaning == statuses.SALE for word in one.words)
    ):
        return []
    kept = [n for n, word in enumerate(one.words) if n < _SHOWN or word.meaning is None]
    return [
        StatusWord(
            column=one.watched.status.header,
            word=word.text or None,
            rows=word.rows,
            meaning=word.meaning,
            revenue=revenue.get(word.text),
        )
        for word in (one.words[n] for n in kept[: 2 * _SHOWN])
    ]
