"""Monthly recurring revenue and what moved it, month by month."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

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
    """Follow MRR from the first month of `periods` to that of `as_of`, none left out.

    Rates cover the window the convention asks for, movements always the calendar month; a month
    that is not over has movements, but no rates of its own.

    Args:
        engine: holds `periods`; see `Ledger`.
        as_of: cut-off date of the data.
        convention: whose definitions to use.
        first: a day of the first month to give, if not the first there is.
        last: a day of the last month to give, if not that of `as_of`.

    Raises:
        InternalError: opening and movements do not give the close.
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
    """Follow MRR by month and plan, from the month a plan is first paid for.

    Raises:
        InternalError: a plan's opening and movements do not give its close.
    """
    columns = Ledger(engine, as_of, first, last).plans(convention)
    columns.pop("gap")
    rows = zip(*columns.values(), strict=True)
    return tuple(PlanMonth(**dict(zip(columns, row, strict=True))) for row in rows)


def leaving(engine: Engine, as_of: date) -> Leaving:
    """Add up what still pays but is cancelled already; wants `answer` to have run.

    Args:
        engine: holds `mrr_periods`.
        as_of: cut-off date of the data.
    """
    row = engine.row("mrr/scheduled_churn", {"as_of": as_of})
    return Leaving(mrr=float(row["mrr"]), subscriptions=row["subscriptions"])
