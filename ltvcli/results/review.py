"""A period compared with an earlier one, and the reasons why its lifetime value changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.about import Figure
from ltvcli.results.benchmark import Compared
from ltvcli.results.figures import Estimate
from ltvcli.results.reports import TableReport
from ltvcli.results.sentences import Sentence
from ltvcli.units import Money, Unit

REVIEWED: Mapping[str, Figure] = {
    "period_ltv": Figure(
        label=N_("Period LTV"),
        unit=Unit.MONEY,
        definition=N_(
            "What a customer would bring up to the horizon if all ages behaved as they did in "
            "this period: the first order, then for each age month the share that returned, their "
            "orders and the value of these. It changes as soon as behaviour changes; an LTV over "
            "all history hardly changes when one month goes wrong."
        ),
        formula=(
            "period_ltv = margin x (first + sum over ages a < horizon of "
            "returning(a) x orders(a) x value(a)); of subscriptions margin x sum over ages a < "
            "horizon of S(a) x arpu(a), S(a) = product over ages b < a of staying(b), staying = "
            "exp(-leavers / customer-months at risk)"
        ),
        source="Preston, Heuveline & Guillot (2001), Demography, chapter 3: period life tables",
        pitfalls=N_(
            "It is not a forecast: no customer passes through all ages in one period. Compare it "
            "at the same horizon only."
        ),
    ),
    "repeat_customers": Figure(
        label=N_("Repeat customers"),
        unit=Unit.COUNT,
        definition=N_(
            "Customers with an order after their first day within the period, each counted once."
        ),
    ),
    "retention_90d": Figure(
        label=N_("Retention at 90 days"),
        unit=Unit.RATE,
        definition=N_(
            "Customers with an order in their third month of age, day 61 to 91, per customer and "
            "month at that age within the period."
        ),
        formula="retention_90d = buyers at age month 2 / customer-months at age month 2",
    ),
}
"""Figures that only `ltv review` has."""


class TileLabel(Struct, frozen=True, kw_only=True):
    """The name of a figure on a page, its unit, and whether more is better.

    `rises` is None where neither direction is good in itself.
    """

    label: str
    unit: Unit
    rises: bool | None


TILES: Mapping[str, TileLabel] = {
    "net_revenue": TileLabel(label=N_("Net revenue"), unit=Unit.MONEY, rises=True),
    "new_customers": TileLabel(label=N_("New customers"), unit=Unit.COUNT, rises=True),
    "repeat_customers": TileLabel(label=N_("Repeat customers"), unit=Unit.COUNT, rises=True),
    "mrr": TileLabel(label=N_("MRR"), unit=Unit.MONEY, rises=True),
    "subscribers": TileLabel(label=N_("Paying customers"), unit=Unit.COUNT, rises=True),
    "arpu": TileLabel(label=N_("ARPU"), unit=Unit.MONEY, rises=True),
    "logo_churn": TileLabel(label=N_("Monthly customer churn"), unit=Unit.RATE, rises=False),
    "weekly_churn": TileLabel(label=N_("Weekly customer churn"), unit=Unit.RATE, rises=False),
    "aov": TileLabel(label=N_("Average order value"), unit=Unit.MONEY, rises=True),
    "margin": TileLabel(label=N_("Gross margin"), unit=Unit.RATE, rises=True),
    "spend": TileLabel(label=N_("Spend"), unit=Unit.MONEY, rises=None),
    "cac": TileLabel(label=N_("CAC"), unit=Unit.MONEY, rises=False),
    "period_ltv": TileLabel(label=N_("Period LTV"), unit=Unit.MONEY, rises=True),
    "ltv_to_cac": TileLabel(label=N_("LTV/CAC"), unit=Unit.RATIO, rises=True),
    "payback": TileLabel(label=N_("Payback"), unit=Unit.MONTHS, rises=False),
    "retention_90d": TileLabel(label=N_("Retention at 90 days"), unit=Unit.RATE, rises=True),
}
"""Every figure of a review in reading order."""
FACTORS: Mapping[str, str] = {
    "mix": N_("Mix of segments"),
    "first": N_("First order value"),
    "returning": N_("Share returning"),
    "orders": N_("Orders per returning customer"),
    "value": N_("Value per repeat order"),
    "staying": N_("Share staying"),
    "arpu": N_("ARPU"),
    "margin": N_("Gross margin"),
    "cac": N_("CAC"),
}
"""What each factor of a decomposition is called."""


class Signal(StrEnum):
    """The signal of the last value of a process behaviour chart: its rule and side."""

    ABOVE = "above-limits"
    BELOW = "below-limits"
    NEAR_HIGH = "near-high-limit"
    NEAR_LOW = "near-low-limit"
    RUN_HIGH = "run-above-mean"
    RUN_LOW = "run-below-mean"
    ROUTINE = "routine"

    @property
    def is_high(self) -> bool:
        """Whether the value lies above the mean."""
        return self in (Signal.ABOVE, Signal.NEAR_HIGH, Signal.RUN_HIGH)


class Direction(StrEnum):
    """Whether a period is significantly better or worse than the one it is compared with."""

    BETTER = N_("better")
    WORSE = N_("worse")
    NEITHER = N_("no significant change")


class Tile(Struct, frozen=True, kw_only=True):
    """A figure of the period, of the earlier one and of a year before.

    `change` of a total is per day: the earlier total is scaled to as many days. `signal` is None
    where there are fewer than 8 earlier values to draw limits from. `per_day` marks totals.
    """

    figure: str
    now: Estimate
    previous: float | None
    change: Estimate | None
    last_year: float | None
    target: float | None
    signal: Signal | None
    per_day: bool


class Reason(Struct, frozen=True, kw_only=True):
    """The contribution of a factor to the change of a figure, with its 95% interval."""

    factor: str
    contribution: float
    low: float | None
    high: float | None

    @property
    def distinguishable(self) -> bool:
        """Whether the contribution is significant: it has an interval, and that excludes 0."""
        if self.low is None or self.high is None:
            return False
        return self.low > 0 or self.high < 0


class Explained(Struct, frozen=True, kw_only=True):
    """The change of a figure from one period to another, and its reasons in the order of FACTORS.

    `chance` is the sum of the reasons that are not distinguishable from chance; None if all are.
    `basis` is margin or revenue.
    """

    figure: str
    period: str
    against: str
    basis: str = "margin"
    horizon: int
    before: float
    after: float
    change: Estimate
    reasons: tuple[Reason, ...]
    chance: Estimate | None

    @property
    def direction(self) -> Direction:
        """Whether the change is significant, and which way; more is better."""
        low, high = self.change.low, self.change.high
        if low is None or high is None or low <= 0 <= high:
            return Direction.NEITHER
        return Direction.BETTER if low > 0 else Direction.WORSE


class SegmentChange(Struct, frozen=True, kw_only=True):
    """A figure of a segment in both periods; `p` is Holm-adjusted for all comparisons.

    `figure` is share (of new customers), period_ltv or cac.
    """

    segment: str
    figure: str
    now: float
    previous: float
    change: Estimate
    p: float
    changed: bool


class ActionKind(StrEnum):
    """The reason for a decision after a quarter."""

    SEGMENT = "segment"
    REASON = "reason"
    FORECAST = "forecast"
    BENCHMARK = "benchmark"


class Action(Struct, frozen=True, kw_only=True):
    """A decision to make: a figure that became significantly worse, or missed its forecast.

    `subject` is the segment, factor or figure. `change` is that of the figure; None of what has no
    single one. `monthly` is the money at stake among new customers of a month, where it is known.
    """

    kind: ActionKind
    subject: str
    figure: str
    change: Estimate | None
    monthly: Money | None
    says: Sentence


class ReviewEvidence(Struct, frozen=True, kw_only=True):
    """Evidence for checks, besides the figures.

    `oldest` is the first of the whole periods. `running` is the period of the last day where it is
    not over; `ends` is its last day where the data stops so shortly before it that it may be whole.
    `charted` earlier periods are behind the signals. `gathered` small segments are put together in
    one. `supported` is the horizon that both periods tell of.
    """

    oldest: str
    running: str
    ends: date | None
    charted: int
    gathered: int
    horizon_given: bool
    supported: int
    compared: bool
    year_ago: bool
    cac_known: bool
    retention_cost: Money | None


class ReviewReport(TableReport, frozen=True, kw_only=True):
    """A period compared with an earlier one.

    `explained` begins with the figure that says whether the period is better; those against the
    same period a year before follow in `year_ago`. Only a quarter has `compared` and `actions`.
    """

    kind: ClassVar = "review"
    span: str
    period: str
    against: str
    tiles: tuple[Tile, ...] = ()
    explained: tuple[Explained, ...] = ()
    year_ago: tuple[Explained, ...] = ()
    segments: tuple[SegmentChange, ...] = ()
    compared: Compared | None = None
    actions: tuple[Action, ...] = ()
    evidence: ReviewEvidence
