"""What customers are expected to bring, and what such predictions were worth so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

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
}
"""What forecasts are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictEvidence:
    """What checks look at beside the tables.

    history_days: from the first order to the last day. horizon_days: asked for; tested_days: of it,
        how many could be tested, 0 if none.
    customers, repeats: known, and their purchases after the first.
    cutoffs: earlier days on which the forecast was put to the test, newest first.
    tested_share: of the customers, those it was tested on: of very many a sample.
    retention_cost: a year, as given; it is not taken off what is expected.
    chosen: the mixture ("auto") or the one forecast that was used.
    weights: share of each forecast in it.
    missed: typical error of the total at the cut-offs, as a share, of each forecast; None untested.
    baseline: best naive forecast; `models_win` whether the models beat it, None untested.
    unfitted: models that could not be fitted, and why; `limits` those that came down to simpler.
    own_money: why money is by each customer's own mean; "" where the model of money holds.
    calendar: part of season and trend that is used, from 0 to 1; None with too little data to tell.
    first_weeks: different weeks in which customers were won.
    doubt: half the width of the 80% interval of future orders, as a share.
    calendar_doubt: what of it is the stated doubt about season and trend.
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
    doubt: float
    calendar_doubt: float
    tested_share: float = 1.0
    retention_cost: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictReport(TableReport):
    """Past and future value kept apart, the record of the prediction, and what it stands on.

    Every interval is an 80% prediction interval. Tables:

    totals: part ("past", "future"), orders, value.
    backtest: cutoff, horizon (months), model, customers, actual, predicted with interval,
        actual_value, predicted_value (revenue), orders_bias, value_bias, rmse, mae, spearman, gini,
        coverage80, chosen.
    deciles: decile (1 is the best tenth by forecast), customers, orders expected now; at the newest
        cut-off predicted with interval, and actual.
    segments, cohorts: segment or cohort, customers, past_orders, past_value, orders and value
        expected with intervals, pltv (past and future value of one customer).
    new: segment, size (third of the first order), up_to, customers, first_order (revenue) and value
        with intervals, orders: of one new customer.
    In these three, with a CAC: cac, pltv_to_cac with interval, grade; in `new` also payback, the
        month by whose end the CAC is expected back, with interval: None beyond the horizon.
    models: model, fitted (its name, or that of the simpler one it came down to), parameter, value,
        standard_error, log_likelihood.
    keep, at_risk: if customers were asked for; customer, past_orders, past_value, future_orders,
        future_value with interval, none_within_90d.
    """

    kind: ClassVar = "predict"
    evidence: PredictEvidence
