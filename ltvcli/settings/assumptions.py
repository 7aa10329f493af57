"""Assumptions: the numbers and conventions that a value is computed with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from ltvcli.language import N_
from ltvcli.settings.origins import Origins
from ltvcli.settings.parsing import Setting, count, count_or_last_year, one_of, plain, switch
from ltvcli.units import Money, Months, Rate, parse_amount, parse_months, parse_rate

STAGES = ("seed", "growth", "scale")
"""How far along a business is: what to look at first depends on it, no figure does."""


@dataclass(frozen=True, kw_only=True)
class Assumptions(Origins):
    """Assumptions of the user. None means: measure it, or omit it."""

    aov: Annotated[Money | None, Setting(N_("Average order value."), parse_amount)] = None
    frequency: Annotated[float | None, Setting(N_("Orders per year."), parse_amount)] = None
    lifespan: Annotated[
        Months | None, Setting(N_("Customer lifespan: 2y, 24mo, 90d."), parse_months)
    ] = None
    arpu: Annotated[
        Money | None, Setting(N_("Revenue per customer per month (ARPU)."), parse_amount)
    ] = None
    churn: Annotated[Rate | None, Setting(N_("Monthly churn: 5% or 0.05."), parse_rate)] = None
    margin: Annotated[Rate | None, Setting(N_("Gross margin: 40% or 0.4."), parse_rate)] = None
    cac: Annotated[Money | None, Setting(N_("Customer acquisition cost (CAC)."), parse_amount)] = (
        None
    )
    retention_cost: Annotated[
        Money | None, Setting(N_("Retention cost per customer per year."), parse_amount)
    ] = None
    discount: Annotated[
        Rate | None, Setting(N_("Discount rate (annual): 10% or 0.1."), parse_rate)
    ] = None
    horizon: Annotated[
        Months | None, Setting(N_("Months that values cover: 24mo or 2y."), parse_months)
    ] = None
    lapse_after: Annotated[
        Months | None,
        Setting(
            N_("Time without an order after which a customer counts as churned: 90d or 6mo."),
            parse_months,
        ),
    ] = None
    cac_lag: Annotated[
        Months | None,
        Setting(N_("Time from spend to acquisition: 30d."), parse_months),
    ] = None
    min_customers: Annotated[
        int, Setting(N_("Combine segments with fewer customers than this."), count)
    ] = 30
    as_: Annotated[
        str | None,
        Setting(N_("Definition of MRR and churn: standard, stripe, chartmogul, ..."), plain),
    ] = None
    budget: Annotated[Money | None, Setting(N_("Acquisition spend per month."), parse_amount)] = (
        None
    )
    growth: Annotated[
        Rate | None,
        Setting(N_("Monthly growth of acquisition spend: 10%."), parse_rate),
    ] = None
    new_customers: Annotated[
        int | str | None,
        Setting(
            N_(
                "New customers of a scenario beside the forecast: a number per month, or last-year "
                "for those of the same months of last year."
            ),
            count_or_last_year,
        ),
    ] = None
    stage: Annotated[
        str | None,
        Setting(N_("Stage of the business: seed, growth or scale."), one_of(STAGES, "growth")),
    ] = None
    strict: Annotated[bool, Setting(N_("Grade by the low end of the 95% CI."), switch)] = False
