"""Titles, columns, definitions and words of the tables of `ltv whatif`."""

from __future__ import annotations

from collections.abc import Mapping

from ltvcli.language import N_
from ltvcli.units import Unit

TITLES = {
    "levers": N_("Effect of each change"),
    "linked": N_("Linked effects (elasticities)"),
    "sensitivity": N_("Sensitivity (±10%)"),
    "breakeven": N_("Where the grade changes"),
    "cash": N_("Cumulative cash by month (undiscounted)"),
    "growth": N_("Cash with growing spend (new customers only)"),
    "lows": N_("Lowest cash and break-even"),
    "priorities": N_("Initiatives by expected gain"),
    "methods": N_("LTV by method"),
}
LEVER = N_("Lever")
VALUE = N_("Value")
VERDICT = N_("Verdict")
COLUMNS = {
    "levers": {
        "lever": (N_("Change"), Unit.TEXT),
        "ltv": (N_("LTV"), Unit.MONEY),
        "gain": (N_("Gain"), Unit.MONEY),
        "ltv_to_cac": (N_("LTV/CAC"), Unit.RATIO),
        "ratio_gain": (N_("Gain in LTV/CAC"), Unit.RATIO),
        "payback": (N_("Payback"), Unit.MONTHS),
        "payback_observed": (N_("Payback (observed)"), Unit.MONTHS),
        "grade": (VERDICT, Unit.TEXT),
    },
    "linked": {
        "lever": (LEVER, Unit.TEXT),
        "moves": (N_("Also changes"), Unit.TEXT),
        "elasticity": (N_("Elasticity"), Unit.RATIO),
        "value": (N_("Before"), Unit.MONEY),
        "value_after": (N_("After"), Unit.MONEY),
    },
    "sensitivity": {
        "lever": (LEVER, Unit.TEXT),
        "value": (VALUE, Unit.MONEY),
        "ltv_down": (N_("LTV at -10%"), Unit.MONEY),
        "ltv_up": (N_("LTV at +10%"), Unit.MONEY),
        "ltv_to_cac_down": (N_("LTV/CAC at -10%"), Unit.RATIO),
        "ltv_to_cac_up": (N_("LTV/CAC at +10%"), Unit.RATIO),
        "swing": (N_("Swing"), Unit.RATIO),
    },
    "breakeven": {
        "lever": (LEVER, Unit.TEXT),
        "side": (N_("Direction"), Unit.TEXT),
        "value": (VALUE, Unit.MONEY),
        "distance": (N_("Distance"), Unit.RATE),
        "grade": (N_("Verdict after crossing"), Unit.TEXT),
    },
    "cash": {
        "month": (N_("After month"), Unit.COUNT),
        "customer": (N_("Per customer"), Unit.MONEY),
        "customer_after": (N_("after changes"), Unit.MONEY),
        "spend": (N_("Monthly spend"), Unit.MONEY),
        "spend_after": (N_("after changes"), Unit.MONEY),
    },
    "growth": {
        "month": (N_("Month"), Unit.COUNT),
        "customers": (N_("New customers"), Unit.COUNT),
        "spend": (N_("Spend"), Unit.MONEY),
        "brought": (N_("Cash in"), Unit.MONEY),
        "lowest": (N_("Cash after spend"), Unit.MONEY),
        "cash": (N_("Cash at month end"), Unit.MONEY),
    },
    "lows": {
        "what": (N_("Scope"), Unit.TEXT),
        "spend": (N_("Spend"), Unit.MONEY),
        "growth": (N_("Monthly growth"), Unit.RATE),
        "lowest": (N_("Lowest cash"), Unit.MONEY),
        "lowest_month": (N_("In month"), Unit.COUNT),
        "back_after": (N_("Break-even month"), Unit.COUNT),
        "months": (N_("Months covered"), Unit.COUNT),
        "left": (N_("Cash in that month"), Unit.MONEY),
        "need": (N_("Cash need per month, share of spend"), Unit.RATE),
        "self_funding": (N_("Self-funding growth"), Unit.RATE),
    },
    "priorities": {
        "name": (N_("Initiative"), Unit.TEXT),
        "lever": (N_("Change"), Unit.TEXT),
        "score": (N_("Expected net gain"), Unit.MONEY),
        "ltv_gain": (N_("LTV gain"), Unit.MONEY),
        "base_gain": (N_("Gain, all customers"), Unit.MONEY),
        "active_gain": (N_("of which active customers"), Unit.MONEY),
        "new_gain": (N_("of which new customers (12 mo)"), Unit.MONEY),
        "probability": (N_("Probability"), Unit.RATE),
        "months": (N_("Takes effect after"), Unit.MONTHS),
        "cost": (N_("Cost"), Unit.MONEY),
        "roi": (N_("ROI"), Unit.RATE),
        "customers_needed": (N_("Customers to break even"), Unit.COUNT),
        "rests_on": (N_("Based on"), Unit.TEXT),
    },
    "methods": {
        "method": (N_("Method"), Unit.TEXT),
        "horizon": (N_("Horizon"), Unit.COUNT),
        "ltv": (N_("LTV now"), Unit.MONEY),
        "ltv_after": (N_("LTV after"), Unit.MONEY),
        "ltv_to_cac": (N_("LTV/CAC now"), Unit.RATIO),
        "ltv_to_cac_after": (N_("LTV/CAC after"), Unit.RATIO),
        "grade": (N_("Verdict now"), Unit.TEXT),
        "after_grade": (N_("Verdict after"), Unit.TEXT),
    },
}
DEFINITIONS = {
    N_("Change"): N_(
        "Churn: the churn probability is scaled equally at each age, and retained customers are "
        "assumed to behave like existing ones. AOV, orders per year and ARPU scale revenue at "
        "each age. A percentage is relative; points (pt) are added."
    ),
    N_("Gain"): N_(
        "Difference to the baseline, with its 95% CI. Combined changes may gain more or less than "
        "the sum of the single changes: the interaction."
    ),
    N_("Where the grade changes"): N_(
        "The nearest value of one lever, all else equal, at which LTV/CAC crosses 1, 2 or 3."
    ),
    N_("Cash"): N_(
        "The CAC is paid at the start; margin less retention cost comes in at the end of each "
        "month. Nothing is counted after the last month covered."
    ),
    N_("Cash with growing spend (new customers only)"): N_(
        "Existing customers are not counted. In the long run the cash need per month is its spend "
        "less, per new customer, the sum over ages a of margin x (1 + growth)^-a; where the CAC "
        "rises with spend, the need keeps growing."
    ),
    N_("Expected net gain"): N_(
        "Gain x probability - cost. The gain counts customers active now, from when the initiative "
        "takes effect up to the horizon, and new customers of the following 12 months, net of CAC. "
        "Feasibility 1 to 5 is a probability of 10, 30, 50, 70 or 90%."
    ),
}
SPECIAL = {
    "none": N_("baseline"),
    "all": N_("combined"),
    "interaction": N_("interaction"),
}
NAMES: Mapping[str, Mapping[str, str]] = {
    "side": {"up": N_("rising"), "down": N_("falling")},
    "what": {
        "customer": N_("one customer"),
        "customer_after": N_("one customer, after changes"),
        "spend": N_("monthly spend"),
        "spend_after": N_("monthly spend, after changes"),
        "growth": N_("growing spend"),
    },
}
