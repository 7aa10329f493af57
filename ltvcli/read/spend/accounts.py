"""Accounting: every row of spend is used or excluded.

30 rows read = 28 rows used + 2 rows excluded as total-row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import InternalError, NoSpendError
from ltvcli.language import N_
from ltvcli.read.orders.accounting import rows_of
from ltvcli.read.spend.rows import SpendRows
from ltvcli.results import Fact, InputFile, Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


SPEND_SAYS = N_(
    "Its amounts are in {currency}; the amounts of customers are assumed to be in {currency}, too."
)
CUSTOMERS_SAY = N_("It has no currency and is assumed to be in {currency}.")


def files(
    engine: DuckDB, stored: Sequence[SpendRows], spend: str | None, customers: str | None
) -> tuple[InputFile, ...]:
    """Account for every row of every file.

    Args:
        engine: holds `spend_rows`.
        stored: what was read of each file.
        spend: the currency of the spend, if known.
        customers: that of what customers bring, if known.

    Raises:
        InternalError: rows read are not rows used plus excluded rows.
        NoSpendError: a file has no row that counts.
    """
    counted = {row[0]: row[1:] for row in rows_of(engine, "read/spend/files")}
    reasons: dict[int, dict[str, int]] = {rows.index: {} for rows in stored}
    for sheet, reason, count in rows_of(engine, "read/spend/reasons"):
        reasons[sheet][reason] = count
    excluded, below_0 = _excluded(engine), _credits(engine)
    made = []
    for rows in stored:
        records, used, first, last = counted.get(rows.index, (0, 0, None, None))
        excluded_by_reason = reasons[rows.index]
        if records != used + sum(excluded_by_reason.values()):
            raise InternalError(what=f"rows of {rows.sheet.name} were lost")
        all_reasons = excluded_by_reason | rows.sheet.damaged
        if not used and "duplicate-file" not in all_reasons:
            shown = ", ".join(f"{reason} {count}" for reason, count in all_reasons.items())
            raise NoSpendError(file=rows.sheet.name, reasons=shown)
        made.append(
            InputFile(
                path=rows.sheet.name,
                kind="spend",
                profile=rows.meaning.columns.profile.name,
                sha256=rows.sheet.sha256,
                first=first,
                last=last,
                rows_read=records + sum(rows.sheet.damaged.values()),
                rows_used=used,
                set_aside=all_reasons,
                columns=rows.meaning.columns.named(),
                notes=(*rows.notes, *_currency(spend, customers)),
                alerts={
                    **rows.alerts,
                    **excluded.get(rows.index, {}),
                    **below_0.get(rows.index, {}),
                },
            )
        )
    return tuple(made)


def _excluded(engine: DuckDB) -> dict[int, dict[str, Mapping[str, Fact]]]:
    """Return the spend of rows whose days or amounts cannot be read, by sheet."""
    return {
        sheet: {
            "spend-rows-excluded": {
                "rows": Quantity(rows, Unit.COUNT),
                "amount": Quantity(amount, Unit.MONEY),
                "share": Quantity(share, Unit.RATE),
                "unread": Quantity(unread, Unit.COUNT),
                "reasons": reasons,
            }
        }
        for sheet, rows, amount, share, unread, reasons in rows_of(
            engine, "read/spend/unreadable_rows"
        )
    }


def _credits(engine: DuckDB) -> dict[int, dict[str, Mapping[str, Fact]]]:
    """Return the spend below zero, by sheet."""
    return {
        sheet: {
            "spend-credits": {
                "rows": Quantity(rows, Unit.COUNT),
                "amount": Quantity(float(amount), Unit.MONEY),
            }
        }
        for sheet, rows, amount in rows_of(engine, "read/spend/credits")
    }


def _currency(spend: str | None, customers: str | None) -> list[Sentence]:
    """Describe that one side names a currency and the other does not."""
    if spend and not customers:
        return [Sentence(SPEND_SAYS, {"currency": spend})]
    if customers and not spend:
        return [Sentence(CUSTOMERS_SAY, {"currency": customers})]
    return []
