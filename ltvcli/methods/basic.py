"""Average order value times frequency times lifespan."""

from __future__ import annotations

from ltvcli.formulas import Value, lifetime_value
from ltvcli.formulas import payback as paybacks
from ltvcli.language import N_
from ltvcli.methods import Inputs
from ltvcli.results import About
from ltvcli.units import MONTHS_PER_YEAR, Months

ABOUT = About(
    label=N_("AOV formula"),
    definition=N_(
        "AOV x margin x orders per year x lifespan in years; for subscriptions, ARPU x 12."
    ),
    formula="ltv = aov x margin x frequency x lifespan / 12",
    source="On its limits: Fader & Hardie (2012), brucehardie.com/notes/024",
    pitfalls=N_(
        "It is undiscounted, and only as reliable as the lifespan, which averages very different "
        "customers."
    ),
)
NEEDS = (("aov", "frequency", "lifespan"),)


def value(inputs: Inputs) -> Value:
    """Value a customer over a lifespan."""
    return lifetime_value.basic(
        inputs["aov"], inputs["margin"], inputs["frequency"], inputs["lifespan"]
    )


def months(inputs: Inputs) -> Months:
    """Return the horizon that limits a measured lifespan, or the given lifespan."""
    counted: Months = inputs.get("horizon", inputs["lifespan"])
    return counted


def payback(inputs: Inputs) -> Months | None:
    """Return the months of average orders that return the CAC."""
    monthly = inputs["aov"] * inputs["frequency"] / MONTHS_PER_YEAR
    return paybacks.simple(inputs["cac"], monthly, inputs["margin"])
