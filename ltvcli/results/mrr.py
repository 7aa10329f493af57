"""Monthly recurring revenue: its movements, by month, by plan and by definition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.about import Figure
from ltvcli.results.reports import Run
from ltvcli.units import Money, Rate, Unit


class Month(Struct, frozen=True, kw_only=True):
    """One month: opening plus movements is the close. Partial if as_of is not its last day."""

    month: date
    complete: bool
    opening: Annotated[
        Money,
        Figure(
            label=N_("Opening MRR"),
            unit=Unit.MONEY,
            definition=N_("Monthly recurring revenue at the end of the month before."),
        ),
    ]
    new: Annotated[
        Money,
        Figure(
            label=N_("New"),
            unit=Unit.MONEY,
            definition=N_("MRR of customers who had never paid before."),
        ),
    ]
    expansion: Annotated[
        Money,
        Figure(
            label=N_("Expansion"),
            unit=Unit.MONEY,
            definition=N_("Increase in payments of existing customers."),
        ),
    ]
    contraction: Annotated[
        Money,
        Figure(
            label=N_("Contraction"),
            unit=Unit.MONEY,
            definition=N_("Decrease in payments of customers who still pay."),
        ),
    ]
    churn: Annotated[
        Money,
        Figure(
            label=N_("Churned MRR"),
            unit=Unit.MONEY,
            definition=N_("MRR of customers who no longer pay anything."),
        ),
    ]
    reactivation: Annotated[
        Money,
        Figure(
            label=N_("Reactivation"),
            unit=Unit.MONEY,
            definition=N_("MRR of customers who paid once, stopped, and pay again."),
        ),
    ]
    closing: Annotated[
        Money,
        Figure(
            label=N_("MRR"),
            unit=Unit.MONEY,
            definition=N_(
                "Monthly amounts of the subscriptions active at the end of the month, without "
                "trials, unpaid and paused subscriptions, including past-due ones."
            ),
            formula="mrr = opening + new + expansion + reactivation - contraction - churn",
            pitfalls=N_(
                "It is neither cash nor revenue: a yearly plan counts as one twelfth per month."
            ),
        ),
    ]
    customers_opening: Annotated[
        int,
        Figure(
            label=N_("Customers at the opening"),
            unit=Unit.COUNT,
            definition=N_("Paying customers at the end of the month before."),
        ),
    ]
    customers_new: Annotated[
        int,
        Figure(
            label=N_("New customers"),
            unit=Unit.COUNT,
            definition=N_("Customers who had never paid before."),
        ),
    ]
    customers_churn: Annotated[
        int,
        Figure(
            label=N_("Churned customers"),
            unit=Unit.COUNT,
            definition=N_("Customers who no longer pay anything."),
        ),
    ]
    customers_reactivation: Annotated[
        int,
        Figure(
            label=N_("Returned customers"),
            unit=Unit.COUNT,
            definition=N_("Customers who paid once, stopped, and pay again."),
        ),
    ]
    customers_closing: Annotated[
        int,
        Figure(
            label=N_("Paying customers"),
            unit=Unit.COUNT,
            definition=N_("Customers with MRR at the end of the month."),
        ),
    ]
    arpu: Annotated[
        Money | None,
        Figure(
            label=N_("ARPU (monthly)"),
            unit=Unit.MONEY,
            definition=N_("MRR per paying customer at the end of the month."),
            formula="arpu = mrr / paying customers",
        ),
    ]
    logo_churn: Annotated[
        Rate | None,
        Figure(
            label=N_("Customer churn"),
            unit=Unit.RATE,
            definition=N_(
                "Share of the customers at the opening who have churned at the end of the month."
            ),
            formula="logo_churn = customers gone / customers at the opening",
            pitfalls=N_("It is one rate for young and old customers, so it changes with growth."),
        ),
    ]
    gross_mrr_churn: Annotated[
        Rate | None,
        Figure(
            label=N_("Gross MRR churn"),
            unit=Unit.RATE,
            definition=N_("Share of the opening MRR lost to churned and downgrading customers."),
            formula="gross_mrr_churn = (churn + contraction) / opening",
        ),
    ]
    net_mrr_churn: Annotated[
        Rate | None,
        Figure(
            label=N_("Net MRR churn"),
            unit=Unit.RATE,
            definition=N_("Gross MRR churn less expansion and reactivation MRR."),
            formula="net_mrr_churn = (churn + contraction - expansion - reactivation) / opening",
        ),
    ]
    grr: Annotated[
        Rate | None,
        Figure(
            label=N_("Gross revenue retention"),
            unit=Unit.RATE,
            definition=N_("Share of the opening MRR retained, without upgrades."),
            formula="grr = 1 - gross_mrr_churn",
        ),
    ]
    nrr: Annotated[
        Rate | None,
        Figure(
            label=N_("Net revenue retention"),
            unit=Unit.RATE,
            definition=N_(
                "Payments at the end of the month of the customers at the opening, as a share of "
                "the opening MRR."
            ),
            formula="nrr = 1 + (expansion - contraction - churn) / opening",
        ),
    ]
    quick_ratio: Annotated[
        float | None,
        Figure(
            label=N_("Quick ratio"),
            unit=Unit.RATIO,
            definition=N_("MRR gained per unit of MRR lost; unknown if nothing was lost."),
            formula="quick_ratio = (new + expansion + reactivation) / (churn + contraction)",
        ),
    ]


class PlanMonth(Struct, frozen=True, kw_only=True):
    """One month of one plan; plans add up to the total in every column but `customers_closing`.

    Movements are those of the customer, not of single plans. MRR carried over by a change of plans
    is `moved_out` of the old plan and `moved_in` to the new one, which cancel over all plans. A
    customer who changes from a plan of 10 to one of 30 moves 10 out and in, and expands the new
    plan by 20. A customer with several plans is counted in each.
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


class Comparison(Struct, frozen=True, kw_only=True):
    """One figure under one convention, or one cause of its difference from `standard`.

    `because` is None in the row of the figure. In the rows of causes it names one of them (see
    `conventions.CAUSES`), and `value` is the figure of `standard` with only that cause changed. The
    differences of all causes add up to that of the figure; `interaction` is the remainder.
    """

    convention: str
    key: str
    value: float | None
    difference: float | None
    because: str | None


class Leaving(Struct, frozen=True, kw_only=True):
    """MRR that still counts, but is scheduled to churn."""

    mrr: Money
    subscriptions: int


class MrrReport(Run, frozen=True, kw_only=True):
    """MRR by month under one convention, and by plan if requested.

    `comparisons` compare the conventions over `compared`, its first and last month; both are empty
    unless requested. `leaving` is None where it does not count in MRR any more. `survival` is over
    all data, whatever months are shown and whatever the convention.
    """

    kind: ClassVar[Literal["mrr"]] = "mrr"
    convention: str
    months: tuple[Month, ...]
    plans: tuple[PlanMonth, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    compared: tuple[date, ...] = ()
    leaving: Leaving | None = None
    survival: tuple[Mapping[str, float | int | str | None], ...] = ()
