"""One query that makes canonical rows of a table: typed fields, and reasons for exclusion.

| row of the table                 | row of `sheet_0`                                           |
| 1001, 7, 2026-01-05 10:00, 20    | order_key '1001', customer '7', day 2026-01-05, amount 20  |
| 1002, 7, 2026-01-06 09:00, 15    | the same, and status 'cancelled', if its status says so    |
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from ltvcli.read.columns.excluded_values import check_columns
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.columns.status_columns import Watched
from ltvcli.read.columns.status_decisions import Decided, check_used, decided
from ltvcli.read.columns.status_vocabulary import SALE
from ltvcli.read.orders import status_tests, total_rows
from ltvcli.read.orders.rows import Rows
from ltvcli.read.tables import fields, known_words, texts
from ltvcli.read.tables.fields import Cells
from ltvcli.read.tables.look import count, names_of, row_of, rows_of
from ltvcli.results import Sentence
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


class _Steps(Struct, kw_only=True):
    """A query in steps: each selects from the one before, and adds or replaces columns."""

    steps: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, **made: str) -> None:
        """Add a step that makes columns, by name, from those of the step before."""
        kept = [made.pop(name) + f" as {name}" if name in made else name for name in self.columns]
        new = [f"{sql} as {name}" for name, sql in made.items()]
        self.steps.append(f"select {', '.join([*kept, *new])} from {self.last}")
        self.columns += made

    @property
    def last(self) -> str:
        """Return the name of the last step."""
        return f"step_{len(self.steps) - 1}"

    def query(self, selected: str, where: str = "") -> tuple[str, dict[str, Any]]:
        """Return the query that selects from the last step, and the parameters that it names."""
        steps = ", ".join(f"step_{n} as ({sql})" for n, sql in enumerate(self.steps))
        sql = f"with {steps} select {selected} from {self.last}{where}"
        named = {*re.findall(r"\$(\w+)", sql)}
        return sql, {name: value for name, value in self.values.items() if name in named}


def clean(
    engine: DuckDB,
    cells: Cells,
    columns: Columns,
    settings: ReadingSettings,
    watched: tuple[Watched, ...],
    notes: Sequence[Sentence],
) -> tuple[Rows, list[Decided]]:
    """Create the table `sheet_0` of the rows of a table, and decide its status columns.

    Args:
        engine: holds the table.
        cells: of the table.
        columns: what its columns mean.
        settings: all settings.
        watched: columns whose cells may say that a row is no sale.
        notes: on the table.

    Raises:
        ExcludedColumnError: the table has not the column of an --exclude.
        ExcludedValueError: no row has the value of an --exclude.
        UnusedWordError: no status column has a word given on the command line.
    """
    check_columns([cells.sheet], settings)
    steps = _read(engine, cells, columns, settings, watched)
    words = status_tests.meanings_given(settings)
    known = [
        decided(number, column, _texts(engine, steps, number), words)
        for number, column in enumerate(watched)
    ]
    if not getattr(engine, "is_rehearsal", False):
        check_used([known], settings)
    listed = [known_words.widened(column, words) for column in known] if engine.asks_all else known
    refunds = _exclude(engine, steps, columns, listed)
    if "order" in columns.position and cells.kind(columns.position["order"]) != "whole":
        _except_totals(steps)
    kept = [name for name in steps.columns if name not in _INTERMEDIATE]
    query, values = steps.query(", ".join(kept))
    engine.create_table("sheet_0", query, values)
    rows = Rows(
        index=0,
        sheet=cells.sheet,
        columns=columns,
        fields=tuple(kept),
        watched=watched,
        notes=tuple(notes),
        alerts=_without_sign(engine, refunds, known),
    )
    return rows, known


_INTERMEDIATE = ("order_id", "refund_of", "bad_day", "bad_number")


def _read(
    engine: DuckDB,
    cells: Cells,
    columns: Columns,
    settings: ReadingSettings,
    watched: Sequence[Watched],
) -> _Steps:
    """Begin the query: the fields of each row, and why it cannot be used, if so."""
    selection = fields.select(cells, columns, settings, watched)
    for number, place in enumerate(columns.by.values()):
        if place is not None:
            usual = names_of(engine, cells, place)
            value = selection.fields[f"segment_{number}"]
            selection.fields[f"segment_{number}"] = _renamed(number, value, usual, selection.values)
    steps = _Steps(values=selection.values)
    steps.steps.append(cells.source)
    steps.add(**selection.fields)
    made = {"problem": fields.reason(settings, columns, steps.values)}
    if order := fields.order_key(columns):
        made["order_key"] = order
    steps.add(**made)
    return steps


def _renamed(number: int, value: str, usual: Mapping[str, str], values: dict[str, Any]) -> str:
    """Write the SQL of a segment in which some values are written as they usually are."""
    cases = []
    for n, (old, new) in enumerate(usual.items()):
        values |= {f"old{number}_{n}": old, f"new{number}_{n}": new}
        cases.append(f"when {value} = $old{number}_{n} then $new{number}_{n}")
    return f"case {' '.join(cases)} else {value} end" if cases else value


def _texts(engine: DuckDB, steps: _Steps, number: int) -> list[tuple[str, int]]:
    """Count the texts of a watched column, the most frequent first."""
    cell = f"state_{number}"
    query, values = steps.query(
        f"{cell} as text, count(*) as n", f" where {cell} is not null group by {cell}"
    )
    rows = [(str(text), int(n)) for text, n in rows_of(engine, query, values)]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


class _Refunds(Struct, frozen=True):
    """Refund rows without a sign, marked by a column of `sheet_0`."""

    column: str
    header: str
    word: str


def _exclude(
    engine: DuckDB, steps: _Steps, columns: Columns, known: Sequence[Decided]
) -> list[_Refunds]:
    """Add the column `status`, the reason to exclude a row, and `attempt`, for the row alone."""
    tests: dict[str, list[str]] = {}
    refunds: list[_Refunds] = []
    for number, test in enumerate(status_tests.tests_of(columns.profile, known)):
        listed = fields.among(f"words{number}", test.texts, steps.values)
        has_word = f"{_state(engine, known, test.number)} in ({listed})"
        if test.is_refund:
            refunds.append(_Refunds(f"unsigned_{number}", test.header, test.texts[0]))
            _below_zero(steps, has_word, refunds[-1].column)
            only = status_tests.NOT_BELOW_ZERO
        elif test.is_of_profile:
            only = ""
        else:

            def has_sales(refunded: str, has_word: str = has_word) -> bool:
                where = f" where {has_word} and amount > 0{refunded}"
                query, values = steps.query("count(*)", where)
                return bool(rows_of(engine, query, values)[0][0])

            only = status_tests.only(test.reason, steps.columns, has_sales)
        tests.setdefault(test.reason, []).append(f"({has_word}{only})")
    if tests:
        cases = " ".join(status_tests.cases_of(columns.profile, tests))
        steps.add(status=f"case {cases} end")
        _except_attempts(engine, steps, known)
    return refunds


def _state(engine: DuckDB, known: Sequence[Decided], number: int) -> str:
    """Write the SQL of a stored cell as it is compared with words: in a script it is folded."""
    cell = f"state_{number}"
    is_folded = engine.asks_all and known_words.is_folded(known[number].watched)
    return known_words.folded(cell) if is_folded else cell


def _below_zero(steps: _Steps, has_word: str, mark: str) -> None:
    """Make the amounts of refund rows negative that are written without a sign.

    A row is a refund if its sale is there: a row of the same order, or an earlier one of the same
    customer that is at least as large, as in ltvcli/read/orders/no_sales.py.
    """
    is_sale = f"amount > 0 and not coalesce({has_word}, false)"
    sale_before = (
        f"customer is not null and day is not null and max(case when {is_sale} and day is not null "
        "then amount end) over (partition by customer order by day) >= amount"
    )
    has_sale = [f"({sale_before})"]
    if "order_key" in steps.columns:
        in_order = f"max(case when {is_sale} then 1 else 0 end) over (partition by order_key) = 1"
        has_sale.append(f"(order_key is not null and {in_order})")
    test = f"{has_word} and amount > 0 and ({' or '.join(has_sale)})"
    steps.add(**{mark: f"coalesce({test}, false)"})
    steps.add(amount=f"case when {mark} then -amount else amount end")


def _except_attempts(engine: DuckDB, steps: _Steps, known: Sequence[Decided]) -> None:
    """Exclude a payment that failed or is due alone if another row says its order was paid."""
    if "order_key" not in steps.columns:
        return
    paid = []
    for column in known:
        listed = [word.text for word in column.words if word.meaning == SALE]
        if column.watched.status.kind == "words" and listed:
            words = fields.among(f"paid{column.number}", listed, steps.values)
            paid.append(f"{_state(engine, known, column.number)} in ({words})")
    if not paid:
        return
    reasons = ", ".join(f"'{reason}'" for reason in status_tests.ATTEMPTS)
    is_paid = f"status is null and amount > 0 and ({' or '.join(paid)})"
    has_paid = f"max(case when {is_paid} then 1 else 0 end) over (partition by order_key) = 1"
    steps.add(
        attempt=f"case when status in ({reasons}) and order_key is not null and {has_paid} "
        "then status end"
    )
    steps.add(status="case when attempt is null then status end")


def _except_totals(steps: _Steps) -> None:
    """Exclude rows whose order ID is a word for a total, each alone."""
    words = ", ".join(map(texts.literal, total_rows.WORDS))
    is_open = " and status is null" if "status" in steps.columns else ""
    # No word for a total ends with a digit, as almost all IDs do; that is quick to see.
    ends = "substr(order_key, length(order_key), 1) between '0' and '9'"
    is_word = f"case when {ends} then false else {texts.is_total('order_key')} in ({words}) end"
    is_total = f"{is_word}{is_open}"
    before = "attempt" if "attempt" in steps.columns else "null"
    steps.add(attempt=f"case when {is_total} then '{total_rows.REASON}' else {before} end")
    steps.add(day=f"case when attempt = '{total_rows.REASON}' then null else day end")


def _without_sign(
    engine: DuckDB, refunds: Sequence[_Refunds], known: Sequence[Decided]
) -> dict[str, Mapping[str, Any]]:
    """Return the facts about refunds that were written without a sign.

    Args:
        engine: holds `sheet_0`.
        refunds: what marks them.
        known: what the texts of the watched columns do.
    """
    alerts: dict[str, Mapping[str, Any]] = {}
    for marked in refunds:
        asked = {
            "refunds": count(marked.column),
            "amount": f"-sum(case when {marked.column} then amount end)",
        }
        seen = row_of(engine, asked, "sheet_0")
        if seen["refunds"]:
            alerts["refunds-without-sign"] = status_tests.without_sign(
                int(seen["refunds"]), seen["amount"], marked.header, _word(marked, known)
            )
    return alerts


def _word(marked: _Refunds, known: Sequence[Decided]) -> str:
    """Return the most frequent word of refunds in the cells of a column."""
    column = next(each for each in known if each.watched.status.header == marked.header)
    refunds = (word.text for word in column.words if word.meaning == "returned")
    return next(refunds, marked.word)
