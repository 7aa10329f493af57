"""Accounting of a table: rows read are rows used plus rows excluded by reason, as for files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ltvcli.errors import InternalError
from ltvcli.facts.engine import adds_up
from ltvcli.language import N_
from ltvcli.read.orders import accounting, ids_and_emails, segments
from ltvcli.read.orders.rows import Rows
from ltvcli.read.tables.look import count, row_of, rows_of
from ltvcli.results import Fact, InputFile, Quantity, Sentence, StatusWord
from ltvcli.settings.reading import ReadingSettings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

NO_HASH = N_("A table has no SHA-256: its rows may change between two runs.")


def file(
    engine: DuckDB,
    rows: Rows,
    settings: ReadingSettings,
    excluded_alone: Mapping[str, int],
    notes: Sequence[Sentence],
    statuses: Sequence[StatusWord],
    *,
    single: bool,
) -> InputFile:
    """Account for every row of the table.

    Args:
        engine: holds the tables.
        rows: of the table.
        settings: of which the period matters here.
        excluded_alone: rows that are excluded without their orders, by reason.
        notes: on the table.
        statuses: what the words of its status columns do.
        single: whether every row is an order of its own.

    Raises:
        InternalError: rows read are not rows used plus excluded rows.
        UnansweredError: no order is left to count.
    """
    every = engine.row("tables/days")
    sums = _sums(engine)
    used = sums.pop("", dict.fromkeys(next(iter(sums.values()), {}), 0))
    reasons = Counter({reason: int(row["all_rows"]) for reason, row in sums.items()})
    reasons.update(excluded_alone)
    reasons.update({"refund-folded": int(used.get("folds", 0))})
    rows_used = int(used.get("all_rows", 0) - used.get("folds", 0))
    if not adds_up(engine, every["all_rows"], rows_used + reasons.total()):
        raise InternalError(what=f"rows of {rows.sheet.name} were lost")
    conflict = {} if single else engine.row("tables/conflicts")
    alone = sums.get("refund-without-order")
    made = InputFile(
        path=rows.sheet.name,
        kind="orders",
        profile=rows.columns.profile.name,
        sha256="",
        first=every["first"],
        last=every["last"],
        rows_read=int(every["all_rows"]),
        rows_used=rows_used,
        set_aside={
            reason: n
            for reason, n in sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0]))
            if n
        },
        columns=rows.columns.named(),
        notes=(
            *rows.notes,
            *notes,
            *_of_segments(engine, rows, used, single=single),
            *_of_conflicts(conflict),
            *accounting.refunds_without_order(-alone["total"] if alone else None),
            Sentence(NO_HASH),
        ),
        alerts={**rows.alerts, **_alerts(engine, rows, used, conflict, settings, single=single)},
        statuses=tuple(statuses),
        source=rows.sheet.table.address.shown if rows.sheet.table else None,
        zone=accounting.zone_of(rows.sheet, rows.columns),
    )
    accounting.refuse_unusable(rows.sheet.name, rows.columns, [made], used)
    return made


def excluded_alone(engine: DuckDB, rows: Rows, reason: str, *, single: bool) -> dict[str, int]:
    """Count the rows that are excluded without their orders, by reason.

    Args:
        engine: holds the rows.
        rows: of the table.
        reason: SQL of why.
        single: every row is an order of its own, so that none is.
    """
    if single:
        return {}
    counts = rows_of(
        engine,
        f"select {reason} as reason, count(*) as n from {rows.table} "
        f"where {reason} is not null group by {reason}",
    )
    return {str(why): int(n) for why, n in counts}


def _sums(engine: DuckDB) -> dict[str, dict[str, Any]]:
    """Return the sums of sql/tables/sums.sql by reason; "" are the orders that are used."""
    columns = {name: values.tolist() for name, values in engine.columns("tables/sums").items()}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return {row["reason"]: row for row in rows}


def _of_segments(
    engine: DuckDB, rows: Rows, used: Mapping[str, Any], *, single: bool
) -> list[Sentence]:
    """Describe orders with several segments, or without a cost to serve."""
    notes = []
    places = [(number, at) for number, at in enumerate(rows.columns.by.values()) if at is not None]
    if places and not single:
        asked = {
            f"n{number}": count(f"reason is null and differ_{number} = 1") for number, _ in places
        }
        differing = row_of(engine, asked, "all_orders")
        notes = [
            Sentence(
                segments.DIFFER,
                {
                    "count": Quantity(int(differing[f"n{number}"]), Unit.COUNT),
                    "column": rows.columns.header[at],
                },
            )
            for number, at in places
            if differing[f"n{number}"]
        ]
    if "serve" in rows.fields and (unserved := int(used.get("unserved", 0))):
        facts: dict[str, Fact] = {
            "count": Quantity(unserved, Unit.COUNT),
            "column": rows.columns.name("serve"),
        }
        notes.append(Sentence(segments.NOT_SERVED, facts))
    return notes


def _of_conflicts(conflict: Mapping[str, Any]) -> list[Sentence]:
    if not conflict.get("orders"):
        return []
    customers, days, amounts = (int(conflict[name]) for name in ("customers", "days", "amounts"))
    return accounting.conflict_notes(customers, days, amounts)


def _alerts(
    engine: DuckDB,
    rows: Rows,
    used: Mapping[str, Any],
    conflict: Mapping[str, Any],
    settings: ReadingSettings,
    *,
    single: bool,
) -> dict[str, Mapping[str, Fact]]:
    """Return the facts for the checks of the same names."""
    alerts: dict[str, Mapping[str, Fact]] = {}
    if not single or "reduction" in rows.fields:
        if used.get("overrefunded"):
            alerts["refunds-exceed-orders"] = {
                "orders": Quantity(int(used["overrefunded"]), Unit.COUNT),
                "excess": Quantity(-float(used["excess"]), Unit.MONEY),
            }
        if used.get("total", 0) < 0:
            revenue = Quantity(float(used["total"]), Unit.MONEY)
            alerts["negative-revenue"] = {"revenue": revenue}
    if conflict.get("orders"):
        of_orders, customers, days, amounts = (
            int(conflict[name]) for name in ("orders", "customers", "days", "amounts")
        )
        alerts["order-rows-disagree"] = accounting.conflict_facts(
            of_orders, customers, days, amounts, conflict["all_rows"], conflict["counted"]
        )
    if rows.columns.is_name:
        alerts["customers-by-name"] = {"column": rows.columns.name("customer")}
    alerts |= _of_emails(engine, rows)
    if settings.from_:
        before = engine.row("tables/before_from")
        if before["customers"]:
            alerts["customers-before-period"] = accounting.before_period(before, settings.from_)
    return alerts


def _of_emails(engine: DuckDB, rows: Rows) -> dict[str, Mapping[str, Fact]]:
    """Compare customer IDs with e-mail addresses, as ltvcli/read/orders/ids_and_emails.py does."""
    if "email" not in rows.fields:
        return {}
    guests = engine.row("tables/guests")
    addresses = engine.row("tables/addresses_with_ids")
    ids = engine.row("tables/ids_with_addresses")
    differ = ids_and_emails.are_many(
        addresses["several_ids"], addresses["emails"], ids_and_emails.IDS_PER_EMAIL
    ) or ids_and_emails.are_many(ids["several_emails"], ids["ids"], ids_and_emails.EMAILS_PER_ID)
    if not (guests["customers"] or differ or engine.asks_all):
        return {}
    engine.run("tables/identities")
    if not (guests["customers"] or differ):
        ids_and_emails.people(engine)
        return {}
    has_guests = guests if guests["customers"] else None
    return {**ids_and_emails.described(engine, rows.columns, has_guests)}
