"""The margin of subscribers while they renew, with retention that rises with age."""

from __future__ import annotations

from ltvcli.formulas import Value, lifetime_value
from ltvcli.formulas import payback as paybacks
from ltvcli.language import N_
from ltvcli.methods import Inputs
from ltvcli.results import About
from ltvcli.units import MONTHS_PER_YEAR, Months, monthly_from_yearly

ABOUT = About(
    label=N_("Renewals (sBG)"),
    definition=N_(
        "Monthly margin of a subscriber up to the horizon, times the share retained: each"
        " customer churns at a renewal with an individual probability, so customers with "
        "a high one leave early. For subscriptions only."
    ),
    formula=(
        "ltv = sum over months a < horizon of "
        "S(a) x (revenue per customer still there x margin - retention_cost / 12) x (1 + d)^-a, "
        "S(n) = B(alpha, beta + n) / B(alpha, beta) after n renewals"
    ),
    source="Fader & Hardie (2007), Journal of Interactive Marketing 21(1), 76-90",
    pitfalls=N_(
        "Revenue per customer is held constant; beyond the data it is a model projection."
        " A mix of monthly and annual plans renews in steps that the model smooths."
    ),
)
NEEDS = (("retention_by_age", "revenue_per_survivor"),)


def value(inputs: Inputs) -> Value:
    """Value a subscriber by the share still active at the start of each month."""
    discount = monthly_from_yearly(inputs["discount"])
    monthly_cost = inputs["retention_cost"] / MONTHS_PER_YEAR
    margin = inputs["revenue_per_survivor"] * inputs["margin"] - monthly_cost
    return lifetime_value.realised(inputs["retention_by_age"], margin, discount)


def months(inputs: Inputs) -> Months:
    """Return the horizon of the projection."""
    return len(inputs["retention_by_age"])


def payback(inputs: Inputs) -> Months | None:
    """Return the months until the margin of active subscribers returned the CAC; else None."""
    revenue = [share * inputs["revenue_per_survivor"] for share in inputs["retention_by_age"]]
    return paybacks.observed(inputs["cac"], revenue, inputs["margin"])
