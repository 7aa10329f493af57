"""Cohorts of customers by first order: their value at each age, and its trend."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Struct, field

from ltvcli.choices import Metric, Period
from ltvcli.language import N_
from ltvcli.results.about import Figure
from ltvcli.results.figures import Estimate
from ltvcli.results.reports import TableReport
from ltvcli.units import Money, Unit


class Conversion(Struct, frozen=True, kw_only=True):
    """F2 and F3 conversion to a second and third order; None if nobody was mature."""

    f2_conversion: Annotated[
        Estimate | None,
        Figure(
            label=N_("F2 conversion"),
            unit=Unit.RATE,
            definition=N_(
                "Share of customers with a second order within 12 months of the first, among those "
                "observed for 12 full months after the first."
            ),
            formula="f2_conversion = customers with 2+ orders in 12 months / customers observed 12",
            pitfalls=N_(
                "The repeat rate also counts second orders after more than 12 months, so it is at "
                "least as high."
            ),
        ),
    ] = None
    f3_conversion: Annotated[
        Estimate | None,
        Figure(
            label=N_("F3 conversion"),
            unit=Unit.RATE,
            definition=N_(
                "Share of customers with a third order within 12 months of the second, among "
                "customers observed for 12 full months after their second order."
            ),
            formula="f3_conversion = third order in 12 months / second orders observed 12 months",
            pitfalls=N_("Its base is customers with a second order, not all customers."),
        ),
    ] = None


class CohortEvidence(Struct, frozen=True, kw_only=True):
    """Evidence for checks, besides the tables.

    `unfinished` is revenue of partially observed months: it is in the totals, but in no value.
    `small` of the `cohorts` have too few customers for a grade. `months_since_new` are the whole
    months without a new customer at the end of the data. `retention_cost` was given per year, and
    is in no value. `paying` customers pay `mrr` per month at the cut-off date; None for orders.
    """

    cohorts: int
    small: int
    customers: int
    revenue: Money
    unfinished: Money
    cac_known: bool
    months_since_new: int
    retention_cost: Money | None
    mrr: Money | None = None
    paying: int | None = None


class CohortsReport(TableReport, frozen=True, kw_only=True):
    """The value of each cohort at each age; `by` and `metric` are as requested."""

    kind: ClassVar = "cohorts"
    by: Period
    metric: Metric
    figures: Conversion = field(default_factory=Conversion)
    evidence: CohortEvidence
