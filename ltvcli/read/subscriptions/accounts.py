"""Account for every row of subscriptions, used or excluded, with notes on decisions.

50 rows read = 47 rows used + 2 rows excluded as free + 1 as overlap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.errors import InternalError, NoSubscribersError, NoSubscriptionsError
from ltvcli.language import N_
from ltvcli.read.files import parquet
from ltvcli.read.orders.accounting import rows_of
from ltvcli.read.subscriptions.rows import SubscriptionRows
from ltvcli.read.subscriptions.shapes import BEGIN, Shape
from ltvcli.results import Fact, InputFile, Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

TAKEN: Mapping[Shape, str] = {
    "spans": N_(
        "Read as subscriptions: a row is a period of a subscription that starts on “{column}”."
    ),
    "months": N_("Read as subscriptions: a row is a month of a customer, in “{column}”."),
    "tenure": N_(
        "Read as subscriptions: a row is a customer with months in “{column}”. The file has no "
        "dates of churn: all churned customers count as churned on the cut-off date, so months "
        "cannot be compared."
    ),
    "payments": N_(
        "Read as subscriptions: a row is a payment, in “{column}”. It covers its period; if the "
        "next payment is later than half a period after that (at least 7, at most 30 days), the "
        "subscription ended with the period."
    ),
}
INCLUSIVE = N_(
    "“{column}” is the last active day of a subscription: {count} continue on the day after."
)
Dated = Mapping[int, tuple[int, date | None, date | None]]


class Used(Struct, frozen=True, kw_only=True):
    """Rows that are used.

    Attributes:
        by_sheet: rows of each sheet that has any.
        by_currency: rows of each known currency, the most frequent first.
        stretches: rows that are no payments.
        paid: sum of the payments.
    """

    by_sheet: Mapping[int, int]
    by_currency: Mapping[str, int]
    stretches: int
    paid: Decimal


def used(engine: DuckDB) -> Used:
    """Count the rows that are not excluded so far."""
    by_sheet: Counter[int] = Counter()
    by_currency: Counter[str] = Counter()
    stretches, paid = 0, Decimal(0)
    for sheet, currency, rows, payments, amount in rows_of(engine, "read/subscriptions/used"):
        by_sheet[sheet] += rows
        if currency:
            by_currency[currency] += rows
        stretches += rows - payments
        paid += amount
    return Used(
        by_sheet=by_sheet,
        by_currency=dict(sorted(by_currency.items(), key=lambda known: (-known[1], known[0]))),
        stretches=stretches,
        paid=paid,
    )


def check(engine: DuckDB, rows: Used) -> None:
    """Compare the periods with their source rows.

    Args:
        engine: holds `subscription_spans` and `subscription_payments`.
        rows: that are used.

    Raises:
        InternalError: a row or a payment was lost.
    """
    made = engine.row("read/subscriptions/checks")
    lost, unpaid = rows.stretches - made["rows"], rows.paid - made["paid"]
    if lost or unpaid:
        raise InternalError(what=f"{lost} rows and {unpaid} in payments of a year were lost")


def files(
    engine: DuckDB,
    stored: Sequence[SubscriptionRows],
    inclusive: Sequence[int],
    dated: Dated,
    as_of: date,
    used: Mapping[int, int],
) -> tuple[InputFile, ...]:
    """Account for every row of every file.

    Args:
        engine: holds `subscription_rows` and `excluded_rows`.
        stored: what was read of each file.
        inclusive: rows of each file that go on the day after another ends.
        dated: records, first and last day of each file.
        as_of: last day of the data.
        used: rows of each file that are used.

    Raises:
        InternalError: rows read are not rows used plus excluded rows.
        NoSubscribersError: not one row has a customer.
        NoSubscriptionsError: every row was excluded.
    """
    reasons: dict[int, dict[str, int]] = {rows.index: {} for rows in stored}
    for sheet, reason, count, distinct in rows_of(engine, "read/reasons"):
        if count != distinct:
            raise InternalError(what=f"{count - distinct} rows were excluded twice")
        reasons[sheet][reason] = count
    excluded = _excluded(engine, as_of) if any(reasons.values()) else {}
    made = []
    for rows, shifted in zip(stored, inclusive, strict=True):
        records, first, last = dated.get(rows.index, (0, None, None))
        excluded_by_reason = reasons[rows.index]
        if records != used.get(rows.index, 0) + sum(excluded_by_reason.values()):
            raise InternalError(what=f"rows of {rows.sheet.name} were lost")
        columns = rows.meaning.columns
        made.append(
            InputFile(
                path=rows.sheet.name,
                kind="subscriptions",
                profile=columns.profile.name,
                sha256=rows.sheet.sha256,
                first=first,
                last=last,
                rows_read=records + sum(rows.sheet.damaged.values()),
                rows_used=used.get(rows.index, 0),
                set_aside=excluded_by_reason | rows.sheet.damaged,
                columns=columns.named(),
                notes=(*parquet.notes(rows.sheet), *_notes(rows, shifted), *rows.notes),
                alerts={**rows.alerts, **excluded.get(rows.index, {})},
                statuses=rows.statuses,
            )
        )
    if not used:
        raise _nothing(stored[0], made)
    return tuple(made)


def _excluded(engine: DuckDB, as_of: date) -> dict[int, dict[str, Mapping[str, Fact]]]:
    """Return the recurring money of excluded rows that may have to count, by sheet."""
    engine.run("read/subscriptions/excluded", {"as_of": as_of})
    return {
        sheet: {
            "recurring-rows-excluded": {
                "rows": Quantity(rows, Unit.COUNT),
                "amount": Quantity(amount, Unit.MONEY),
                "reasons": reasons,
            }
        }
        for sheet, rows, amount, reasons in engine.connection.fetchall()
    }


def _notes(rows: SubscriptionRows, shifted: int) -> list[Sentence]:
    columns, shape = rows.meaning.columns, rows.meaning.shape
    notes = [Sentence(TAKEN[shape], {"column": columns.name(BEGIN[shape])})]
    if shifted:
        facts: dict[str, Any] = {"column": columns.name("end")}
        notes.append(Sentence(INCLUSIVE, facts | {"count": Quantity(shifted, Unit.COUNT)}))
    return notes


def _nothing(
    rows: SubscriptionRows, inputs: Sequence[InputFile]
) -> NoSubscribersError | NoSubscriptionsError:
    reasons: Counter[str] = Counter()
    for file in inputs:
        reasons.update(file.set_aside)
    nobody = reasons["no-customer"]
    if 2 * nobody > reasons.total():
        column = rows.meaning.columns.name("customer")
        return NoSubscribersError(file=rows.sheet.name, column=column, count=nobody)
    shown = ", ".join(f"{name} {count}" for name, count in reasons.most_common())
    return NoSubscriptionsError(reasons=shown)
