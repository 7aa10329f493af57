"""The basis of the answer about cohorts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ltvcli.choices import Metric, Period
from ltvcli.language import N_
from ltvcli.results import Quantity, Sentence
from ltvcli.units import Money, Rate, Unit

SHOWN: Mapping[Metric, str] = {
    "ltv": N_("value to date at each age"),
    "retention": N_("share who order at each age"),
    "revenue-retention": N_("revenue as a share of opening MRR at each age"),
    "revenue": N_("revenue at each age"),
    "margin": N_("margin at each age"),
    "orders": N_("orders at each age"),
}
PAYING = N_("share who pay in the middle of each month of age")
COHORTS: Mapping[Period, str] = {
    "month": N_("cohorts by month"),
    "quarter": N_("cohorts by quarter"),
}


def terms(
    by: Period,
    metric: Metric,
    basis: str,
    discount: Rate | None,
    cac: Money | None,
    as_of: date,
    *,
    subscribed: bool = False,
) -> tuple[Sentence, ...]:
    """Return the basis of the answer.

    Args:
        by: length of the period in which the customers of a cohort were acquired.
        metric: shown at each age.
        basis: "margin" or "revenue".
        discount: cost of capital per year.
        cac: given CAC; None without one.
        as_of: cut-off date of the data.
        subscribed: whether these are subscriptions.
    """
    in_margin = (
        N_("gross-margin basis, before CAC")
        if basis == "margin"
        else N_("revenue basis (no margin applied), before CAC")
    )
    shown = PAYING if subscribed and metric == "retention" else SHOWN[metric]
    conditions = [Sentence(shown), Sentence(COHORTS[by])]
    if metric in ("ltv", "margin"):
        conditions.append(Sentence(in_margin))
    if discount and metric == "ltv":
        rate = Quantity(discount, Unit.RATE)
        conditions.append(Sentence(N_("discounted at {discount} per year"), {"discount": rate}))
    if cac is not None:
        conditions.append(Sentence(N_("CAC {cac}"), {"cac": Quantity(cac, Unit.MONEY)}))
    return (*conditions, Sentence(N_("data through {day}"), {"day": as_of}))
