"""How many months customers of subscriptions go on paying: by renewals (sBG), or by one churn.

Each segment that has customers and leavers enough has a model of its own; the others share one
with all that are billed as rarely. A customer of a yearly plan can leave once a year, so the model
counts renewals and not months. MRR per customer stays as it is: neither upgrades nor new prices are
forecast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from ltvcli.analyses.subscriptions.retention import renewal_months
from ltvcli.errors import FitFailedError
from ltvcli.stats.numerics.normal import Z_95
from ltvcli.stats.retention import mean_churn, renewals
from ltvcli.stats.retention import shifted_beta_geometric as sbg
from ltvcli.stats.retention.profile_likelihood import interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.standing import Moment
    from ltvcli.stats.retention.mean_churn import MeanChurn
    from ltvcli.stats.retention.shifted_beta_geometric import ShiftedBetaGeometric
    from ltvcli.units import Months

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SBG, MEAN_CHURN, NO_CHURN = "sbg", "mean-churn", "no-churn"
MODELS = (SBG, MEAN_CHURN)
"""Forecasts that can be chosen; NO_CHURN is only compared with them."""
LEAST_CUSTOMERS, LEAST_LEAVERS = 50, 10
"""A segment with as many has a model of its own."""


class Leaving(Struct, frozen=True, kw_only=True):
    """How customers of some segments leave: one churn a month, and the model of renewals.

    Renewals are `every` so many months. `fitted` is None where no model could be fitted, and
    `unfitted` is the reason; then a constant churn replaces it.
    """

    every: int
    churn: MeanChurn
    fitted: ShiftedBetaGeometric | None
    unfitted: str

    @property
    def monthly(self) -> float:
        """Churn a month; where nobody left, the highest that would show none one time in twenty."""
        return self.churn.value if self.churn.left else self.churn.high


class Ahead(Struct, frozen=True, kw_only=True):
    """Months paid within the horizon: expected, their variance, in money of today; and who stays.

    Arrays have the shape of the tenures asked for.
    """

    months: Floats
    variance: Floats
    worth: Floats
    stay: Floats


def leaving(moment: Moment, every: Mapping[str, int]) -> list[Leaving]:
    """Return how the customers of each segment leave, by code.

    Args:
        moment: what was known on a day.
        every: months from one renewal to the next, by the name of a segment; 1 where unknown.
    """
    facts = moment.facts
    rhythm = [every.get(name, 1) for name in facts.segments]
    shared: dict[int, Leaving] = {}
    fits: list[Leaving] = []
    for code, months in enumerate(rhythm):
        segment_fit = _leaving(moment, [code], months)
        left = float(segment_fit.fitted.renewals.left.sum()) if segment_fit.fitted else 0.0
        if facts.totals[code].customers >= LEAST_CUSTOMERS and left >= LEAST_LEAVERS:
            fits.append(segment_fit)
            continue
        if months not in shared:
            alike = [place for place, interval in enumerate(rhythm) if interval == months]
            shared[months] = _leaving(moment, alike, months)
        fits.append(shared[months])
    return fits


def _leaving(moment: Moment, codes: Sequence[int], every: int) -> Leaving:
    renewed, closes = moment.facts.renewed, moment.facts.closes
    mask = np.isin(renewed.segment, codes)
    made = renewal_months(renewed.renewals[mask], renewed.ended[mask], every)
    seen = renewals.count(made, renewed.ended[mask], renewed.customers[mask])
    fitted, unfitted = None, ""
    try:
        fitted = sbg.fit(seen)
    except FitFailedError as error:
        unfitted = str(error.facts["because"])
    opened = np.isin(closes.segment, codes) & (closes.day != np.datetime64(closes.newest))
    days, index = np.unique(closes.day[opened], return_inverse=True)
    retained, gone = (
        np.bincount(index, weights=counts[opened], minlength=len(days))
        for counts in (closes.customers, closes.gone)
    )
    churn = mean_churn.last_months(retained, gone)
    if churn is None:  # no customers at the start of any complete month: unknown
        churn = mean_churn.MeanChurn(value=0.0, low=0.0, high=1.0, left=0.0, exposure=0.0, months=0)
    return Leaving(every=every, churn=churn, fitted=fitted, unfitted=unfitted)


def future_payments(
    fit: Leaving,
    model: str,
    tenure: Ints,
    horizon: Months,
    discount: float = 0.0,
    *,
    new: bool = False,
) -> Ahead:
    """Return how many of the next months customers pay.

    Customers of today stand, on average, in the middle of a month that they have paid; `new` ones
    at the beginning of their first.

    Args:
        fit: how they leave.
        model: one of MODELS, or "no-churn".
        tenure: `(n,)` whole months since the first paid day.
        horizon: months, 1 or more.
        discount: cost of capital a month.
        new: whether they begin today.
    """
    if model == SBG and fit.fitted:
        parameters = np.asarray(fit.fitted.churn), np.asarray(fit.fitted.spread)
        retained = _by_renewals(*parameters, fit.every, tenure, horizon)
    else:
        churn = 0.0 if model == NO_CHURN else fit.monthly
        retained = _constant(churn, len(tenure), horizon)
    return _ahead(retained, horizon, discount, new=new)


def spread(
    fit: Leaving, model: str, tenure: Ints, weight: Floats, horizon: Months, *, new: bool = False
) -> float:
    """Return the standard deviation, as a share, of months paid for what the fit leaves open.

    Args:
        fit: how customers leave.
        model: one of MODELS.
        tenure: `(n,)` whole months since the first paid day.
        weight: `(n,)` of each tenure.
        horizon: months.
        new: whether they begin today.
    """

    def total(retained: Floats) -> Floats:
        months: Floats = (_ahead(retained, horizon, 0.0, new=new).months * weight).sum(axis=-1)
        return months

    if model == SBG and fit.fitted:
        middle = total(
            _by_renewals(
                np.asarray(fit.fitted.churn), np.asarray(fit.fitted.spread), fit.every, tenure,
                horizon,
            )
        )  # fmt: skip
        low, high = interval(
            fit.fitted,
            lambda churn, width: total(_by_renewals(churn, width, fit.every, tenure, horizon)),
        )
    else:
        low, middle, high = (
            total(_constant(churn, len(tenure), horizon))
            for churn in (fit.churn.high, fit.monthly, fit.churn.low)
        )
    return float(high - low) / (2 * Z_95 * float(middle)) if middle > 0 else 0.0


def _by_renewals(churn: Floats, width: Floats, every: int, tenure: Ints, horizon: Months) -> Floats:
    """Return the share retained after 0, 1, ... months: `(..., n, months + 1)`."""
    steps = np.arange(int(np.ceil(horizon)) + 1)
    at = (tenure[:, None] + steps) // every
    curve = sbg.survival(churn, width, int(at.max(initial=0)))
    now = curve[..., tenure // every]
    shares: Floats = curve[..., at] / now[..., None]
    return shares


def _constant(churn: float, count: int, horizon: Months) -> Floats:
    """Return the same by one churn a month."""
    kept: Floats = (1 - churn) ** np.arange(int(np.ceil(horizon)) + 1.0)
    return np.broadcast_to(kept, (count, len(kept)))


def _ahead(retained: Floats, horizon: Months, discount: float, *, new: bool) -> Ahead:
    begin, end = retained[..., :-1], retained[..., 1:]
    paid = begin if new else (begin + end) / 2
    months = np.arange(paid.shape[-1])
    share = np.clip(horizon - months, 0, 1)  # the last month may be partial
    expected = (paid * share).sum(axis=-1)
    squares = (paid * share * (2 * months + 1)).sum(axis=-1)
    value: Any = (paid * share * (1 + discount) ** -(months + 0.5)).sum(axis=-1)
    return Ahead(
        months=expected,
        variance=np.maximum(squares - expected**2, 0.0),
        worth=value,
        stay=retained[..., -1],
    )


def by_month(fit: Leaving, model: str, horizon: Months) -> Floats:
    """Return the months that a new customer has paid by the end of month 1, 2, ...: `(months,)`.

    Args:
        fit: how customers leave.
        model: name of a forecast.
        horizon: in months.
    """
    nobody = np.zeros(1, dtype=np.int64)
    if model == SBG and fit.fitted:
        parameters = np.asarray(fit.fitted.churn), np.asarray(fit.fitted.spread)
        retained = _by_renewals(*parameters, fit.every, nobody, horizon)
    else:
        retained = _constant(fit.monthly, 1, horizon)
    paid: Floats = retained[0, :-1].cumsum()
    return paid
