"""The basic value less retention cost: the formula of shops."""

from __future__ import annotations

from ltvcli.formulas import Value, lifetime_value
from ltvcli.language import N_
from ltvcli.methods import Inputs, basic
from ltvcli.results import About

ABOUT = About(
    label=N_("AOV less costs"),
    definition=N_("The AOV formula less the retention cost over the same time."),
    formula="ltv = aov x margin x frequency x lifespan / 12 - retention_cost x lifespan / 12",
    source=basic.ABOUT.source,
    pitfalls=N_("Without a retention cost it equals the AOV formula."),
)
NEEDS = basic.NEEDS
months = basic.months
payback = basic.payback


def value(inputs: Inputs) -> Value:
    """Value a customer over a lifespan, after retention cost."""
    kept = lifetime_value.retention(inputs["retention_cost"], inputs["lifespan"])
    return basic.value(inputs) - kept
