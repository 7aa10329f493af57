"""Monthly recurring revenue and its movements, month by month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from ltvcli.analyses.mrr.conventions import STANDARD, Convention
from ltvcli.analyses.mrr.movements import UNKNOWN, Ledger, rates
from ltvcli.formulas import mrr as formulas
from ltvcli.results.mrr import Leaving, Month, PlanMonth

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine


def answer(
    engine: Engine,
    as_of: date,
    convention: Convention = STANDARD,
    first: date | None = None,
    last: date | None = None,
) -> tuple[Month, ...]:
    """Return every month of MRR, from the first of `periods` to that of `as_of`.

    Rates cover the window of the convention, movements always the calendar month; an incomplete
    month has movements, but no rates of its calendar month.

    Args:
        engine: holds `periods`; see `Ledger`.
        as_of: cut-off date of the data.
        convention: definitions of MRR and churn.
        first: a day of the first month to return; by default that of the data.
        last: a day of the last month to return; by default that of `as_of`.

    Raises:
        InternalError: opening and movements do not add up to the close.
    """
    flows = Ledger(engine, as_of, first, last).flows(convention)
    trails = convention.trailing is not None
    return tuple(
        Month(
            month=month,
            complete=complete,
            **asdict(calendar),
            arpu=formulas.arpu(calendar.closing, calendar.customers_closing),
            **(rates(money, people, convention) if complete or trails else UNKNOWN),
        )
        for month, complete, calendar, money, people in zip(
            flows.months, flows.complete, flows.calendar, flows.money, flows.people, strict=True
        )
    )


def by_plan(
    engine: Engine,
    as_of: date,
    convention: Convention = STANDARD,
    first: date | None = None,
    last: date | None = None,
) -> tuple[PlanMonth, ...]:
    """Return MRR by month and plan, from the first paid month of each plan.

    Args:
        engine: holds `periods`; see `Ledger`.
        as_of: cut-off date of the data.
        convention: definitions of MRR and churn.
        first: a day of the first month to return; by default that of the data.
        last: a day of the last month to return; by default that of `as_of`.

    Raises:
        InternalError: a plan's opening and movements do not add up to its close.
    """
    columns = Ledger(engine, as_of, first, last).plans(convention)
    columns.pop("gap")
    rows = zip(*columns.values(), strict=True)
    return tuple(PlanMonth(**dict(zip(columns, row, strict=True))) for row in rows)


def payers(engine: Engine) -> int:
    """Count who ever paid, by `customer_key`; `answer` must have run as `STANDARD` before.

    There are as many by name if no two of them have the same key.
    """
    customers: int = engine.row("mrr/payers")["customers"]
    return customers


def leaving(engine: Engine, as_of: date) -> Leaving:
    """Sum MRR that is scheduled to churn but still paid; `answer` must have run before.

    Args:
        engine: holds `mrr_periods`.
        as_of: cut-off date of the data.
    """
    row = engine.row("mrr/scheduled_churn", {"as_of": as_of})
    return Leaving(mrr=float(row["mrr"]), subscriptions=row["subscriptions"])
