"""Exclude rows of orders that are no sales, by the words of their status columns.

| order | type      | total | result                                              |
| 1001  | sale      | 20.00 | counts                                              |
| 1002  | cancelled | 20.00 | excluded: cancelled                                 |
| 1003  | refund    | 20.00 | with a sale of 1003 before it: an amount of -20.00  |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.read.columns import status_vocabulary, status_words
from ltvcli.read.columns.excluded_values import check_columns
from ltvcli.read.columns.problem_headers import DOUBTFUL
from ltvcli.read.columns.status_columns import Watched
from ltvcli.read.columns.status_decisions import UNLISTED, Decided, check_used, decided, listed
from ltvcli.read.orders.status_tests import (
    ATTEMPTS,
    NOT_BELOW_ZERO,
    cases_of,
    meanings_given,
    only,
    tests_of,
    without_sign,
)
from ltvcli.results import StatusWord
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.orders.rows import Rows

IN_DOUBT = (None, status_words.PARTLY, *DOUBTFUL)
"""Meanings of words whose rows count, although they may be no sale or not in full."""


def exclude(
    engine: DuckDB, stored: Sequence[Rows], settings: ReadingSettings
) -> tuple[list[Rows], list[list[Decided]]]:
    """Write into each sheet's table the column `status`: the reason why a row is no sale.

    Returns the sheets, and what was decided about each watched column.

    Args:
        engine: holds the tables of the sheets.
        stored: what was read of each file.
        settings: meanings of words, and what the user excludes.

    Raises:
        ExcludedColumnError: no sheet has the column of an --exclude.
        ExcludedValueError: no row has the value of an --exclude.
        UnusedWordError: no status column has a word given on the command line.
    """
    check_columns([rows.sheet for rows in stored], settings)
    words = meanings_given(settings)
    decided = [
        [
            _decided(engine, rows, number, column, words)
            for number, column in enumerate(rows.watched)
        ]
        for rows in stored
    ]
    check_used(decided, settings)
    return [
        _written(engine, rows, columns) for rows, columns in zip(stored, decided, strict=True)
    ], decided


def _decided(
    engine: DuckDB, rows: Rows, number: int, watched: Watched, words: Mapping[str, str]
) -> Decided:
    cell = f"state_{number}"
    texts = engine.execute(
        f"select {cell}, count(*) from {rows.source} where {cell} is not null "
        f"group by {cell} order by count(*) desc, {cell}"
    ).fetchall()
    return decided(number, watched, texts, words)


def _written(engine: DuckDB, rows: Rows, decided: Sequence[Decided]) -> Rows:
    tests: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for known in tests_of(rows.columns.profile, decided):
        name = f"words{len(values)}"
        values[name] = list(known.texts)
        test = f"list_position(${name}, state_{known.number}) > 0"
        if known.is_refund:
            words = {name: list(known.texts)}
            rows = _refunds_below_zero(engine, rows, test, words, known.header)
            only = NOT_BELOW_ZERO
        else:
            only = "" if known.is_of_profile else _only(engine, rows, known.reason, test, values)
        tests.setdefault(known.reason, []).append(f"({test}{only})")
    if not tests:
        return rows
    engine.execute(f"alter table {rows.table} add column status text")
    cases = cases_of(rows.columns.profile, tests)
    engine.execute(f"update {rows.table} set status = case {' '.join(cases)} end", values)
    rows = replace(rows, fields=(*rows.fields, "status"))
    return _retried(engine, rows, decided) if tests.keys() & {*ATTEMPTS} else rows


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
    for column in decided:
        if column.watched.status.kind == "words":
            name = f"paid{column.number}"
            texts = [word.text for word in column.words if word.meaning == status_vocabulary.SALE]
            parameters[name] = texts
            paid.append(f"list_position(${name}, state_{column.number}) > 0")
    if not paid:
        return rows
    attempts = ", ".join(f"'{reason}'" for reason in ATTEMPTS)
    engine.execute(f"alter table {rows.table} add column attempt text")
    engine.execute(
        f"""
        update {rows.table} set attempt = status, status = null
        where status in ({attempts}) and {rows.order} in (
            select {rows.order} from {rows.table}
            where status is null and amount > 0 and ({" or ".join(paid)})
        )
        """,
        parameters,
    )
    return replace(rows, fields=(*rows.fields, "attempt"))


def _refunds_below_zero(
    engine: DuckDB, rows: Rows, test: str, values: Mapping[str, list[str]], header: str
) -> Rows:
    """Make the amounts of refund rows negative that are written without a sign.

    A column of types (Sale, Refund) marks a refund as a row of its own. It is one if its sale is
    there: a row of the same order, or an earlier one of the same customer that is at least as
    large. Any other is an order that was returned, or a refund whose sale is in no file.

    Args:
        engine: holds the table of the sheet.
        rows: the sheet.
        test: SQL that is true for refund rows.
        values: its parameters: the words for refunds, the most frequent first.
        header: of the column of types.
    """
    same_order = (
        f"select refund.record, refund.amount from refund semi join sale using ({rows.order}) union"
        if "order_key" in rows.fields
        else ""
    )
    engine.execute(
        f"""
        create or replace temp table refund_rows as
        with refund as (select * from {rows.source} where {test} and amount > 0),
            sale as (select * from {rows.source} where amount > 0 and not coalesce({test}, false))
        {same_order}
        select refund.record, refund.amount
        from refund semi join sale on sale.customer = refund.customer and sale.day <= refund.day
            and sale.amount >= refund.amount
        """,
        values,
    )
    count, amount = engine.execute("select count(*), sum(amount) from refund_rows").fetchone() or ()
    if count:
        engine.execute(
            f"update {rows.table} set amount = -amount "
            "where rowid in (select record from refund_rows)"
        )
    engine.execute("drop table refund_rows")
    if not count:
        return rows
    facts = without_sign(count, amount, header, next(iter(values.values()))[0])
    return replace(rows, alerts={**rows.alerts, "refunds-without-sign": facts})


def _only(engine: DuckDB, rows: Rows, reason: str, test: str, values: Mapping[str, Any]) -> str:
    """Restrict what a usual word does, as SQL that follows its test."""

    def has_sales(refunded: str) -> bool:
        ((sales,),) = engine.execute(
            f"select count(*) from {rows.source} where {test} and amount > 0{refunded}",
            {name: texts for name, texts in values.items() if f"${name}," in test},
        ).fetchall()
        return bool(sales)

    return only(reason, {*rows.fields}, has_sales)


def record(
    engine: DuckDB, rows: Rows, decided: Sequence[Decided], path: str
) -> tuple[StatusWord, ...]:
    """List the words of the status columns; those that leave a doubt with their revenue.

    Args:
        engine: holds the orders.
        rows: of the sheet.
        decided: what its watched columns say.
        path: "single" or "grouped".
    """
    words: list[StatusWord] = []
    for column in decided:
        is_listed = column.watched.status.kind not in UNLISTED
        has_doubt = any(word.meaning in IN_DOUBT for word in column.words)
        counted = _counted(engine, rows, column, path) if is_listed and has_doubt else {}
        words += listed(column, counted)
    return tuple(words)


def _counted(
    engine: DuckDB, rows: Rows, column: Decided, path: str
) -> dict[str, tuple[int, float]]:
    """Return number and revenue of the orders that count, by the word on any of their rows.

    An order that says what was refunded is left out where the words are about refunds: it is
    reduced by that amount.
    """
    cell = f"cells.state_{column.number}"
    meanings = {word.meaning for word in column.words}
    of_refunds = {*DOUBTFUL, *([status_words.PARTLY] if rows.columns.is_net else [])}
    is_reduced = "refunded" in rows.fields and bool(meanings & of_refunds)
    row_words = (
        f"select order_sheet as sheet, order_record as record, {cell} as word "
        f"from order_rows join {rows.source} as cells on cells.record = order_rows.record "
        f"where order_rows.sheet = {rows.index} and excluded_for is null"
        if path == "grouped"
        else f"select {rows.index} as sheet, record, {cell} as word from {rows.source} as cells"
    )
    reduced = (
        f"anti join (select record from {rows.source} where refunded) using (record)"
        if is_reduced
        else ""
    )
    counts = engine.execute(
        f"""
        with words as (select distinct * from ({row_words}) where word is not null)
        select word, count(*), sum(all_orders.amount)
        from words join all_orders using (sheet, record)
        anti join dependent_reasons using (sheet, record) {reduced}
        where all_orders.sheet = {rows.index} and all_orders.reason is null
            and not all_orders.is_refund
        group by word
        """
    ).fetchall()
    return {text: (orders, float(amount)) for text, orders, amount in counts}
