"""Rows of one subscription that may overlap, or that go on the day after another ends.

| rows of a subscription                        | what they may be                    |
| s1 2026-01-05 to 2026-03-10, s1 2026-03-10 -  | neither                             |
| s1 2026-01-05 to 2026-03-10, s1 2026-03-01 -  | they overlap                        |
| s1 2026-01-05 to 2026-03-09, s1 2026-03-10 -  | the second goes on the day after    |
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.read.subscriptions.rows import SubscriptionRows

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def find(engine: DuckDB, stored: Sequence[SubscriptionRows]) -> bool:
    """Fill `subscription_several` from the stored rows; return whether it holds any subscription.

    It holds the hashes of all subscriptions whose rows may overlap or go on the day after, and of
    some more: equal IDs have equal hashes. It stays true as long as no end moves.

    Args:
        engine: holds the tables of the rows.
        stored: rows of all sheets, each of a subscription and with an end that always counts.
    """
    stop = "case when stop >= start then stop end"  # an end before the start is none
    pieces = [f"select subscription, start, {stop} as stop from {rows.table}" for rows in stored]
    engine.execute(
        f"""
        create or replace temp table subscription_several as
        select hash(subscription) as hashed
        from ({" union all ".join(pieces)})
        group by hashed
        having count(*) > 2 or (count(*) = 2 and (
            max(start) < coalesce(min(stop), date '9999-12-31') or max(start) = min(stop) + 1))
        """
    )
    return is_any(engine)


def is_any(engine: DuckDB) -> bool:
    """Return whether `subscription_several` holds any subscription."""
    return engine.execute("select hashed from subscription_several limit 1").fetchone() is not None


def inclusive(engine: DuckDB, rows: SubscriptionRows) -> int:
    """Count the rows that go on the day after another ends, if more do so than on that very day.

    Known exports say the first day on which a subscription no longer runs.
    """
    if rows.meaning.shape != "spans" or rows.meaning.columns.profile.recognise:
        return 0
    # Most files have no such row, which hashes prove: equal IDs and days have equal hashes.
    ((may_follow,),) = engine.execute(
        f"""
        select count(*) from {rows.source} where hash(customer, subscription, start) in (
            select hash(customer, subscription, stop + 1) from {rows.source} where stop is not null
        )
        """
    ).fetchall()
    if not may_follow:
        return 0
    same = "a.customer = b.customer and a.subscription is not distinct from b.subscription"
    ((after, on),) = engine.execute(
        f"""
        select count(*) filter (b.start = a.stop + 1), count(*) filter (b.start = a.stop)
        from {rows.source} as a join {rows.source} as b
            on {same} and b.start in (a.stop, a.stop + 1) and b.start > a.start
        """
    ).fetchall()
    return int(after) if after > on else 0
