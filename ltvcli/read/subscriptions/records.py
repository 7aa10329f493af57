"""The rows of all sheets of subscriptions as one view, with the ends that count.

| row of a sheet                                 | row of `subscription_records`        |
| active, stop 2026-03-01, the day of cancelling | stop NULL, asked 2026-03-01          |
| active, stop 2026-04-05, paid until then       | stop NULL, period_end 2026-04-05     |
| period 2026-01-05 to 2026-04-05, no interval   | months 3, and the amounts of a year  |
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.read.subscriptions import segments
from ltvcli.read.subscriptions.rows import SubscriptionRows

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_EXPIRY = re.compile(r"expir|valid|paid|renew|有効期限|失効|期限")
_KEPT = """leaves trial_start trial_end paused months days gross net list_yearly yearly problem"""
_NEVER = "false"
_WITH_LENGTHS = """
    select * replace (
        coalesce(list_yearly, yearly_amount(gross, months, days)) as list_yearly,
        coalesce(yearly, yearly_amount(greatest(net, 0), months, days)) as yearly)
    from (
        select * replace (
            case when months is null and period_end > start
                then months_between(start, period_end) else months end as months,
            case when days is null and period_end > start then 0 else days end as days)
        from ({}))
"""
"""SQL of rows with the length of the period billed last, where no interval is known, and with what
they pay a year."""


def define(engine: DuckDB, stored: Sequence[SubscriptionRows], inclusive: Sequence[int]) -> None:
    """Create the view `subscription_records`; `stated_stop` is the end as in the file.

    What cannot differ in a sheet is not asked for each row, because every query would do so.

    Args:
        engine: holds the rows.
        stored: rows of all sheets.
        inclusive: rows of each sheet that go on the day after another ends.
    """
    seen: set[str] = set()
    pieces = []
    for rows, shifted in zip(stored, inclusive, strict=True):
        row_reason = "'duplicate-file'" if rows.sheet.contents in seen else "row_reason"
        seen |= rows.sheet.digests
        stop = "stop + 1" if shifted else "stop"
        is_asked = f"is_asked({stop}, leaves, status)" if rows.meaning.ends_when_asked else _NEVER
        is_paid_until = _is_paid_until(engine, rows, stop)
        begun = "coalesce(period_start, period_before(start, period_end, months, days))"
        piece = (
            f"select {rows.index} as sheet, record, "
            f"'{rows.meaning.columns.profile.name}' as source, '{rows.meaning.shape}' as shape, "
            "customer_key, customer, subscription, plan, currency, status, start, "
            "stop as stated_stop, "
            f"{_unless([is_asked, is_paid_until], stop, 'null')} as stop, "
            f"{_unless([is_asked], 'asked', stop)} as asked, "
            f"{_unless([is_paid_until], 'period_end', f'coalesce(period_end, {stop})')} "
            f"as period_end, {begun} as period_start, {segments.joined(rows.meaning)} as segment, "
            f"{row_reason} as row_reason, {', '.join(_KEPT.split())} from {rows.source}"
        )
        has_lengths = (
            is_paid_until != _NEVER
            or "period_end" in rows.meaning.columns.position
            or rows.lacks_amounts
        )
        pieces.append(_WITH_LENGTHS.format(piece) if has_lengths else piece)
    engine.execute(f"create or replace view subscription_records as {' union all '.join(pieces)}")


def may_be_paid_until(rows: SubscriptionRows) -> bool:
    """Return whether an end may be the day up to which something that runs is paid."""
    columns = rows.meaning.columns
    if "renews" in columns.position:
        return True
    is_expiry = "end" in columns.position and _EXPIRY.search(columns.name("end").casefold())
    is_generic = not columns.profile.recognise
    return bool(is_expiry) and is_generic and rows.meaning.shape == "spans"


def _is_paid_until(engine: DuckDB, rows: SubscriptionRows, stop: str) -> str:
    """Return SQL that is true for a row whose end is the day it is paid up to.

    A column such as `auto_renew` says it for each row. Without one, an end that is called an expiry
    is such a day if every row that is paying has one.

    Args:
        engine: holds the rows.
        rows: of one sheet.
        stop: SQL of the end.
    """
    is_paid_until = f"is_paid_until({stop}, {{}}, asked, status)"
    if "renews" in rows.meaning.columns.position:
        return is_paid_until.format("renews")
    if not may_be_paid_until(rows):
        return _NEVER
    ((every,),) = engine.execute(
        f"select bool_and(stop is not null) from {rows.source} where status = 'paying'"
    ).fetchall()
    return is_paid_until.format("true") if every else _NEVER


def _unless(tests: Sequence[str], sql: str, otherwise: str) -> str:
    """Write the SQL of a value that is another where one of the tests is true."""
    asked = [test for test in tests if test != _NEVER]
    return f"case when {' or '.join(asked)} then {otherwise} else {sql} end" if asked else sql
