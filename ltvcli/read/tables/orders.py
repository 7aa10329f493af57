"""Canonical rows of a table to its orders: the tables `all_orders` and `orders` of the engine.

The same rules as for files, in ltvcli/sql/read/orders, written for every engine: rows have no
number there, so that the first row of an order is the one with the earliest time, then with the
largest amount.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.read.columns.header_lookup import currency_of
from ltvcli.read.orders import segments
from ltvcli.read.orders.amount_fields import MONEY
from ltvcli.read.orders.rows import Rows
from ltvcli.read.tables.texts import literal
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_NO_MONEY = f"cast(null as {MONEY})"
_NO_TEXT = "cast(null as varchar)"
_FIELDS = (
    "customer", "day", "amount", "reduction", "cost", "serve", "currency", "email", "refunded",
    "reason",
)  # fmt: skip
"""Fields of a row that its order is made of, besides the values to segment by."""
_FIRSTS = {
    "customer_of_sale": ("customer", "is_sale and customer is not null"),
    "any_customer": ("customer", "customer is not null"),
    "currency": ("currency", "currency is not null"),
    "first_reason": ("reason", "reason is not null"),
    "first_amount": ("amount", "amount >= 0"),
    "first_reduction": ("reduction", "reduction <> 0"),
    "day_of_sale": ("day", "is_sale and day is not null"),
    "any_day": ("day", "day is not null"),
    "email": ("email", "true"),
}
"""Fields of an order that its first row of some kind has: that field of the row, and the kind."""


def create(
    engine: DuckDB, rows: Rows, settings: ReadingSettings, *, line: bool, single: bool
) -> None:
    """Create `all_orders`: each order with its reason for exclusion, if any.

    `all_rows` counts its rows, `folds` those among them that are refunds which name it. It is a
    view if every row is an order: to compute it again takes less than to write it.

    Args:
        engine: holds `sheet_0`.
        rows: of the table.
        settings: of which the currency matters here.
        line: whether amounts are added up over the rows of an order.
        single: whether every row is an order of its own.
    """
    records = _records(rows, settings, line=line)
    names = _segments(rows)
    alone = _alone(segments.joined(names))
    begin = f"with records as (select {_listed(records)} from {rows.table})"
    if single:
        states = {name: name for name in state_fields(rows)}
        show(engine, "all_orders", f"{begin} select {_listed(alone | states)} from records")
    else:
        differ = {f"differ_{n}": "0" for n in range(len(names))}
        states = {name: name for name in state_fields(rows)}
        query = (
            f"{begin}, {_grouped(names, [*states], line=line)} union all "
            f"select {_listed(alone | differ | states)} from records "
            "where order_key is null and row_reason is null"
        )
        engine.create_table("all_orders", query)


def show(engine: DuckDB, name: str, query: str) -> None:
    """Create a view from a query without parameters.

    Args:
        engine: gets the view.
        name: of the view.
        query: our SQL that selects its columns.
    """
    engine.execute(f"create or replace temp view {name} as {query}")


def row_reason(rows: Rows, *, line: bool) -> tuple[str, str]:
    """Write the SQL of why a row alone is excluded, and of why its order is.

    Args:
        rows: of the table.
        line: whether amounts are added up over the rows of an order.
    """
    status = "status" if "status" in rows.fields else _NO_TEXT
    alone = f"case when amount < 0 then coalesce({status}, problem) end"
    if "attempt" in rows.fields:
        alone = f"coalesce(attempt, {alone})"
    if line:
        return f"coalesce({status}, {alone})", "problem"
    return alone, f"coalesce({status}, problem)"


def _records(rows: Rows, settings: ReadingSettings, *, line: bool) -> dict[str, str]:
    """Write the fields of a row with its reasons."""
    known = {*rows.fields}
    code = (
        settings.currency
        or rows.columns.profile.currency
        or currency_of(rows.columns.name("amount"))
    )
    default = f"cast({literal(code.upper())} as varchar)" if code and code.isalpha() else _NO_TEXT
    alone, of_order = row_reason(rows, line=line)
    return {
        "order_key": "order_key" if "order_key" in known else _NO_TEXT,
        "customer": "customer",
        "moment": "moment",
        "day": "day",
        "amount": "amount",
        "reduction": "reduction" if "reduction" in known else f"cast(0 as {MONEY})",
        "cost": "cost" if "cost" in known else _NO_MONEY,
        "serve": "serve" if "serve" in known else _NO_MONEY,
        "currency": f"coalesce(currency, {default})" if "currency" in known else default,
        "email": "email" if "email" in known else _NO_TEXT,
        "refunded": "refunded" if "refunded" in known else "false",
        **{name: name for name in state_fields(rows)},
        **{name: name if name in known else _NO_TEXT for name in _segments(rows)},
        "row_reason": alone,
        "reason": of_order,
    }


def _listed(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} as {name}" for name, sql in columns.items())


def _verdict(reason: str, customer: str, day: str, amount: str) -> str:
    """Write the SQL of why an order is not used, as `verdict` in sql/read/macros.sql."""
    return (
        f"coalesce({reason}, case when {day} is null then 'date-not-a-date' "
        f"when {amount} is null then 'amount-not-a-number' "
        f"when {customer} is null then 'no-customer' end)"
    )


def _alone(segment: str) -> dict[str, str]:
    """Write the order that a single row is."""
    net = f"cast(amount - reduction as {MONEY})"
    return {
        "order_key": "order_key",
        "customer": "customer",
        "day": "day",
        "cost": "cost",
        "serve": "serve",
        "currency": "currency",
        "email": "email",
        "segment": segment,
        "is_refund": "coalesce(amount < 0, false)",
        "is_reduced": "refunded",
        "amount": net,
        "reason": _verdict("coalesce(row_reason, reason)", "customer", "day", "amount"),
        "first_reason": "coalesce(row_reason, reason)",
        "all_rows": "cast(1 as bigint)",
        "folds": "cast(0 as bigint)",
        "customers_differ": "0",
        "days_differ": "0",
        "amounts_differ": "0",
        "money_of_rows": "coalesce(amount, 0)",
        "gross": "amount",
    }


def _grouped(names: Sequence[str], states: Sequence[str], *, line: bool) -> str:
    """Write the rest of a query that groups rows into orders, and adds their differences.

    Args:
        names: fields of the values to segment by.
        states: fields of status words, which whole orders do not have.
        line: whether amounts are added up over the rows of an order.
    """
    columns = [*_FIELDS, *names]
    several = ", ".join(
        ["amount desc nulls last", *(f"{name} nulls last" for name in columns if name != "amount")]
    )
    firsts = {**_FIRSTS, **{name: (name, f"{name} <> ''") for name in names}}
    places = ", ".join(
        f"min(case when {test} then place end) as place_{name}"
        for name, (_, test) in firsts.items()
    )
    selected = ", ".join(
        f"max(case when place = place_{name} then {column} end) as {name}"
        for name, (column, _) in firsts.items()
    )
    return (
        f"of_orders as (select order_key, moment, {', '.join(columns)}, "
        "coalesce(amount >= 0, true) as is_sale from records "
        "where row_reason is null and order_key is not null), "
        f"placed as (select order_key, is_sale, {', '.join(columns)}, row_number() over ("
        f"partition by order_key order by moment nulls last, {several}) as place from of_orders), "
        f"first_places as (select order_key as first_key, {places} from placed "
        "group by order_key), "
        f"whole_orders as (select order_key, {selected}, count(*) as all_rows, "
        "count(amount) as amounts, sum(amount) as sum_of_rows, sum(reduction) as sum_of_reduction, "
        "sum(case when amount < 0 then amount end) as below_zero, "
        "sum(case when amount >= 0 then amount end) as above_zero, "
        "count(case when amount < 0 then 1 end) as negatives, "
        "max(case when place = 1 and refunded then 1 else 0 end) as reduced, "
        "min(cost) as least_cost, max(cost) as most_cost, sum(cost) as sum_of_cost, "
        "count(cost) as costs, min(serve) as least_serve, max(serve) as most_serve, "
        f"sum(serve) as sum_of_serve, count(serve) as serves, {_listed(_disagreements(names))} "
        "from placed inner join first_places on first_places.first_key = placed.order_key "
        "group by order_key) "
        f"select {_listed(_whole_order(names, states, line=line))} from whole_orders"
    )


def _disagreements(names: Sequence[str]) -> dict[str, str]:
    """Write 1 for each field in which the rows of an order disagree, else 0."""
    sales = {name: f"case when is_sale then {name} end" for name in ("customer", "day", "amount")}
    return {
        f"{name}s_differ": f"case when min({sql}) <> max({sql}) then 1 else 0 end"
        for name, sql in sales.items()
    } | {
        f"differ_{n}": f"case when min(case when {name} <> '' then {name} end) <> max({name}) "
        "then 1 else 0 end"
        for n, name in enumerate(names)
    }


def _whole_order(names: Sequence[str], states: Sequence[str], *, line: bool) -> dict[str, str]:
    """Write the fields of an order of several rows."""
    gross = "sum_of_rows" if line else "first_amount"
    refunds = "0" if line else "coalesce(below_zero, 0)"
    reduction = "sum_of_reduction" if line else "coalesce(first_reduction, 0)"
    is_refund = f"(amounts > 0 and coalesce({gross} < 0, {'false' if line else 'true'}))"
    sold = f"case when {is_refund} then coalesce({gross}, 0) else {gross} end"
    amount = f"cast({sold} + {refunds} - {reduction} as {MONEY})"
    customer = "coalesce(customer_of_sale, any_customer)"
    day = f"case when {is_refund} then any_day else day_of_sale end"
    return {
        "order_key": "order_key",
        "customer": customer,
        "day": day,
        "cost": _of_rows("cost", line=line),
        "serve": _of_rows("serve", line=line),
        "currency": "currency",
        "email": "email",
        "segment": segments.joined(names),
        "is_refund": is_refund,
        "is_reduced": "reduced = 1",
        "amount": amount,
        "reason": _verdict("first_reason", customer, f"({day})", f"({amount})"),
        "first_reason": "first_reason",
        "all_rows": "all_rows",
        "folds": "cast(0 as bigint)"
        if line
        else f"cast(case when {is_refund} then 0 else negatives end as bigint)",
        "customers_differ": "customers_differ",
        "days_differ": "days_differ",
        "amounts_differ": "0" if line else "amounts_differ",
        "money_of_rows": f"coalesce({'sum_of_rows' if line else 'above_zero'}, 0)",
        "gross": f"coalesce({gross}, 0)",
        **{f"differ_{n}": f"differ_{n}" for n in range(len(names))},
        **dict.fromkeys(states, _NO_TEXT),
    }


def _of_rows(name: str, *, line: bool) -> str:
    """Write the SQL of the cost of an order: the sum of its rows, unless all are equal."""
    added = f"case when {name}s = all_rows then cast(sum_of_{name} as {MONEY}) end"
    if line:
        return added
    return f"case when least_{name} <> most_{name} then {added} else least_{name} end"


def _segments(rows: Rows) -> list[str]:
    """Name the fields of the values to segment by, also of those that only customers have."""
    return [f"segment_{number}" for number in range(len(rows.columns.by))]


def state_fields(rows: Rows) -> list[str]:
    """Name the fields of status words."""
    return [name for name in rows.fields if name.startswith("state_")]
