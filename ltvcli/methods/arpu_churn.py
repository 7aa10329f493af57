"""Monthly revenue over monthly churn: right for steady subscriptions, rough otherwise."""

from __future__ import annotations

from ltvcli.formulas import Value, lifetime_value
from ltvcli.formulas import payback as paybacks
from ltvcli.language import N_
from ltvcli.methods import Inputs
from ltvcli.results import About
from ltvcli.units import Months, monthly_from_yearly

ABOUT = About(
    label=N_("ARPU / churn"),
    definition=N_(
        "Monthly margin of an active customer divided by monthly churn, or times a given lifespan."
    ),
    formula=(
        "ltv = arpu x margin x (1 + d) / (churn + d), d = monthly discount; "
        "with a given lifespan: arpu x margin x lifespan"
    ),
    source="Fader & Hardie (2012), brucehardie.com/notes/024, equation 1",
    pitfalls=N_(
        "One churn rate for all ages and no horizon: it counts years beyond the data. "
        "Compare it with the observed value."
    ),
)
NEEDS = (("arpu", "churn"), ("arpu", "lifespan"))


def value(inputs: Inputs) -> Value:
    """Value a customer from monthly revenue and churn, or a lifespan where there is no churn."""
    discount = monthly_from_yearly(inputs["discount"])
    arpu, margin, churn = inputs["arpu"], inputs["margin"], inputs.get("churn")
    if churn is None:
        return lifetime_value.fixed_life(arpu, margin, inputs["lifespan"], discount)
    return lifetime_value.constant_churn(arpu, margin, churn, discount)


def months(inputs: Inputs) -> Months | None:
    """Return the given lifespan; churn does not limit the months."""
    return None if "churn" in inputs else inputs["lifespan"]


def payback(inputs: Inputs) -> Months | None:
    """Return the months of revenue from an active customer that return the CAC."""
    return paybacks.simple(inputs["cac"], inputs["arpu"], inputs["margin"])
