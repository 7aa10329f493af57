"""Assumptions: the numbers and conventions that a value is computed with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from ltvcli.language import N_
from ltvcli.settings.origins import Origins
from ltvcli.settings.parsing import Setting, count, one_of, plain, switch
from ltvcli.units import Money, Months, Rate, parse_amount, parse_months, parse_rate

STAGES = ("seed", "growth", "scale")
"""How far along a business is: what to look at first depends on it, no figure does."""


@dataclass(frozen=True, kw_only=True)
class Assumptions(Origins):
    """What the user assumes. None means: measure it, or leave it out."""

    aov: Annotated[Money | None, Setting(N_("Average order value."), parse_amount)] = None
    frequency: Annotated[float | None, Setting(N_("Orders a year."), parse_amount)] = None
    lifespan: Annotated[
        Months | None, Setting(N_("How long a customer stays: 2y, 24mo, 90d."), parse_months)
    ] = None
    arpu: Annotated[Money | None, Setting(N_("Revenue per customer and month."), parse_amount)] = (
        None
    )
    churn: Annotated[Rate | None, Setting(N_("Monthly churn: 5% or 0.05."), parse_rate)] = None
    margin: Annotated[Rate | None, Setting(N_("Gross margin: 40% or 0.4."), parse_rate)] = None
    cac: Annotated[Money | None, Setting(N_("Cost to win one customer."), parse_amount)] = None
    retention_cost: Annotated[
        Money | None, Setting(N_("Cost to keep one customer for a year."), parse_amount)
    ] = None
    discount: Annotated[
        Rate | None, Setting(N_("Yearly discount rate: 10% or 0.1."), parse_rate)
    ] = None
    horizon: Annotated[
        Months | None, Setting(N_("How far ahead to count: 24mo or 2y."), parse_months)
    ] = None
    lapse_after: Annotated[
        Months | None,
        Setting(N_("Silence after which a customer counts as lapsed: 90d or 6mo."), parse_months),
    ] = None
    cac_lag: Annotated[
        Months | None,
        Setting(N_("How long before a customer the spend was made: 30d."), parse_months),
    ] = None
    min_customers: Annotated[
        int, Setting(N_("Segments of fewer customers than this are put together."), count)
    ] = 30
    as_: Annotated[
        str | None,
        Setting(N_("Whose definition of MRR and churn: standard, stripe, chartmogul, ..."), plain),
    ] = None
    budget: Annotated[
        Money | None, Setting(N_("What is spent a month on winning customers."), parse_amount)
    ] = None
    growth: Annotated[
        Rate | None,
        Setting(N_("How much more is spent each month on winning customers: 10%."), parse_rate),
    ] = None
    stage: Annotated[
        str | None,
        Setting(
            N_("How far along the business is: seed, growth or scale."), one_of(STAGES, "growth")
        ),
    ] = None
    strict: Annotated[bool, Setting(N_("Judge by the low end of the interval."), switch)] = False
