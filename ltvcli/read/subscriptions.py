"""Sheets of subscriptions to the table `periods`: every row accounted for, every amount a month's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ltvcli.config import Settings
from ltvcli.errors import (
    InternalError,
    MixedSubscriptionCurrencyError,
    NoSubscribersError,
    NoSubscriptionsError,
)
from ltvcli.language import N_
from ltvcli.read.orders import Reading
from ltvcli.read.sheet import Sheet
from ltvcli.read.subscription_columns import Shape, understand
from ltvcli.read.subscription_rows import SubscriptionRows, store
from ltvcli.results import InputFile, Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

TAKEN: dict[Shape, str] = {
    "spans": N_("Read as subscriptions: a row is a stretch of one, from “{column}” on."),
    "months": N_("Read as subscriptions: a row is a month of a customer, in “{column}”."),
    "tenure": N_(
        "Read as subscriptions: a row is a customer with months in “{column}”. It does not say when they "
        "left: all who left count as leaving on the as-of date, and months cannot be compared."
    ),
    "payments": N_(
        "Read as subscriptions: a row is a payment, in “{column}”. It covers its period; if the next comes "
        "later than half a period after that (at least 7 and at most 30 days), the subscription ended."
    ),
}
INCLUSIVE = N_(
    "“{column}” is the last day a subscription runs, as {count} go on the day after; it was read so."
)
_COLUMN = {"spans": "start", "months": "month", "tenure": "tenure", "payments": "date"}
_KEPT = (
    "asked",
    "trial_start",
    "trial_end",
    "period_start",
    "period_end",
    "paused",
    "months",
    "days",
)


def load(sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> Reading:
    """Fill the tables `periods` and `set_aside` of the engine.

    `periods` is what analyses._flows.Ledger wants. The newest day among starts, payments, begins of
    the current period and ends of what no longer runs is as_of, unless --as-of says otherwise; ends
    beyond it are planned. `no_customer_revenue` is per month.

    Raises:
        InputError: a file is not what it should be; each reason has its own class.
        UnansweredError: no subscription is left to count.
        InternalError: rows or money were lost on the way.
    """
    engine.run("read_macros")
    engine.run("read_subscription_macros")
    known = [understand(sheet, settings.map) for sheet in sheets]
    stored = [
        store(engine, index, sheet, meaning, settings)
        for index, (sheet, meaning) in enumerate(zip(sheets, known, strict=True))
    ]
    inclusive = [_inclusive(engine, rows) for rows in stored]
    _records(engine, stored, inclusive)
    today = settings.today or date.max
    dated = {row[0]: row[1:] for row in _all(engine, "read_subscription_as_of", {"today": today})}
    newest = max((last for *_, last in dated.values() if last), default=settings.as_of or date.min)
    as_of = settings.as_of or newest
    engine.run("read_subscription_found", {"today": today, "as_of": as_of, "newest": newest})
    currency = _currency(engine, settings)
    engine.execute(
        "create or replace table subscription_late (sheet int, record bigint, reason text)"
    )
    engine.run("read_subscription_late", {"currency": currency, "new_since": settings.new_since})
    for name in ("spans", "payments", "periods"):
        engine.run(f"read_subscription_{name}", {"as_of": as_of})
    lost = engine.row("read_subscription_checks")
    if lost["rows"] or lost["paid"]:
        raise InternalError(what=f"{lost['rows']} rows and {lost['paid']} in payments were lost")
    inputs = _inputs(engine, stored, inclusive, dated)
    _check_usable(stored, inputs)
    return Reading(
        inputs=inputs,
        currency=currency,
        as_of=as_of,
        no_customer_revenue=engine.row("read_subscription_no_customer", {"currency": currency})[
            "revenue"
        ],
        has_cost=False,
    )


def _inclusive(engine: DuckDB, rows: SubscriptionRows) -> int:
    """Count the rows that go on the day after another ends, if more do so than on that very day."""
    if rows.meaning.shape != "spans" or rows.meaning.columns.profile.recognise:
        return 0
    same = "a.customer = b.customer and a.subscription is not distinct from b.subscription"
    row = engine.execute(
        f"""
        select count(*) filter (b.start = a.stop + 1), count(*) filter (b.start = a.stop)
        from (select * from {rows.table} where stop is not null) a
        join {rows.table} b on {same} and b.start between a.stop and a.stop + 1
        """
    ).fetchone()
    after, on = row or (0, 0)
    return int(after) if after > on else 0


def _records(engine: DuckDB, stored: Sequence[SubscriptionRows], inclusive: Sequence[int]) -> None:
    seen: set[str] = set()
    pieces = []
    for rows, shifted in zip(stored, inclusive, strict=True):
        lone = "'duplicate-file'" if rows.sheet.sha256 in seen else "lone"
        seen.add(rows.sheet.sha256)
        pieces.append(
            f"select {rows.index} as sheet, rowid as record, "
            f"'{rows.meaning.columns.profile.name}' as source, '{rows.meaning.shape}' as shape, "
            "customer, subscription, plan, currency, standing, start, stop as raw_stop, "
            f"stop + {int(shifted > 0)} as stop, {', '.join(_KEPT)}, gross, net, "
            f"{lone} as lone, problem from {rows.table}"
        )
    engine.execute(f"create or replace view subscription_records as {' union all '.join(pieces)}")


def _currency(engine: DuckDB, settings: Settings) -> str | None:
    """Tell the one currency of what is usable; the chosen one wins."""
    counts = {code: count for code, count in _all(engine, "read_subscription_usable") if code}
    if settings.currency:
        return settings.currency.upper()
    if len(counts) > 1:
        shown = ", ".join(f"{code} {count}" for code, count in counts.items())
        raise MixedSubscriptionCurrencyError(counts=shown, currency=next(iter(counts)))
    return next(iter(counts), None)


def _check_usable(stored: Sequence[SubscriptionRows], inputs: Sequence[InputFile]) -> None:
    if any(one.rows_used for one in inputs):
        return
    reasons: Counter[str] = Counter()
    for one in inputs:
        reasons.update(one.set_aside)
    if reasons["no-customer"] * 2 > reasons.total():
        raise NoSubscribersError(
            file=stored[0].sheet.name,
            column=stored[0].meaning.columns.name("customer"),
            count=reasons["no-customer"],
        )
    shown = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
    raise NoSubscriptionsError(reasons=shown)


def _inputs(
    engine: DuckDB,
    stored: Sequence[SubscriptionRows],
    inclusive: Sequence[int],
    dated: dict[int, tuple[Any, ...]],
) -> tuple[InputFile, ...]:
    """Account for every row of every file.

    Raises:
        InternalError: rows read are not rows used plus rows set aside.
    """
    used = dict(_all(engine, "read_subscription_used"))
    reasons: dict[int, dict[str, int]] = {rows.index: {} for rows in stored}
    for sheet, reason, count, distinct in _all(engine, "read_reasons"):
        if count != distinct:
            raise InternalError(what=f"{count - distinct} rows were set aside twice")
        reasons[sheet][reason] = count
    made = []
    for rows, shifted in zip(stored, inclusive, strict=True):
        records, first, last = dated.get(rows.index, (0, None, None))
        aside = reasons[rows.index]
        if records != used.get(rows.index, 0) + sum(aside.values()):
            raise InternalError(what=f"rows of {rows.sheet.name} were lost")
        columns = rows.meaning.columns
        taken = {"column": columns.name(_COLUMN[rows.meaning.shape])}
        notes = [Sentence(TAKEN[rows.meaning.shape], taken), *rows.notes]
        if shifted:
            facts = {"column": columns.name("end"), "count": Quantity(shifted, Unit.COUNT)}
            notes.append(Sentence(INCLUSIVE, facts))
        made.append(
            InputFile(
                path=rows.sheet.name,
                kind="subscriptions",
                profile=columns.profile.name,
                sha256=rows.sheet.sha256,
                first=first,
                last=last,
                rows_read=records + len(rows.ragged),
                rows_used=used.get(rows.index, 0),
                set_aside=aside | Counter(one.reason for one in rows.ragged),
                columns=columns.named(),
                notes=tuple(notes),
            )
        )
    return tuple(made)


def _all(
    engine: DuckDB, name: str, parameters: dict[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    engine.run(name, parameters)
    return engine.connection.fetchall()
