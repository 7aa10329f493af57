"""Short-term results beside long-term trust, and whether one comes at the expense of the other."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Literal

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.about import Figure
from ltvcli.results.figures import Estimate
from ltvcli.results.reports import TableReport
from ltvcli.results.review import TILES as REVIEWED_TILES
from ltvcli.results.review import Signal, TileLabel
from ltvcli.units import Unit

Side = Literal["front", "trust"]

SCORED: Mapping[str, Figure] = {
    "cohort_retention_90d": Figure(
        label=N_("Cohort retention at 90 days"),
        unit=Unit.RATE,
        definition=N_(
            "Of the customers who came in a period, the share that still pays 90 days after the "
            "first paid day; of orders the share that ordered again within 90 days of the first. "
            "Only periods all of whose customers have been observed for 90 days count."
        ),
        formula="cohort_retention_90d = kept after 90 days / new customers of the period",
        pitfalls=N_("It is known 90 days after a period ends, so it lags the other figures."),
    ),
    "nps": Figure(
        label=N_("NPS"),
        unit=Unit.RATIO,
        definition=N_(
            "Net promoter score: promoters (9 or 10) less detractors (0 to 6) per 100 answers to "
            "whether somebody would recommend; 7 and 8 are passive. One answer per customer and "
            "wave, the last one."
        ),
        formula="nps = 100 x (promoters - detractors) / answers; interval: adjusted Wald",
        source=(
            "Reichheld (2003), Harvard Business Review 81(12), 46-54; intervals: Bonett & Price "
            "(2012), Journal of Educational and Behavioral Statistics 37, 479-488; Rocks (2016), "
            "The American Statistician 70, 365-372"
        ),
        pitfalls=N_(
            "Who left does not answer. Averages differ by country and industry, so only your own "
            "earlier waves compare."
        ),
    ),
    "cohort_ltv": Figure(
        label=N_("Cohort LTV"),
        unit=Unit.MONEY,
        definition=N_(
            "What a customer of a cohort brings up to the horizon: what was brought in the first "
            "90 days, and after that what earlier customers brought who were kept, or not kept, "
            "after 90 days, weighted by the share that was kept."
        ),
        formula=(
            "cohort_ltv = margin x (value in 90 days + retention x later value of the kept + "
            "(1 - retention) x later value of the others)"
        ),
        source=(
            "Athey, Chetty, Imbens & Kang (2019), The Surrogate Index, NBER Working Paper 26463"
        ),
        pitfalls=N_(
            "It assumes that customers who were kept behave afterwards as earlier ones did who "
            "were kept."
        ),
    ),
}
"""Figures that only the scorecard has."""

TILES: Mapping[str, TileLabel] = {
    **{
        key: REVIEWED_TILES[key]
        for key in ("net_revenue", "mrr", "new_customers", "cac", "period_ltv", "ltv_to_cac")
    },
    "cohort_retention_90d": TileLabel(
        label=SCORED["cohort_retention_90d"].label, unit=Unit.RATE, rises=True
    ),
    "nps": TileLabel(label=SCORED["nps"].label, unit=Unit.RATIO, rises=True),
}
"""Every figure of a scorecard in reading order."""
FRONT = ("net_revenue", "mrr", "new_customers", "cac")
"""Short-term results; all other figures are trust."""


class Course(StrEnum):
    """The direction of a side's figures, if it is significant."""

    UP = N_("up")
    DOWN = N_("down")
    MIXED = N_("mixed")
    LEVEL = N_("no significant change")
    UNKNOWN = N_("not known")


class ScoreTile(Struct, frozen=True, kw_only=True):
    """A figure of a period, of the one before and of a year before.

    Attributes:
        side: front or trust.
        figure: of TILES.
        group: owner, team or channel; "" for all customers.
        period: of the value.
        now: the value with its 95% interval.
        previous: of the period before.
        change: since then, with its 95% interval; of totals per day.
        last_year: of the same period a year before.
        target: as given.
        signal: of the process behaviour chart; None with fewer than 8 earlier values.
    """

    side: Side
    figure: str
    group: str
    period: str
    now: Estimate
    previous: float | None
    change: Estimate | None
    last_year: float | None
    target: float | None
    signal: Signal | None


class Shift(Struct, frozen=True, kw_only=True):
    """A figure of a cohort beside that of earlier cohorts, standardised for the mix of channels."""

    now: float
    before: float
    change: Estimate
    p: float


class CohortShift(Struct, frozen=True, kw_only=True):
    """The last cohort observed for 90 days beside the cohorts before it.

    Attributes:
        group: owner, team or channel; "" for all customers.
        cohort: its period.
        base: the earlier periods, "2025-Q4–2026-Q1".
        customers: new ones of the cohort.
        new: new customers per period of that length.
        retention: kept after 90 days.
        ltv: cohort LTV.
        horizon: of it, in months; None where it is the value of 90 days.
        standardised: share of the cohort's customers in channels that the base has, too.
        p: Holm-adjusted over all groups, that front is up and trust down.
        scorched: whether it is.
        cost: of all customers of the cohort; None where LTV did not fall.
        refunds: share of the money of the first 90 days that was paid back (orders), or of the
            customers who were paid back (subscriptions); None where the data does not say.
        refunds_before: of the earlier cohorts.
        discounts: share of list prices of the first 90 days that was given as discount; None where
            the data does not say.
        discounts_before: of the earlier cohorts.
    """

    group: str
    cohort: str
    base: str
    customers: int
    new: Shift
    retention: Shift
    ltv: Shift
    horizon: int | None
    standardised: float
    p: float
    scorched: bool
    cost: Estimate | None
    refunds: float | None = None
    refunds_before: float | None = None
    discounts: float | None = None
    discounts_before: float | None = None


class Wave(Struct, frozen=True, kw_only=True):
    """The answers of a period.

    Attributes:
        name: of the period.
        group: owner, team or channel; "" for all customers.
        promoters: who gave 9 or 10.
        passives: who gave 7 or 8.
        detractors: who gave 0 to 6.
        nps: with its 95% interval.
        customers: on the median day of the answers.
        answered: of these, who answered in the wave.
        left: of these customers, who have left since.
        left_answered: of those who left, who had answered.
    """

    name: str
    group: str
    promoters: int
    passives: int
    detractors: int
    nps: Estimate
    customers: int
    answered: int
    left: int
    left_answered: int

    @property
    def response_rate(self) -> float | None:
        """Answers per customer of that day."""
        return self.answered / self.customers if self.customers else None


class ScoreGroup(Struct, frozen=True, kw_only=True):
    """Promoters, passives or detractors, from their first answer on, beside all others.

    Attributes:
        name: "promoters", "passives" or "detractors".
        customers: observed for the whole time.
        kept: share that ordered again, or still pays.
        value: their value in the time, with its interval.
        p_kept: of the difference in `kept` to all others, Holm-adjusted.
        p_value: of that in `value`.
    """

    name: str
    customers: int
    kept: Estimate
    value: Estimate
    p_kept: float
    p_value: float


class ScoreMeaning(Struct, frozen=True, kw_only=True):
    """Whether scores predict who stays: customers by their first answer, for `days` after it."""

    days: int
    groups: tuple[ScoreGroup, ...]
    tells: bool
    tells_value: bool


class Quadrant(Struct, frozen=True, kw_only=True):
    """The directions of results and trust of a group."""

    group: str
    front: Course
    trust: Course


class ScoreEvidence(Struct, frozen=True, kw_only=True):
    """Evidence for checks, besides the figures.

    Attributes:
        targets: figures with a target.
        charted: earlier periods behind the signals.
        unmatched: customers of deals that are no customers of the exports; None without deals.
        without_deal: customers without a deal; None without deals.
        survey: whether answers were given.
        spend: whether spend was given.
        channels: whether channels of customers are known.
        no_cohort: whether no period has been observed for 90 days with an earlier one.
    """

    targets: tuple[str, ...]
    charted: int
    unmatched: int | None
    without_deal: int | None
    survey: bool
    spend: bool
    channels: bool
    no_cohort: bool


class ScorecardReport(TableReport, frozen=True, kw_only=True):
    """Front and trust side by side.

    Attributes:
        by: "owner", "team", "channel", or "" for all customers together.
        subscribers: whether customers are those of subscriptions.
        span: "month" or "quarter".
        period: the last whole one.
        against: the one before; "" if there is none.
        tiles: of all customers, then of each group.
        shifts: the last cohort beside those before, of all customers, then of each group.
        waves: of all customers, then of each group, the oldest first.
        meaning: whether scores predict who stays; None where too few were observed.
        quadrants: of all customers, then of each group.
        evidence: for checks.
    """

    kind: ClassVar = "scorecard"
    by: str = ""
    subscribers: bool = False
    span: str
    period: str
    against: str
    tiles: tuple[ScoreTile, ...] = ()
    shifts: tuple[CohortShift, ...] = ()
    waves: tuple[Wave, ...] = ()
    meaning: ScoreMeaning | None = None
    quadrants: tuple[Quadrant, ...] = ()
    evidence: ScoreEvidence
