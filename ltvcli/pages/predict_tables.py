"""Titles, columns, definitions and words of the tables of `ltv predict`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ltvcli.language import N_
from ltvcli.pages import cohorts
from ltvcli.results.prediction import NAMES
from ltvcli.units import Unit

TITLES = {
    "totals": N_("Past and future"),
    "scenario": N_("New-customer scenario"),
    "backtest": N_("Backtest"),
    "deciles": N_("Deciles of customers by forecast orders"),
    "segments": N_("By segment"),
    "cohorts": N_("By month of the first order"),
    "new": N_("New customers, over the horizon"),
    "models": N_("Fitted models"),
    "acquisition": cohorts.TITLES["acquisition"],
    "behaviour": N_("Early behaviour in the forecast (95% CI)"),
    "keep": N_("Top retention targets"),
    "at_risk": N_("Highest value at risk"),
}
FIRST_PAID = N_("By month of the first paid day")
_COST = {
    "cac": (N_("CAC"), Unit.MONEY),
    "pltv_to_cac": (N_("pLTV/CAC"), Unit.RATIO),
    "grade": (N_("Verdict"), Unit.TEXT),
}
_AHEAD = {
    "customers": (N_("Customers"), Unit.COUNT),
    "customers_closing": (N_("Paying customers"), Unit.COUNT),
    "mrr": (N_("MRR"), Unit.MONEY),
    "past_orders": (N_("Orders to date"), Unit.COUNT),
    "past_value": (N_("Value to date"), Unit.MONEY),
    "orders": (N_("Forecast orders"), Unit.COUNT),
    "expected_months": (N_("Expected months"), Unit.RATIO),
    "value": (N_("Forecast value"), Unit.MONEY),
    "pltv": (N_("pLTV"), Unit.MONEY),
    **_COST,
}
_ONE = {
    "customer": (N_("Customer"), Unit.TEXT),
    "past_orders": (N_("Orders to date"), Unit.COUNT),
    "past_value": (N_("Value to date"), Unit.MONEY),
    "future_orders": (N_("Forecast orders"), Unit.RATIO),
    "future_value": (N_("Forecast value"), Unit.MONEY),
    "none_within_90d": (N_("No order in 90 days"), Unit.RATE),
}
COLUMNS = {
    "totals": {
        "part": (N_("Part"), Unit.TEXT),
        "customers": (N_("Paying customers"), Unit.COUNT),
        "orders": (N_("Orders"), Unit.COUNT),
        "value": (N_("Value"), Unit.MONEY),
    },
    "scenario": {
        "part": (N_("Part"), Unit.TEXT),
        "new_customers": (N_("New customers"), Unit.COUNT),
        "orders": (N_("Orders"), Unit.COUNT),
        "value": (N_("Value"), Unit.MONEY),
    },
    "backtest": {
        "cutoff": (N_("As of"), Unit.TEXT),
        "horizon": (N_("Months ahead"), Unit.RATIO),
        "model": (N_("Forecast"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "actual": (N_("Actual orders"), Unit.COUNT),
        "predicted": (N_("Forecast orders"), Unit.COUNT),
        "orders_bias": (N_("Order error"), Unit.RATE),
        "value_bias": (N_("Value error"), Unit.RATE),
        "rmse": (N_("RMSE"), Unit.RATIO),
        "mae": (N_("MAE"), Unit.RATIO),
        "spearman": (N_("Rank correlation"), Unit.RATIO),
        "gini": (N_("Gini"), Unit.RATIO),
        "coverage80": (N_("Coverage (80% CI)"), Unit.RATE),
        "chosen": (N_("Chosen"), Unit.TEXT),
    },
    "deciles": {
        "decile": (N_("Decile"), Unit.COUNT),
        "customers": (N_("Customers"), Unit.COUNT),
        "orders": (N_("Forecast orders"), Unit.COUNT),
        "predicted": (N_("Forecast"), Unit.COUNT),
        "actual": (N_("Actual"), Unit.COUNT),
    },
    "segments": {"segment": (N_("Segment"), Unit.TEXT), **_AHEAD},
    "cohorts": {"cohort": (N_("Cohort"), Unit.TEXT), **_AHEAD},
    "new": {
        "segment": (N_("Segment"), Unit.TEXT),
        "size": (N_("First order"), Unit.COUNT),
        "up_to": (N_("up to"), Unit.MONEY),
        "customers": (N_("Customers"), Unit.COUNT),
        "first_order": (N_("First order value"), Unit.MONEY),
        "first_mrr": (N_("First MRR"), Unit.MONEY),
        "orders": (N_("Orders"), Unit.RATIO),
        "expected_months": (N_("Expected months"), Unit.RATIO),
        "value": (N_("Value"), Unit.MONEY),
        **_COST,
        "payback": (N_("Payback by month"), Unit.COUNT),
    },
    "models": {
        "segment": (N_("Segment"), Unit.TEXT),
        "model": (N_("Forecast"), Unit.TEXT),
        "every": (N_("Months to renewal"), Unit.COUNT),
        "fitted": (N_("Fitted"), Unit.TEXT),
        "parameter": (N_("Parameter"), Unit.TEXT),
        "value": (N_("Value"), Unit.RATIO),
        "standard_error": (N_("Standard error"), Unit.RATIO),
        "log_likelihood": (N_("Log-likelihood"), Unit.RATIO),
    },
    "acquisition": cohorts.COLUMNS["acquisition"],
    "behaviour": {
        "days": (N_("First days"), Unit.COUNT),
        "cutoff": (N_("As of"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "error_saved": (N_("Squared error saved"), Unit.RATE),
        "used": (N_("Used"), Unit.TEXT),
    },
    "keep": _ONE,
    "at_risk": _ONE,
}
OF_SUBSCRIPTIONS = {
    "backtest": {
        "actual": (N_("Still paying"), Unit.COUNT),
        "predicted": (N_("Forecast to pay"), Unit.COUNT),
        "value_bias": (N_("Revenue error"), Unit.RATE),
        "actual_value": (N_("Actual revenue"), Unit.MONEY),
        "predicted_value": (N_("Forecast revenue"), Unit.MONEY),
        "customers_bias": (N_("Customer error"), Unit.RATE),
    },
    "cohorts": {"cohort": (N_("First paid month"), Unit.TEXT)},
}
"""Labels of columns that hold something else of subscriptions."""
OF_TABLE = {"Early behaviour": "behaviour", "New-customer scenario": "scenario"}
"""Definitions that only a page with that table has."""
DEFINITIONS = {
    N_("pLTV"): N_(
        "Value to date plus forecast value of a customer; for a new customer, the forecast only."
    ),
    N_("CAC"): N_(
        "Average CAC, of the segment or month if known; the next customer may cost more."
    ),
    N_("Payback by month"): N_(
        "The month in which the expected cumulative margin of a new customer (undiscounted) "
        "reaches the CAC."
    ),
    N_("Expected months"): N_(
        "Mean number of months within the horizon that a subscriber is expected to pay, for "
        "customers who pay now or for a new customer. Segments with fewer than 50 customers or "
        "fewer than 10 churned use the model of all customers with the same renewal interval."
    ),
    N_("First MRR"): N_(
        "Monthly payment of customers of the last 12 months on their first paid day."
    ),
    N_("Early behaviour"): N_(
        "What customers did in their first 30 days, by a log of events. Each customer's expected "
        "orders are multiplied by what a shrunken Poisson regression gives for it, the less the "
        "longer the customer is known; orders and value in total stay as they are. It is judged at "
        "an earlier cut-off by customers it was not learned from, and used only if it reduces the "
        "squared error of their value (over the expected value) beyond chance. The backtest is "
        "that of the forecast without it."
    ),
    N_("New-customer scenario"): N_(
        "What new customers would bring, beside the forecast, which holds known customers only. "
        "How many come is assumed (--new-customers). The interval covers the error of the forecast "
        "of repeat orders or the spread of what earlier cohorts brought at the same age, whichever "
        "is larger, and the noise of single customers."
    ),
    N_("Order error"): N_("Forecast over actual, less 1, of the total number of orders."),
    N_("Rank correlation"): N_(
        "Spearman's rank correlation of forecast and actual orders by customer: 1 is perfect, 0 is "
        "chance."
    ),
    N_("Gini"): N_(
        "How well the forecast ranks the customers who ordered, relative to a perfect forecast: 1 "
        "is perfect, 0 is chance."
    ),
    N_("Coverage (80% CI)"): N_(
        "Share of the deciles whose actual orders lay within the 80% interval of the forecast."
    ),
    N_("Top retention targets"): N_(
        "Highest forecast value times the probability of an order within 90 days; at risk: times "
        "the probability of none."
    ),
}
WORDS: Mapping[str, Mapping[Any, str]] = {
    "part": {
        "past": N_("past"),
        "future": N_("future"),
        "known": N_("known customers"),
        "new": N_("new customers"),
        "both": N_("both"),
    },
    "segment": {None: N_("all"), "": N_("(none)")},
    "size": {
        None: N_("any"),
        1: N_("bottom third"),
        2: N_("middle third"),
        3: N_("top third"),
    },
    "model": NAMES,
    "used": {True: N_("yes"), False: N_("no")},
}
"""Cells of some columns in words."""
