"""Orders of a table with every reason for exclusion: the table or view `judged`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.read.orders.rows import Rows
from ltvcli.read.tables.orders import show, state_fields
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_KEPT = (
    *("order_key", "customer", "day", "amount", "cost", "serve", "segment", "email", "is_refund"),
    *("is_reduced", "all_rows", "folds"),
)
"""Columns of `all_orders` that `judged` has too."""


def judge(
    engine: DuckDB, rows: Rows, currency: str | None, settings: ReadingSettings, *, has_others: bool
) -> None:
    """Create `judged`: all orders, with reasons that depend on other orders of a customer.

    Without any of these reasons it is a view.

    Args:
        engine: holds `all_orders`.
        rows: of the table.
        currency: that is counted.
        settings: of which the period matters here.
        has_others: whether there are refunds, or orders in other currencies.
    """
    columns = [*_KEPT, *state_fields(rows)]
    if not (has_others or settings.new_since or settings.from_):
        show(engine, "judged", f"select {', '.join(columns)}, reason from all_orders")
        return
    limits = {"new_since": settings.new_since, "since": settings.from_}
    engine.run("tables/first_days", {"currency": currency, "since": settings.from_})
    cases = {
        "other-currency": "currency <> $currency" if currency else "",
        "customer-before-new-since": "first_day < $new_since" if settings.new_since else "",
        "customer-before-from": "first_day < $since" if settings.from_ else "",
        "refund-without-order": "first_day is null and is_refund",
    }
    tests = " ".join(f"when {test} then '{reason}'" for reason, test in cases.items() if test)
    named = {"currency": currency, **limits}
    engine.create_table(
        "judged",
        f"select {', '.join(columns)}, "
        f"case when reason is not null then reason {tests} end as reason "
        "from all_orders left join first_days on first_days.first_customer = all_orders.customer",
        {name: value for name, value in named.items() if value},
    )


def words_query(rows: Rows, cell: str, kept: str, row_reason: str, *, single: bool) -> str:
    """Write the query that counts the orders that are used, and their revenue, by a status word.

    Args:
        rows: of the table.
        cell: the field with the words.
        kept: a further condition on the orders.
        row_reason: SQL of why a row is excluded alone.
        single: whether every row is an order of its own.
    """
    used = f"reason is null and not is_refund{kept}"
    alone = f"select {cell} as word, amount from judged where {cell} is not null and {used}"
    if single:
        words = alone
    else:
        of_rows = (
            f"select distinct order_key as word_key, {cell} as word from {rows.table} "
            f"where {cell} is not null and order_key is not null and {row_reason} is null"
        )
        words = (
            f"{alone} union all select words.word, judged.amount from ({of_rows}) as words "
            f"inner join judged on judged.order_key = words.word_key where {used}"
        )
    return (
        f"select word, count(*) as n, sum(amount) as money from ({words}) as by_word group by word"
    )
