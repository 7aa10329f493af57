"""Monthly recurring revenue and what moved it, month by month.

The words here are marked for translation when the command that shows them is added.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from ltvcli.analyses._flows import Ledger, rates
from ltvcli.analyses.conventions import STANDARD, Convention
from ltvcli.formulas import mrr as formulas
from ltvcli.results import Figure
from ltvcli.units import Money, Rate, Unit

if TYPE_CHECKING:
    from ltvcli.facts import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month: opening and movements give the close. Partial if as_of is not its last day."""

    month: date
    complete: bool
    opening: Annotated[
        Money,
        Figure(
            label="Opening MRR",
            unit=Unit.MONEY,
            definition="Monthly recurring revenue at the end of the month before.",
        ),
    ]
    new: Annotated[
        Money,
        Figure(
            label="New",
            unit=Unit.MONEY,
            definition="MRR of customers who had never paid before.",
        ),
    ]
    expansion: Annotated[
        Money,
        Figure(
            label="Expansion",
            unit=Unit.MONEY,
            definition="What customers who already paid pay more.",
        ),
    ]
    contraction: Annotated[
        Money,
        Figure(
            label="Contraction",
            unit=Unit.MONEY,
            definition="What customers who still pay pay less.",
        ),
    ]
    churn: Annotated[
        Money,
        Figure(
            label="Churned MRR",
            unit=Unit.MONEY,
            definition="MRR of customers who no longer pay anything.",
        ),
    ]
    reactivation: Annotated[
        Money,
        Figure(
            label="Reactivation",
            unit=Unit.MONEY,
            definition="MRR of customers who paid once, stopped, and pay again.",
        ),
    ]
    closing: Annotated[
        Money,
        Figure(
            label="MRR",
            unit=Unit.MONEY,
            definition=(
                "Monthly amounts of the subscriptions active at the end of the month: trials, "
                "unpaid and paused ones out, past-due ones in."
            ),
            formula="mrr = opening + new + expansion + reactivation - contraction - churn",
            pitfalls="It is neither cash nor revenue: a yearly plan counts a twelfth a month.",
        ),
    ]
    customers_opening: Annotated[
        int,
        Figure(
            label="Customers at the opening",
            unit=Unit.COUNT,
            definition="Paying customers at the end of the month before.",
        ),
    ]
    customers_new: Annotated[
        int,
        Figure(
            label="New customers",
            unit=Unit.COUNT,
            definition="Customers who had never paid before.",
        ),
    ]
    customers_churn: Annotated[
        int,
        Figure(
            label="Churned customers",
            unit=Unit.COUNT,
            definition="Customers who no longer pay anything.",
        ),
    ]
    customers_reactivation: Annotated[
        int,
        Figure(
            label="Returned customers",
            unit=Unit.COUNT,
            definition="Customers who paid once, stopped, and pay again.",
        ),
    ]
    customers_closing: Annotated[
        int,
        Figure(
            label="Paying customers",
            unit=Unit.COUNT,
            definition="Customers with MRR at the end of the month.",
        ),
    ]
    arpu: Annotated[
        Money | None,
        Figure(
            label="Revenue a month (ARPU)",
            unit=Unit.MONEY,
            definition="MRR per paying customer at the end of the month.",
            formula="arpu = mrr / paying customers",
        ),
    ]
    logo_churn: Annotated[
        Rate | None,
        Figure(
            label="Customer churn",
            unit=Unit.RATE,
            definition="Customers at the opening who are gone at the end of the month.",
            formula="logo_churn = customers gone / customers at the opening",
            pitfalls="One number for young and old customers: it moves with growth.",
        ),
    ]
    gross_mrr_churn: Annotated[
        Rate | None,
        Figure(
            label="Gross MRR churn",
            unit=Unit.RATE,
            definition="MRR lost to leaving and downgrading customers, of the opening MRR.",
            formula="gross_mrr_churn = (churn + contraction) / opening",
        ),
    ]
    net_mrr_churn: Annotated[
        Rate | None,
        Figure(
            label="Net MRR churn",
            unit=Unit.RATE,
            definition="Gross MRR churn less what upgrades and returning customers brought.",
            formula="net_mrr_churn = (churn + contraction - expansion - reactivation) / opening",
        ),
    ]
    grr: Annotated[
        Rate | None,
        Figure(
            label="Gross revenue retention",
            unit=Unit.RATE,
            definition="What is left of the opening MRR, upgrades not counted.",
            formula="grr = 1 - gross_mrr_churn",
        ),
    ]
    nrr: Annotated[
        Rate | None,
        Figure(
            label="Net revenue retention",
            unit=Unit.RATE,
            definition="What the customers of the opening pay at the end of the month.",
            formula="nrr = 1 + (expansion - contraction - churn) / opening",
        ),
    ]
    quick_ratio: Annotated[
        float | None,
        Figure(
            label="Quick ratio",
            unit=Unit.RATIO,
            definition="MRR won for each unit of MRR lost; unknown if nothing was lost.",
            formula="quick_ratio = (new + expansion + reactivation) / (churn + contraction)",
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMonth:
    """One month of one plan; in every column but `customers_closing` the plans add up to the whole.

    A customer's movement is what it is for the customer, whatever happens to single plans. What a
    change of plans carries over is `moved_out` of one and `moved_in` to the other, and these cancel
    over all plans. Someone who goes from a plan of 10 to one of 30 moves 10 out and in, and expands
    the new plan by 20. A customer with several plans is counted in each.
    """

    month: date
    complete: bool
    plan: str | None
    opening: Money
    new: Money
    expansion: Money
    contraction: Money
    churn: Money
    reactivation: Money
    moved_in: Money
    moved_out: Money
    closing: Money
    customers_closing: int


def answer(engine: Engine, as_of: date, convention: Convention = STANDARD) -> tuple[Month, ...]:
    """Follow MRR from the first month of `periods` to that of `as_of`, none left out.

    Rates cover the window the convention asks for, movements always the calendar month.

    Args:
        engine: holds `periods`; see `Ledger`.
        as_of: last day the data speaks for.
        convention: whose definitions to use.

    Raises:
        InternalError: opening and movements do not give the close.
    """
    flows = Ledger(engine, as_of).flows(convention)
    return tuple(
        Month(
            month=month,
            complete=complete,
            **asdict(calendar),
            arpu=formulas.arpu(calendar.closing, calendar.customers_closing),
            **rates(money, people, convention),
        )
        for month, complete, calendar, money, people in zip(
            flows.months, flows.complete, flows.calendar, flows.money, flows.people, strict=True
        )
    )


def by_plan(
    engine: Engine, as_of: date, convention: Convention = STANDARD
) -> tuple[PlanMonth, ...]:
    """Follow MRR by month and plan, from the month a plan is first paid for.

    Raises:
        InternalError: a plan's opening and movements do not give its close.
    """
    columns = Ledger(engine, as_of).plans(convention)
    columns.pop("gap")
    rows = zip(*columns.values(), strict=True)
    return tuple(PlanMonth(**dict(zip(columns, row, strict=True))) for row in rows)
