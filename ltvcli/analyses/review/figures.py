"""The figures that a review follows from period to period, each with its samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from msgspec import Struct

from ltvcli.analyses.review import period_ltv
from ltvcli.analyses.review.period_ltv import AnyRates, AnySums
from ltvcli.analyses.review.subscriber_timeline import SubscriberSums
from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.formulas import periods
from ltvcli.formulas.periods import Period, Span
from ltvcli.language import N_
from ltvcli.results import Estimate, Source
from ltvcli.stats.inference import jackknife
from ltvcli.stats.retention import mean_churn
from ltvcli.units import Money, Rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.periods import PeriodFacts
    from ltvcli.facts.subscriber_periods import SubscriberPeriods
    from ltvcli.results.acquisition import Acquisition

    Floats = NDArray[np.float64]

Figure = Literal[
    "net_revenue", "new_customers", "repeat_customers", "aov", "margin", "spend", "cac",
    "period_ltv", "ltv_to_cac", "payback", "retention_90d",
    "mrr", "subscribers", "arpu", "logo_churn", "weekly_churn",
]  # fmt: skip
FIGURES: tuple[Figure, ...] = (
    "net_revenue", "new_customers", "repeat_customers", "aov", "margin", "spend", "cac",
    "period_ltv", "ltv_to_cac", "payback", "retention_90d",
)  # fmt: skip
"""What a review of orders follows, in reading order."""
OF_SUBSCRIBERS: tuple[Figure, ...] = (
    "mrr", "new_customers", "subscribers", "arpu", "logo_churn", "margin", "spend", "cac",
    "period_ltv", "ltv_to_cac", "payback",
)  # fmt: skip
"""What a review of subscriptions follows."""
OF_WEEKS: Mapping[Figure, Figure] = {"logo_churn": "weekly_churn"}
"""Figures of weeks instead of those of months: who left within a week is no rate per month."""
TOTALS = frozenset(("net_revenue", "new_customers", "repeat_customers", "spend"))
"""Figures that grow with the number of days: signals are read off them per day."""
PER_DAY = N_("totals compared per day")
"""Term of the basis: changes of totals compare as many days."""
AT_HORIZON = frozenset(("period_ltv", "ltv_to_cac", "payback"))
"""Figures that take a horizon."""
SIGNED = frozenset(("net_revenue", "aov", "margin", "period_ltv", "ltv_to_cac"))
"""Figures that refunds and losses may take below 0."""
THIRD_MONTH = 2
"""The age from day 61 to day 91, which `retention_90d` measures."""


class Costs(Struct, frozen=True, kw_only=True):
    """Known costs: a given margin and CAC, and spend by month; given values have priority."""

    margin: Rate | None = None
    cac: Money | None = None
    acquisition: Acquisition | None = None

    def spend(self, period: Period) -> Money | None:
        """Return the spend on new customers of a period; None unless all its days are known."""
        if self.acquisition is None or period.span == "week":
            return None
        known = {
            periods.of("month", month.month).number: month.spend
            for month in self.acquisition.months
            if month.complete
        }
        spent = [known.get(number) for number in period.cells]
        return sum(amount for amount in spent if amount is not None) if None not in spent else None


def followed(facts: PeriodFacts | SubscriberPeriods) -> tuple[Figure, ...]:
    """Return the figures that are followed of orders or of subscriptions."""
    if hasattr(facts, "returned"):
        return FIGURES
    weekly = OF_WEEKS if facts.span == "week" else {}
    return tuple(weekly.get(figure, figure) for figure in OF_SUBSCRIBERS)


def whole_periods(facts: PeriodFacts | SubscriberPeriods, span: Span) -> list[Period]:
    """List the periods all of whose days are in the data, the oldest first."""
    first = periods.first_whole(span, facts.first)
    last = periods.last_whole(span, facts.as_of)
    return [Period(span, number) for number in range(first.number, last.number + 1)]


def estimated(
    figure: Figure, sums: AnySums, rates: AnyRates, costs: Costs, period: Period
) -> Estimate | None:
    """Return a figure with its interval; None where it is not known.

    Args:
        figure: of FIGURES.
        sums: of the period.
        rates: of the period, over the horizon.
        costs: what is known of costs.
        period: whose spend is looked up.
    """
    if figure == "payback":
        return payback(sums, rates, costs, period)
    if isinstance(sums, SubscriberSums) and figure in ("logo_churn", "weekly_churn"):
        return churn(sums)
    values = samples(figure, sums, rates, costs, period)
    if values is None or not np.isfinite(values[0]):
        return None
    if figure == "spend" or is_given(figure, costs):
        source = Source.MEASURED if figure == "spend" else Source.GIVEN
        return Estimate(value=float(values[0]), source=source)
    least = -np.inf if figure in SIGNED else 0.0
    return estimate(values, Source.MEASURED, least)


def churn(sums: SubscriberSums) -> Estimate | None:
    """Return churned customers per customer at the opening of a period, with Wilson's interval.

    That nobody left in it is no proof that nobody will.
    """
    opening, gone = (int(column[:, 0].sum()) for column in (sums.opening, sums.gone))
    mean = mean_churn.last_months([opening], [gone])
    if mean is None:
        return None
    return Estimate(value=mean.value, low=mean.low, high=mean.high, source=Source.MEASURED)


def is_given(figure: Figure, costs: Costs) -> bool:
    """Return whether a figure was given, so that it is the same in every period."""
    return (figure == "cac" and costs.cac is not None) or (
        figure == "margin" and costs.margin is not None
    )


def samples(
    figure: Figure, sums: AnySums, rates: AnyRates, costs: Costs, period: Period
) -> Floats | None:
    """Return the samples `(R,)` of a figure other than payback; None where it is not known.

    Args:
        figure: of FIGURES.
        sums: of the period.
        rates: of the period, over the horizon.
        costs: known costs.
        period: whose spend is looked up.
    """
    groups = len(rates.margin) - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        return _SAMPLES[figure](sums, rates, costs, period, groups)


_Samples = Callable[[Any, Any, Costs, Period, int], "Floats | None"]


def total(values: Floats) -> Floats:
    """Return the samples of a total over segments `(S, R)`, each scaled up to all buckets.

    >>> total(np.array([[6.0, 3.0, 4.0, 5.0]])).tolist()
    [6.0, 4.5, 6.0, 7.5]
    """
    scaled: Floats = values.sum(axis=0)
    groups = len(scaled) - 1
    if groups > 1:
        scaled[1:] *= groups / (groups - 1)
    return scaled


def _aov(sums: Any, *_: object) -> Floats:
    ratio: Floats = sums.all_revenue.sum(axis=0) / sums.all_orders.sum(axis=0)
    return ratio


def _margin(sums: AnySums, _: AnyRates, costs: Costs, *__: object) -> Floats | None:
    if costs.margin is not None:
        return np.full(sums.new.shape[-1], costs.margin)
    margin = period_ltv.measured_margin(sums)
    return margin if np.isfinite(margin[0]) else None


def _spend(_: Any, rates: AnyRates, costs: Costs, period: Period, __: int) -> Floats | None:
    spend = costs.spend(period)
    return None if spend is None else np.full(len(rates.margin), spend)


def _cac(
    sums: AnySums, rates: AnyRates, costs: Costs, period: Period, groups: int
) -> Floats | None:
    if costs.cac is not None:
        return np.full(len(rates.margin), costs.cac)
    spend = _spend(sums, rates, costs, period, groups)
    return None if spend is None else spend / total(sums.new)


def _ltv_to_cac(
    sums: AnySums, rates: AnyRates, costs: Costs, period: Period, groups: int
) -> Floats | None:
    cac, ltv = _cac(sums, rates, costs, period, groups), _period_ltv(sums, rates)
    return None if cac is None or ltv is None or not cac[0] > 0 else ltv / cac


def _period_ltv(_: Any, rates: AnyRates, *__: object) -> Floats | None:
    return period_ltv.ltv(rates) if period_ltv.months_of(rates) else None


def _retention(sums: Any, *_: object) -> Floats | None:
    if sums.exposure.shape[1] <= THIRD_MONTH or sums.exposed[THIRD_MONTH] < 1:
        return None
    exposure = sums.exposure[:, THIRD_MONTH].sum(axis=0)
    share: Floats = sums.buyers[:, THIRD_MONTH].sum(axis=0) / exposure
    return share


_SAMPLES: dict[str, _Samples] = {
    "net_revenue": lambda sums, *_: total(sums.all_revenue),
    "new_customers": lambda sums, *_: total(sums.new),
    "repeat_customers": lambda sums, *_: total(sums.returned),
    "aov": _aov,
    "margin": _margin,
    "spend": _spend,
    "cac": _cac,
    "period_ltv": _period_ltv,
    "ltv_to_cac": _ltv_to_cac,
    "retention_90d": _retention,
    "mrr": lambda sums, *_: total(sums.mrr),
    "subscribers": lambda sums, *_: total(sums.customers),
    "arpu": lambda sums, *_: sums.mrr.sum(axis=0) / sums.customers.sum(axis=0),
    "logo_churn": lambda sums, *_: sums.gone.sum(axis=0) / sums.opening.sum(axis=0),
    "weekly_churn": lambda sums, *_: sums.gone.sum(axis=0) / sums.opening.sum(axis=0),
}


def payback(sums: AnySums, rates: AnyRates, costs: Costs, period: Period) -> Estimate | None:
    """Return the months until the margin of the period's behaviour covers its CAC.

    The ends are the months in which the high and the low end of the curve do; no high end is "not
    within the horizon". None where the curve does not reach the CAC.

    Args:
        sums: of the period.
        rates: of the period, over the horizon.
        costs: known costs.
        period: whose spend is looked up.
    """
    cac = samples("cac", sums, rates, costs, period)
    if cac is None or not cac[0] > 0:
        return None
    value = low = high = None
    for months, curve in enumerate(_curve(rates), 1):
        away = curve - cac
        spread = jackknife.spread(away)
        if value is None and away[0] >= 0:
            value = float(months)
        if spread and low is None and spread.value + spread.half_width >= 0:
            low = float(months)
        if spread and high is None and spread.value - spread.half_width >= 0:
            high = float(months)
    if value is None:
        return None
    return Estimate(value=value, low=low, high=high, source=Source.MEASURED)


def _curve(rates: AnyRates) -> Iterator[Floats]:
    """Yield the value of a customer by the end of each age month `(R,)`."""
    by_age = rates.by_age
    for months in range(1, by_age.shape[1] + 1):
        worth = rates.mix * by_age[:, :months].sum(axis=1)
        yield rates.margin * worth.sum(axis=0)


def per_day(figure: Figure, values: Sequence[tuple[Period, float]]) -> list[float]:
    """Return totals per day, since months differ in length; other figures as they are."""
    if figure in TOTALS:
        return [value / period.days for period, value in values]
    return [value for _, value in values]
