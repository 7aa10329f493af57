"""The inputs of every method, each with its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Protocol

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.about import Figure
from ltvcli.units import Unit


class Source(StrEnum):
    """Origin of a figure."""

    MEASURED = "measured"
    GIVEN = "given"
    ASSUMED = "assumed"


class Estimate(Struct, frozen=True, kw_only=True):
    """One figure with its 95% interval (None where it was given or assumed) and its origin."""

    value: float
    low: float | None = None
    high: float | None = None
    source: Source


class WithInterval(Protocol):
    """A figure and the ends of its interval, None if it has none."""

    @property
    def value(self) -> float:
        """Return the figure."""

    @property
    def low(self) -> float | None:
        """Return the lower end."""

    @property
    def high(self) -> float | None:
        """Return the upper end."""


def interval_columns(column: str, figure: WithInterval | None) -> dict[str, float | None]:
    """Return the cells of a figure in a row of a table: its value and the ends of its interval."""
    return {
        column: figure.value if figure else None,
        f"{column}_low": figure.low if figure else None,
        f"{column}_high": figure.high if figure else None,
    }


class Figures(Struct, frozen=True, kw_only=True):
    """The inputs of every method: measured from the data, given by the user, or assumed."""

    customers: Annotated[
        Estimate | None,
        Figure(
            label=N_("Customers"),
            unit=Unit.COUNT,
            definition=N_(
                "Customers with at least one counted order, after cleaning; for subscriptions, "
                "customers who ever paid."
            ),
            pitfalls=N_("Guests have no ID and are excluded; their share of revenue is reported."),
        ),
    ] = None
    orders: Annotated[
        Estimate | None,
        Figure(
            label=N_("Orders"),
            unit=Unit.COUNT,
            definition=N_(
                "Counted orders: one per order ID (line items are combined), or one per row if "
                "there is no ID. Cancelled orders and refund rows are not orders."
            ),
        ),
    ] = None
    net_revenue: Annotated[
        Estimate | None,
        Figure(
            label=N_("Net revenue"),
            unit=Unit.MONEY,
            definition=N_("Revenue of counted orders, net of refunds and cancellations."),
            pitfalls=N_("Tax and shipping are included if the export's order total includes them."),
        ),
    ] = None
    aov: Annotated[
        Estimate | None,
        Figure(
            label=N_("Average order value"),
            unit=Unit.MONEY,
            definition=N_("Revenue per counted order, net of refunds."),
            formula="aov = net_revenue / orders",
        ),
    ] = None
    repeat_rate: Annotated[
        Estimate | None,
        Figure(
            label=N_("Repeat rate"),
            unit=Unit.RATE,
            definition=N_(
                "Share of customers with a second order, among those observed 12 months or more."
            ),
            formula="repeat_rate = customers with 2+ orders / customers, observed_months >= 12",
            pitfalls=N_(
                "Including young customers would understate it: they had no time to return."
            ),
        ),
    ] = None
    lapse_after: Annotated[
        Estimate | None,
        Figure(
            label=N_("Churned after"),
            unit=Unit.MONTHS,
            definition=N_(
                "A customer counts as churned once this long has passed without an order: the 90th "
                "percentile of gaps between orders of repeat customers, within 30 to 365 days."
            ),
            pitfalls=N_(
                "Lifespan, frequency and churn all depend on it; set it with --lapse-after."
            ),
        ),
    ] = None
    lifespan: Annotated[
        Estimate | None,
        Figure(
            label=N_("Lifespan"),
            unit=Unit.MONTHS,
            definition=N_(
                "Restricted mean of active life up to the horizon: active from the first order "
                "until lapse_after past the last, or from the first to the last paid day of a "
                "subscription; customers still active are censored."
            ),
            formula="lifespan = integral of the Kaplan-Meier survival curve from 0 to horizon",
            source="Kaplan & Meier (1958), J. Am. Stat. Assoc. 53, 457-481",
            pitfalls=N_(
                "It ends at the horizon: customers may stay longer, which the data cannot show."
            ),
        ),
    ] = None
    orders_per_customer: Annotated[
        Estimate | None,
        Figure(
            label=N_("Orders per customer"),
            unit=Unit.RATIO,
            definition=N_("Orders to expect from a customer within the horizon."),
            formula="sum over age months of orders(a) / customers observed at a",
        ),
    ] = None
    frequency: Annotated[
        Estimate | None,
        Figure(
            label=N_("Orders per year"),
            unit=Unit.RATIO,
            per="year",
            definition=N_("Orders per year while the customer is active."),
            formula="frequency = 12 x orders_per_customer / lifespan",
        ),
    ] = None
    arpu: Annotated[
        Estimate | None,
        Figure(
            label=N_("ARPU (monthly)"),
            unit=Unit.MONEY,
            per="month",
            definition=N_(
                "Net revenue per active customer and month; for subscriptions, MRR per paying "
                "customer at the end of the last complete month."
            ),
            formula="arpu = net_revenue / active customer-months, or mrr / paying customers",
        ),
    ] = None
    churn: Annotated[
        Estimate | None,
        Figure(
            label=N_("Monthly churn"),
            unit=Unit.RATE,
            per="month",
            definition=N_(
                "Share of active customers who churn in a month; for subscriptions, the share of "
                "customers at the start of a month who have churned at its end, over the last six "
                "complete months."
            ),
            formula="churn = lapses / active customer-months",
            pitfalls=N_(
                "It is one rate for all ages: mostly young customers churn, so 1 / churn is not "
                "the lifespan of a customer."
            ),
        ),
    ] = None
    margin: Annotated[
        Estimate | None,
        Figure(
            label=N_("Gross margin"),
            unit=Unit.RATE,
            definition=N_(
                "Share of revenue that is left after the cost of goods sold. Cost to serve and "
                "retention cost are not part of it: they are deducted separately."
            ),
            formula="margin = (revenue - cost of goods sold) / revenue",
            pitfalls=N_(
                "Without a margin or a cost column, every value is revenue, and a grade is an "
                "upper bound: the best grade possible."
            ),
        ),
    ] = None
    cac: Annotated[
        Estimate | None,
        Figure(
            label=N_("Acquisition cost (CAC)"),
            unit=Unit.MONEY,
            definition=N_("Cost of acquiring one new customer."),
            formula="cac = acquisition spend / new customers of the same period",
            pitfalls=N_("Organic customers make a blended CAC look better than a paid one."),
        ),
    ] = None
    cac_paid: Annotated[
        Estimate | None,
        Figure(
            label=N_("Paid CAC"),
            unit=Unit.MONEY,
            definition=N_("Spend per new customer of the channels that have spend."),
            formula="cac_paid = spend / new customers of the channels with spend",
            pitfalls=N_("It requires the channel of each customer in the export."),
        ),
    ] = None
    cac_marginal: Annotated[
        Estimate | None,
        Figure(
            label=N_("Marginal CAC"),
            unit=Unit.MONEY,
            definition=N_(
                "Cost of one additional new customer: the change in spend over the change in new "
                "customers, from one full month to the next, net of their trend."
            ),
            formula="cac_marginal = change in spend / change in new customers",
            source="First differences: Wooldridge (2020), Introductory Econometrics, 10.5",
            pitfalls=N_(
                "Not all customers who came when spend rose came because of it: season and "
                "campaigns coincide. With few months it is shown only if it is clear, which "
                "favours low values."
            ),
        ),
    ] = None
    retention_cost: Annotated[
        Estimate | None,
        Figure(
            label=N_("Annual retention cost"),
            unit=Unit.MONEY,
            per="year",
            definition=N_("Cost of retaining one active customer for a year."),
        ),
    ] = None
    discount: Annotated[
        Estimate | None,
        Figure(
            label=N_("Annual discount rate"),
            unit=Unit.RATE,
            per="year",
            definition=N_(
                "Annual cost of capital, converted to a monthly rate; later money is worth less."
            ),
            formula="monthly = (1 + yearly)^(1/12) - 1",
        ),
    ] = None


EXPECTED: Mapping[str, Figure] = {
    "del": Figure(
        label=N_("Expected lifetime of a new customer (DEL)"),
        unit=Unit.MONTHS,
        definition=N_(
            "Months that a new customer is expected to pay, by the renewal model (sBG): with a "
            "discount rate uncapped, each month worth less than the one before; without one, up "
            "to the horizon."
        ),
        formula=(
            "del = 2F1(1, beta; alpha + beta; 1 / (1 + d)), or sum over months a < horizon of S(a)"
        ),
        source="Fader & Hardie (2010), Marketing Science 29(1), 85-93",
        pitfalls=N_(
            "The discount rate has a large effect: the few customers who hardly ever churn stay "
            "far beyond the data."
        ),
    ),
    "derl": Figure(
        label=N_("Expected lifetime still to come (DERL)"),
        unit=Unit.MONTHS,
        definition=N_(
            "Months that current customers are expected to pay from their next renewal, by number "
            "of past renewals; discounted, or up to the horizon, as for a new customer."
        ),
        formula=(
            "derl = (beta + n - 1) / (alpha + beta + n - 1) "
            "x 2F1(1, beta + n; alpha + beta + n; 1 / (1 + d)) after n payments"
        ),
        source="Fader & Hardie (2010), Marketing Science 29(1), 85-93, equation 6",
        pitfalls=N_(
            "It grows with tenure because customers with high churn have left, not because "
            "loyalty grows."
        ),
    ),
}
"""Figures of the table `lifetime`."""
