"""Sheets of subscriptions to the table `periods`: every row accounted for, amounts per year."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.errors import ConvertedSubscriptionCurrencyError, MixedSubscriptionCurrencyError
from ltvcli.read.columns import converted_amounts
from ltvcli.read.columns.by_content import flagged
from ltvcli.read.columns.excluded_values import check_columns
from ltvcli.read.columns.status_decisions import check_used
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import damaged_ids
from ltvcli.read.orders.load import Reading
from ltvcli.read.subscriptions import accounts, customer_keys, records, segments, successions
from ltvcli.read.subscriptions.columns import Meaning
from ltvcli.read.subscriptions.interval_fields import with_interval
from ltvcli.read.subscriptions.movement_lists import refuse_movements
from ltvcli.read.subscriptions.recognition import understand
from ltvcli.read.subscriptions.rows import SubscriptionRows, store
from ltvcli.read.subscriptions.shapes import Shape
from ltvcli.read.subscriptions.states import with_state
from ltvcli.settings.reading import ReadingSettings
from ltvcli.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def load(
    sheets: Sequence[Sheet],
    settings: ReadingSettings,
    engine: DuckDB,
    by: Sequence[str] = (),
    *,
    is_optional: bool = False,
    has_plans: bool = True,
    proves_keys: bool = True,
) -> Reading:
    """Fill the tables `periods` and `excluded_rows` of the engine.

    `periods` is the input of analyses.mrr.movements.Ledger. The newest day among starts, payments,
    begins of the period billed last and ends of what no longer runs is as_of, unless --as-of is
    given. Ends after it are planned. `no_customer_revenue` is per month.

    Args:
        sheets: files of subscriptions, opened.
        settings: how to read them.
        engine: gets the tables.
        by: names of columns to segment customers by.
        is_optional: whether all files may lack such a column.
        has_plans: whether the plan of each subscription is needed. Otherwise `plan` is NULL where
            it identifies nothing, which saves time.
        proves_keys: whether to prove that no two customers have the same `customer_key`. Who counts
            customers by it must prove it otherwise.

    Raises:
        NoSuchSubscriberSegmentError: no file has such a column.
        InputError: a file is not what it should be; each reason has its own class.
        UnansweredError: no subscription is left to count.
        InternalError: rows or money were lost on the way.
    """
    engine.define_macros("read/macros", "read/dates", "read/totals", "read/subscriptions/macros")
    check_columns(sheets, settings)
    meanings = [_meaning(engine, sheet, settings, has_plans) for sheet in sheets]
    known = segments.located(meanings, sheets, by, is_optional=is_optional)
    stored = [
        store(engine, index, sheet, meaning, settings)
        for index, (sheet, meaning) in enumerate(zip(sheets, known, strict=True))
    ]
    check_used([rows.decided for rows in stored], settings)
    is_only = len(stored) == 1
    for rows in stored:
        columns = rows.meaning.columns
        for role in ("customer", "subscription"):
            if role in columns.position:
                damaged_ids.refuse_damaged(
                    engine, rows.table, role, rows.sheet, columns, is_only=is_only
                )
    has_fixed_ends = all(_has_fixed_ends(rows) for rows in stored)
    may_follow = not has_fixed_ends or successions.find(engine, stored)
    inclusive = [successions.inclusive(engine, rows) if may_follow else 0 for rows in stored]
    if proves_keys:
        customer_keys.define(engine, [rows.table for rows in stored])
    else:
        customer_keys.assume(engine)
    records.define(engine, stored, inclusive)
    today = settings.today or date.max
    engine.run("read/subscriptions/dated", {"today": today})
    by_sheet = engine.connection.fetchall()
    dated = {sheet: (records, first, last) for sheet, records, first, last, _ in by_sheet}
    newest = max((last for *_, last in dated.values() if last), default=date.min)
    as_of = settings.as_of or newest
    engine.run("read/subscriptions/rows", {"today": today, "as_of": as_of, "newest": newest})
    used = accounts.used(engine)
    currency = _currency(engine, used.by_currency, stored[0], settings)
    may_overlap = may_follow
    if not has_fixed_ends or any(inclusive):
        engine.run("read/subscriptions/several")
        may_overlap = successions.is_any(engine)
    is_replaced = False
    if may_overlap or settings.new_since or any(code != currency for code in used.by_currency):
        given = {"currency": currency, "new_since": settings.new_since}
        engine.run("read/subscriptions/dependent_reasons", given)
        used = accounts.used(engine)
        is_replaced = bool(engine.execute("from subscription_replaced limit 1").fetchone())
    has_changes = is_replaced or any(changes for *_, changes in by_sheet)
    _store_periods(engine, {rows.meaning.shape for rows in stored}, as_of, has_changes)
    accounts.check(engine, used)
    nobody = engine.row("read/subscriptions/no_customer", {"currency": currency})
    inputs = accounts.files(engine, stored, inclusive, dated, as_of, used.by_sheet)
    return Reading(
        inputs=tuple(
            flagged(file, meaning.columns) for file, meaning in zip(inputs, known, strict=True)
        ),
        currency=currency,
        as_of=as_of,
        no_customer_revenue=nobody["yearly"] / MONTHS_PER_YEAR,
        has_cost=False,
    )


def _meaning(engine: DuckDB, sheet: Sheet, settings: ReadingSettings, has_plans: bool) -> Meaning:
    """Return the roles of the columns of a sheet, by headers first and then by cells.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        settings: of which roles that were typed matter.
        has_plans: whether the plan of each subscription is needed.
    """
    refuse_movements(engine, sheet)
    meaning = understand(engine, sheet, settings.map)
    meaning = with_state(engine, sheet, with_interval(engine, sheet, meaning))
    # A plan identifies the subscription of a month or a payment that names none.
    return replace(meaning, has_plans=has_plans or meaning.shape in ("months", "payments"))


def _has_fixed_ends(rows: SubscriptionRows) -> bool:
    """Return whether each row is of a subscription, with an end that always counts as one."""
    meaning = rows.meaning
    return (
        meaning.shape == "spans"
        and "subscription" in meaning.columns.position
        and not meaning.ends_when_asked
        and not records.may_be_paid_until(rows)
    )


def _store_periods(
    engine: DuckDB, shapes: Collection[Shape], as_of: date, has_changes: bool
) -> None:
    """Create `periods` and `excluded_rows` from the rows that are used.

    Args:
        engine: holds the rows.
        shapes: what the rows are.
        as_of: the last day of the data.
        has_changes: whether a row may change its state, or is replaced by another.
    """
    if has_changes:
        cut = engine.row("read/subscriptions/cut", {"as_of": as_of})["cut"]
        engine.run("read/subscriptions/spans" if cut else "read/subscriptions/whole_spans")
    else:
        engine.run("read/subscriptions/unchanged_spans")
    if "payments" in shapes:
        engine.run("read/subscriptions/payments", {"as_of": as_of})
    else:
        engine.run("read/subscriptions/no_payments")
    engine.run("read/subscriptions/excluded_rows")


def _currency(
    engine: DuckDB,
    counts: Mapping[str, int],
    first: SubscriptionRows,
    settings: ReadingSettings,
) -> str | None:
    """Return the only currency of the usable rows; a given one has priority.

    Args:
        engine: reads the first sheet.
        counts: usable rows by currency.
        first: rows of the first sheet.
        settings: of which `currency` matters.

    Raises:
        ConvertedSubscriptionCurrencyError: there are several, and columns with converted amounts.
        MixedSubscriptionCurrencyError: there are several.
    """
    if settings.currency:
        return settings.currency.upper()
    if len(counts) > 1:
        shown = ", ".join(f"{code} {count}" for code, count in counts.items())
        facts = {"counts": shown, "currency": next(iter(counts))}
        meaning = first.meaning
        if roles := converted_amounts.in_one_currency(
            engine, first.sheet, meaning.columns, (meaning.money,)
        ):
            raise ConvertedSubscriptionCurrencyError(**facts, **converted_amounts.facts(roles))
        raise MixedSubscriptionCurrencyError(**facts)
    return next(iter(counts), None)
