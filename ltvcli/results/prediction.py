"""The predicted value of customers, and the backtest of such predictions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.reports import TableReport
from ltvcli.units import Money

NAMES: Mapping[str, str] = {
    "auto": N_("weighted average"),
    "bg-nbd": "BG/NBD",
    "mbg-nbd": "MBG/NBD",
    "pareto-nbd": "Pareto/NBD",
    "mbg-cnbd-2": "MBG/CNBD-2",
    "hiatus": N_("run-rate, zero after a long gap"),
    "own-rate": N_("naive run-rate"),
    "chain-ladder": N_("chain ladder"),
    "zero": N_("zero"),
    "sbg": N_("renewals (sBG)"),
    "mean-churn": N_("constant churn"),
    "no-churn": N_("nobody leaves"),
}
"""Labels of forecasts."""


class ReissuedIds(Struct, frozen=True, kw_only=True):
    """Customers who returned after more than half a year, and seem to be other people.

    customers: who returned, in the sample. strangers: share of them whose order values are
    unrelated to those before. followed: share who ordered again within 91 days of their return, and
    `followed_new` of first orders; None where that is not known.
    """

    customers: int
    strangers: float
    followed: float | None
    followed_new: float | None


class PredictEvidence(Struct, frozen=True, kw_only=True):
    """Evidence for checks, besides the tables.

    history_days: from the first order to the last day. horizon_days: as requested; tested_days: of
        these, how many could be tested, 0 if none.
    customers, repeats: known customers, and their purchases after the first.
    cutoffs: earlier days of the backtest, newest first.
    tested_share: share of the customers in the backtest, which uses a sample of very many.
    retention_cost: per year, as given; it is not deducted from the predicted value.
    chosen: the weighted average ("auto") or the single forecast that was used.
    weights: share of each forecast in it.
    missed: typical error of the total at the cut-offs, as a share, of each forecast; None untested.
    baseline: best naive forecast; `models_win` whether the models beat it, None untested.
    unfitted: models that could not be fitted, and why; `limits`: those that were simplified.
    own_money: why each customer's mean order value is used; "" if the model of order values holds.
    calendar: share of season and trend that is used, from 0 to 1; None with too little data.
    first_weeks: distinct weeks in which customers were acquired.
    half_width: half the width of the 80% interval of future orders, as a share.
    calendar_half_width: the stated uncertainty about season and trend in it.
    returned: customers who ordered again; `carriers` of them placed half of the repeat orders.
    overstated: mean share by which too many orders were forecast, if at every cut-off; else 0.
    changed: share by which the level of orders of existing customers has changed, beyond chance,
        trend and known season, since the day `changed_since`; 0 and None if it has not.
    reissued_ids: customer IDs that seem to belong to new people; None without evidence of it.
    leavers: churned subscribers that the forecast is trained on; None for orders.
    paying: customers of subscriptions who pay on the last day; `leaving` of them have cancelled.
    """

    history_days: int
    horizon_days: int
    tested_days: int
    customers: int
    repeats: int
    cutoffs: tuple[date, ...]
    chosen: str
    weights: Mapping[str, float]
    missed: Mapping[str, float | None]
    baseline: str
    models_win: bool | None
    unfitted: Mapping[str, str]
    limits: Mapping[str, str]
    own_money: str
    calendar: float | None
    first_weeks: int
    half_width: float
    calendar_half_width: float
    tested_share: float = 1.0
    retention_cost: Money | None = None
    returned: int = 0
    carriers: int = 0
    overstated: float = 0.0
    changed: float = 0.0
    changed_since: date | None = None
    reissued_ids: ReissuedIds | None = None
    leavers: int | None = None
    paying: int | None = None
    leaving: int = 0


class PredictReport(TableReport, frozen=True, kw_only=True):
    """Past and future value, separately, the backtest, and the models behind the prediction.

    Every interval is an 80% prediction interval. Tables:

    totals: part ("past", "future"), orders, value.
    scenario: if new customers were asked for; part ("known", "new", "both"), new_customers, orders
        and value with intervals.
    backtest: cutoff, horizon (months), model, customers, actual, predicted with interval,
        actual_value, predicted_value (revenue), orders_bias, value_bias, rmse, mae, spearman, gini,
        coverage80, chosen.
    deciles: decile (1 is the best tenth by forecast), customers, orders expected now; at the newest
        cut-off predicted with interval, and actual.
    segments, cohorts: segment or cohort, customers, past_orders, past_value, orders and value
        expected with intervals, pltv (past and future value of one customer).
    new: segment, size (third of the first order), up_to, customers, first_order (revenue) and value
        with intervals, orders: of one new customer.
    These three also have, with a CAC: cac, pltv_to_cac with interval, grade; `new` also payback,
        the month by whose end the CAC is recovered, with interval: None beyond the horizon.
    models: model, fitted (its name, or that of the simpler model that fits as well), parameter,
        value, standard_error, log_likelihood.
    behaviour: with a log of events; days, cutoff, customers, error_saved (share of the squared
        error of a customer's value) with its 95% interval, used.
    keep, at_risk: if customers were requested; customer, past_orders, past_value, future_orders,
        future_value with interval, none_within_90d.

    Of subscriptions, there are no orders, deciles, keep or at_risk. Their tables:

    totals: part, customers (who pay now; who still pay at the end), value.
    backtest: as above; actual and predicted are customers who still pay, customers_bias.
    segments, cohorts: customers (who ever came), customers_closing (who pay now), mrr, past_value,
        expected_months (of those who pay), value with interval, pltv.
    new: segment, customers, first_mrr with interval, expected_months, value with interval.
    models: segment, model, parameter, value, every (months from one renewal to the next).
    """

    kind: ClassVar = "predict"
    evidence: PredictEvidence
