"""Rows of orders that are no sales: which columns say so, and what each of their words does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ltvcli.errors import ExcludedColumnError, ExcludedValueError, UnusedWordError
from ltvcli.read.columns import statuses
from ltvcli.read.columns.mapping import Columns, first_tier, key
from ltvcli.read.columns.statuses import REASONS, Status
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import Quantity, StatusWord
from ltvcli.settings.reading import ReadingSettings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.orders.store import Rows

EXCLUDED = "excluded-by-user"
_SAMPLE = 1000  # rows in which columns are looked for by their cells
_WIDEST = 300  # columns of a sheet whose cells are looked at
_UNLISTED = ("typed", "values")  # kinds of columns that are no statuses
_AS_ORDER = {"past-due": "unpaid", "paused": "unpaid"}  # what subscriptions have besides
_ATTEMPTS = ("failed", "unpaid", "unfinished")  # after which an order may still be paid
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


def exclude(
    engine: DuckDB, stored: Sequence[Rows], settings: ReadingSettings
) -> tuple[list[Rows], list[list[Decided]]]:
    """Write into each sheet's table the column `status`: the reason why a row is no sale.

    Returns the sheets, and what was decided about each watched column.

    Raises:
        ExcludedColumnError: no sheet has the column of an --exclude.
        ExcludedValueError: no row has the value of an --exclude.
        UnusedWordError: no status column has a word given on the command line.
    """
    check_columns([rows.sheet for rows in stored], settings)
    words = {
        statuses.fold(word): _AS_ORDER.get(said, said)
        for word, said in settings.words_given.items()
    }
    decided = [
        [_decided(engine, rows, number, one, words) for number, one in enumerate(rows.watched)]
        for rows in stored
    ]
    check_used(decided, settings)
    return [
        _written(engine, rows, some) for rows, some in zip(stored, decided, strict=True)
    ], decided


def _decided(
    engine: DuckDB, rows: Rows, number: int, watched: Watched, words: Mapping[str, str]
) -> Decided:
    cell = f"state_{number}"
    found = engine.execute(
        f"select {cell}, count(*) from {rows.table} where {cell} is not null "
        f"group by {cell} order by count(*) desc, {cell}"
    ).fetchall()
    return decided(number, watched, found, words)


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


def _retried(engine: DuckDB, rows: Rows, decided: Sequence[Decided]) -> Rows:
    """Exclude a payment that failed or is due alone if another row says its order was paid.

    Args:
        engine: to write with.
        rows: of the sheet; it has the column `status`.
        decided: what its watched columns say.
    """
    if "order_key" not in rows.fields:
        return rows
    paid, parameters = [], {}
    for one in decided:
        if one.watched.status.kind == "words":
            name = f"paid{one.number}"
            texts = [word.text for word in one.words if word.meaning == statuses.SALE]
            parameters[name] = texts
            paid.append(f"list_position(${name}, state_{one.number}) > 0")
    if not paid:
        return rows
    attempts = ", ".join(f"'{reason}'" for reason in _ATTEMPTS)
    engine.execute(f"alter table {rows.table} add column attempt text")
    engine.execute(
        f"""
        update {rows.table} set attempt = status, status = null
        where status in ({attempts}) and order_key in (
            select order_key from {rows.table}
            where status is null and amount > 0 and ({" or ".join(paid)})
        )
        """,
        parameters,
    )
    return replace(rows, fields=(*rows.fields, "attempt"))


def _written(engine: DuckDB, rows: Rows, decided: Sequence[Decided]) -> Rows:
    order = [EXCLUDED, *(rule.reason for rule in rows.columns.profile.leave_out), *REASONS]
    tests: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for one in decided:
        by_reason: dict[tuple[str, bool], list[str]] = {}
        for word in one.words:
            if word.meaning in order:
                own = _is_own(one.watched.status, word.text)
                text = "1" if one.watched.status.kind == "date" else word.text
                by_reason.setdefault((word.meaning, own), []).append(text)
        for (reason, own), texts in by_reason.items():
            name = f"words{len(values)}"
            values[name] = texts
            test = f"list_position(${name}, state_{one.number}) > 0"
            if reason == "returned" and one.watched.status.is_type and not own:
                rows = _refunds_below_zero(engine, rows, test, {name: texts})
                tests.setdefault(reason, []).append(f"({test} and coalesce(amount >= 0, true))")
                continue
            only = "" if own else _only(engine, rows, reason, test, values)
            tests.setdefault(reason, []).append(f"({test}{only})")
    if not tests:
        return rows
    engine.execute(f"alter table {rows.table} add column status text")
    cases = [
        f"when {' or '.join(tests[reason])} then '{reason}'"
        for reason in dict.fromkeys(order)
        if reason in tests
    ]
    engine.execute(f"update {rows.table} set status = case {' '.join(cases)} end", values)
    return _retried(engine, replace(rows, fields=(*rows.fields, "status")), decided)


def _refunds_below_zero(engine: DuckDB, rows: Rows, test: str, values: Mapping[str, Any]) -> Rows:
    """Make the amounts of refund rows negative that are written without a sign.

    A column of types (Sale, Refund) marks a refund as a row of its own. It is one if its sale is
    there: a row of the same order, or an earlier one of the same customer that is at least as
    large. Any other is an order that was returned, or a refund whose sale is in no file.

    Args:
        engine: holds the table of the sheet.
        rows: the sheet.
        test: SQL that tells which rows are refunds.
        values: its parameters.
    """
    same_order = (
        "select refund.rowid as row_id, refund.amount from refund semi join sale using (order_key) "
        "union"
        if "order_key" in rows.fields
        else ""
    )
    engine.execute(
        f"""
        create or replace temp table refund_rows as
        with refund as (select rowid, * from {rows.table} where {test} and amount > 0),
            sale as (select * from {rows.table} where amount > 0 and not coalesce({test}, false))
        {same_order}
        select refund.rowid as row_id, refund.amount
        from refund semi join sale on sale.customer = refund.customer and sale.day <= refund.day
            and sale.amount >= refund.amount
        """,
        values,
    )
    count, amount = engine.execute("select count(*), sum(amount) from refund_rows").fetchone() or ()
    if count:
        engine.execute(
            f"update {rows.table} set amount = -amount "
            "where rowid in (select row_id from refund_rows)"
        )
    engine.execute("drop table refund_rows")
    if not count:
        return rows
    facts = {
        "refunds": Quantity(count, Unit.COUNT),
        "amount": Quantity(float(amount), Unit.MONEY),
    }
    return replace(rows, alerts={**rows.alerts, "refunds-without-sign": facts})


def _is_own(status: Status, text: str) -> bool:
    """Tell whether the profile itself says what a word does."""
    return status.kind == "values" or statuses.fold(text) in status.rules


def _only(engine: DuckDB, rows: Rows, reason: str, test: str, values: Mapping[str, Any]) -> str:
    """Restrict what a usual word does, as SQL that follows its test.

    An order that says what was refunded is reduced by that. A row below zero is a refund itself,
    unless the order it is of is excluded, too, and nothing says which one that is. A trial that was
    paid for is a sale.
    """
    if reason == "trial":
        return " and coalesce(amount, 0) = 0"
    if reason not in ("returned", "cancelled"):
        return ""
    has_refunds = reason == "returned" and "refunded" in rows.fields
    refunded = " and not refunded" if has_refunds else ""
    if {"order_key", "order_number"} & {*rows.fields}:
        return f" and coalesce(amount >= 0, true){refunded}"
    ((sales,),) = engine.execute(
        f"select count(*) from {rows.table} where {test} and amount > 0{refunded}",
        {name: some for name, some in values.items() if f"${name}," in test},
    ).fetchall()
    return refunded if sales else f" and coalesce(amount >= 0, true){refunded}"


def record(engine: DuckDB, rows: Rows, decided: Sequence[Decided]) -> tuple[StatusWord, ...]:
    """List the words of the status columns; those that are not known with their revenue."""
    found = []
    for one in decided:
        is_listed = one.watched.status.kind not in _UNLISTED
        revenue = _revenue(engine, rows, one) if is_listed and _is_open(one) else {}
        found += listed(one, revenue)
    return tuple(found)


def listed(one: Decided, revenue: Mapping[str, float]) -> list[StatusWord]:
    """List the words of one column: the most frequent, and those that are not known."""
    kind = one.watched.status.kind
    if kind in _UNLISTED or (
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


def _is_open(one: Decided) -> bool:
    return any(word.meaning in (None, statuses.PARTLY) for word in one.words)


def _revenue(engine: DuckDB, rows: Rows, one: Decided) -> dict[str, float]:
    """Give the revenue of used orders by the word on the first of their rows."""
    number = one.number
    found = engine.execute(
        f"""
        select cells.state_{number}, sum(found.amount)
        from found
        anti join late using (sheet, record)
        join {rows.table} as cells on cells.rowid = found.record
        where found.sheet = {rows.index} and found.reason is null and not found.is_refund
        group by 1
        """
    ).fetchall()
    return {text: float(amount) for text, amount in found if text is not None}
