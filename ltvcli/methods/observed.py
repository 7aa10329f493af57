"""The margin of customers by age month, as observed: nothing is extrapolated."""

from __future__ import annotations

from ltvcli.formulas import Value, lifetime_value
from ltvcli.formulas import payback as paybacks
from ltvcli.language import N_
from ltvcli.methods import Inputs
from ltvcli.results import About
from ltvcli.units import MONTHS_PER_YEAR, Months, monthly_from_yearly

ABOUT = About(
    label=N_("Observed"),
    definition=N_(
        "Realised margin per customer up to the horizon: in each month since the first "
        "order, revenue divided by the customers observed for the full month, less the "
        "retention cost of active months."
    ),
    formula=(
        "ltv = sum over age months a < horizon of "
        "(revenue(a) / customers(a) x margin - retention_cost / 12 x active(a)) x (1 + d)^-a"
    ),
    source="active(a): the area in month a under the curve of Kaplan & Meier (1958)",
    pitfalls=N_(
        "It ends at the horizon, so it is a lower bound; late months are based on the "
        "oldest customers only."
    ),
)
NEEDS = (("revenue_by_age",),)


def value(inputs: Inputs) -> Value:
    """Value a customer by the margin observed up to the horizon."""
    discount = monthly_from_yearly(inputs["discount"])
    brought = lifetime_value.realised(inputs["revenue_by_age"], inputs["margin"], discount)
    monthly_cost = inputs["retention_cost"] / MONTHS_PER_YEAR
    return brought - lifetime_value.realised(inputs["active_by_age"], monthly_cost, discount)


def months(inputs: Inputs) -> Months:
    """Return the horizon."""
    return len(inputs["revenue_by_age"])


def payback(inputs: Inputs) -> Months | None:
    """Return the months until the realised margin returned the CAC; None if it has not yet."""
    return paybacks.observed(inputs["cac"], inputs["revenue_by_age_known"], inputs["margin"])
