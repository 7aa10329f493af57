"""Accounting: every row read is used or excluded, and money adds up to the cent.

100 rows read = 97 rows used + 2 rows excluded as cancelled + 1 as no-customer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.errors import AllZeroError, InternalError, NoCustomersError, NothingUsableError
from ltvcli.language import N_
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import parquet
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders.rows import Rows
from ltvcli.results import Fact, InputFile, Quantity, Sentence, StatusWord
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

IN_ZONE = N_("Days of “{column}” are taken in the time zone {zone}.")


def check(
    engine: DuckDB,
    stored: Sequence[Rows],
    inputs: Sequence[InputFile],
    path: str,
    checked: Mapping[str, Any],
) -> None:
    """Compare the orders with the rows they come from.

    Args:
        engine: holds the orders.
        stored: what was read of each file.
        inputs: the record of each file.
        path: "single" or "grouped".
        checked: sum of the orders, and their number.

    Raises:
        InternalError: the totals differ.
        NoCustomersError: not one order has a customer.
        NothingUsableError: no order is left.
        AllZeroError: every amount is 0.
    """
    is_one_sheet = path == "grouped" and len(stored) == 1
    name = "read/orders/total_of_one_sheet" if is_one_sheet else f"read/orders/total_{path}"
    total = engine.row(name)["total"]
    if Decimal(total) != Decimal(checked["total"]):
        raise InternalError(what=f"rows add up to {total}, orders to {checked['total']}")
    refuse_unusable(stored[0].sheet.name, stored[0].columns, inputs, checked)


def refuse_unusable(
    file: str, columns: Columns, inputs: Sequence[InputFile], row: Mapping[str, Any]
) -> None:
    """Refuse orders if none is left, or all have the value 0.

    Args:
        file: the first one.
        columns: what its columns mean.
        inputs: the record of each file.
        row: number of orders, and of amounts that are not zero.

    Raises:
        NoCustomersError: not one order has a customer.
        NothingUsableError: no order is left.
        AllZeroError: every amount is 0.
    """
    if row["orders"] and row["not_zero"]:
        return
    if row["orders"]:
        raise AllZeroError(file=file, column=columns.name("amount"))
    reasons: Counter[str] = Counter()
    for input_file in inputs:
        reasons.update(input_file.set_aside)
    nobody = reasons["no-customer"]
    if 2 * nobody > reasons.total():
        raise NoCustomersError(file=file, column=columns.name("customer"), count=nobody)
    raise NothingUsableError(reasons=", ".join(f"{name} {n}" for name, n in reasons.most_common()))


def files(
    engine: DuckDB,
    stored: Sequence[Rows],
    shapes: Sequence[Sequence[Sentence]],
    words: Sequence[tuple[StatusWord, ...]],
    path: str,
    known_alerts: Mapping[int, Mapping[str, Mapping[str, Fact]]],
    *,
    revenue: Decimal,
    has_dependent: bool,
) -> tuple[InputFile, ...]:
    """Account for every row of every file.

    Args:
        engine: holds the orders.
        stored: what was read of each file.
        shapes: notes on each file.
        words: what the words of status columns do, by file.
        path: "single" or "grouped".
        known_alerts: alerts by sheet that are known already.
        revenue: what the orders add up to.
        has_dependent: whether orders are excluded because of other orders.

    Raises:
        InternalError: rows read are not rows used plus excluded rows.
    """
    sheets = {row[0]: row[1:] for row in rows_of(engine, "read/orders/sheets")}
    reasons: dict[int, dict[str, int]] = {rows.index: {} for rows in stored}
    for sheet, reason, count, distinct in rows_of(engine, "read/reasons"):
        if count != distinct:
            raise InternalError(what=f"{count - distinct} rows were excluded twice")
        reasons[sheet][reason] = count
    used = {sheet: records for sheet, (records, *_) in sheets.items()}
    if any(reasons.values()):
        used = {row[0]: row[1] for row in rows_of(engine, "read/orders/used")}
    conflicts = (
        {row[0]: row[1:] for row in rows_of(engine, "read/orders/conflicts")}
        if path == "grouped"
        else {}
    )
    refunds_alone = (
        dict(rows_of(engine, "read/orders/refunds_without_order")) if has_dependent else {}
    )
    alerts = _refund_alerts(engine, stored, path, revenue)
    for sheet, conflict in conflicts.items():
        alerts.setdefault(sheet, {})["order-rows-disagree"] = conflict_facts(*conflict)
    made = []
    for rows, notes, statuses in zip(stored, shapes, words, strict=True):
        records, first, last = sheets.get(rows.index, (0, None, None))
        excluded = reasons[rows.index]
        if records != used.get(rows.index, 0) + sum(excluded.values()):
            raise InternalError(what=f"rows of {rows.sheet.name} were lost")
        excluded = excluded | rows.sheet.damaged
        made.append(
            InputFile(
                path=rows.sheet.name,
                kind="orders",
                profile=rows.columns.profile.name,
                sha256=rows.sheet.sha256,
                first=first,
                last=last,
                rows_read=records + sum(rows.sheet.damaged.values()),
                rows_used=used.get(rows.index, 0),
                set_aside=excluded,
                columns=rows.columns.named(),
                notes=(
                    *parquet.notes(rows.sheet),
                    *zone_notes(rows.sheet, rows.columns),
                    *rows.notes,
                    *notes,
                    *conflict_notes(*conflicts.get(rows.index, (0,) * 6)[1:4]),
                    *refunds_without_order(refunds_alone.get(rows.index)),
                ),
                alerts={
                    **rows.alerts,
                    **alerts.get(rows.index, {}),
                    **known_alerts.get(rows.index, {}),
                },
                statuses=statuses,
                zone=zone_of(rows.sheet, rows.columns),
            )
        )
    return tuple(made)


def zone_of(sheet: Sheet, columns: Columns) -> str | None:
    """Return the time zone in which the days of orders are taken, if their times have one."""
    return sheet.zones.get(sheet.header[columns.position["date"]])


def zone_notes(sheet: Sheet, columns: Columns) -> list[Sentence]:
    """Describe the time zone in which the days of orders are taken, if their times have one."""
    zone = zone_of(sheet, columns)
    facts: dict[str, Fact] = {"column": columns.name("date"), "zone": zone or ""}
    return [Sentence(IN_ZONE, facts)] if zone else []


def conflict_notes(customers: int, days: int, amounts: int) -> list[Sentence]:
    """Describe orders whose rows disagree.

    Args:
        customers: number of orders whose customers differ.
        days: number of orders whose dates differ.
        amounts: number of orders whose totals differ.
    """
    notes = (
        (
            customers,
            N_(
                "{count} {count:order|orders} {count:has|have} more than one customer; the first "
                "one counts."
            ),
        ),
        (
            days,
            N_(
                "{count} {count:order|orders} {count:has|have} more than one date; the first "
                "one counts."
            ),
        ),
        (
            amounts,
            N_(
                "{count} {count:order|orders} {count:has|have} more than one total; the first "
                "one counts."
            ),
        ),
    )
    return [Sentence(text, {"count": Quantity(n, Unit.COUNT)}) for n, text in notes if n]


def conflict_facts(
    orders: int, customers: int, days: int, amounts: int, all_rows: Decimal, counted: Decimal
) -> dict[str, Fact]:
    """Return the facts about orders whose rows disagree, with the money at stake.

    Args:
        orders: their number.
        customers: number of those whose customers differ.
        days: number of those whose dates differ.
        amounts: number of those whose totals differ.
        all_rows: what all their rows add up to.
        counted: what of that is counted.
    """
    counts = {"orders": orders, "customers": customers, "days": days, "amounts": amounts}
    money = {"all_rows": all_rows, "counted": counted}
    return {
        **{name: Quantity(value, Unit.COUNT) for name, value in counts.items()},
        **{name: Quantity(float(value), Unit.MONEY) for name, value in money.items()},
    }


def refunds_without_order(amount: Decimal | None) -> list[Sentence]:
    """Describe refunds that are excluded, if there are any."""
    text = N_(
        "Refunds of {amount} belong to customers without any counted order, and are excluded."
    )
    return [Sentence(text, {"amount": Quantity(float(amount), Unit.MONEY)})] if amount else []


def _refund_alerts(
    engine: DuckDB, stored: Sequence[Rows], path: str, revenue: Decimal
) -> dict[int, dict[str, dict[str, Fact]]]:
    """Return the facts about refunds that exceed their orders, by sheet."""
    if path == "single" and not any("minus" in rows.fields for rows in stored):
        return {}
    alerts: dict[int, dict[str, dict[str, Fact]]] = {}
    for sheet, orders, excess in rows_of(engine, "read/orders/overrefunded"):
        alerts[sheet] = {
            "refunds-exceed-orders": {
                "orders": Quantity(orders, Unit.COUNT),
                "excess": Quantity(float(excess), Unit.MONEY),
            }
        }
    if revenue < 0:
        facts = {"revenue": Quantity(float(revenue), Unit.MONEY)}
        alerts.setdefault(stored[0].index, {})["negative-revenue"] = dict(facts)
    return alerts


def before_period(before: Mapping[str, Any], since: date) -> dict[str, Fact]:
    """Return the facts about customers of the period who ordered before it.

    Args:
        before: their number, their orders and revenue in the period, and the new customers.
        since: first day of the period.
    """
    return {
        "customers": Quantity(int(before["customers"]), Unit.COUNT),
        "all": Quantity(int(before["customers"] + before["new_customers"]), Unit.COUNT),
        "new": Quantity(int(before["new_customers"]), Unit.COUNT),
        "orders": Quantity(int(before["orders"]), Unit.COUNT),
        "revenue": Quantity(float(before["revenue"]), Unit.MONEY),
        "since": since,
    }


def with_alert(
    inputs: Sequence[InputFile], index: int, check: str, facts: Mapping[str, Fact]
) -> tuple[InputFile, ...]:
    """Add the facts that the check of that name warns about to the file at `index`.

    Args:
        inputs: the record of each file.
        index: of the file.
        check: name of the check.
        facts: its facts.
    """
    made = list(inputs)
    made[index] = replace(made[index], alerts={**made[index].alerts, check: facts})
    return tuple(made)


def rows_of(
    engine: DuckDB, name: str, parameters: Mapping[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    """Execute `sql/<name>.sql` and return its rows, which are few.

    Args:
        engine: holds the tables.
        name: of the query.
        parameters: values that it names.
    """
    engine.run(name, parameters)
    return engine.connection.fetchall()
