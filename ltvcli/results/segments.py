"""The value of segments, unprofitable customers, and revenue concentration."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.figures import Estimate
from ltvcli.results.reports import TableReport
from ltvcli.results.sentences import Sentence
from ltvcli.results.verdicts import Grade
from ltvcli.units import Money, Rate


class Differs(StrEnum):
    """Whether a segment's lifetime value differs from that of all other customers."""

    HIGHER = N_("higher")
    LOWER = N_("lower")
    NO = N_("no")


class Budget(StrEnum):
    """Whether the next customer of a channel is worth the marginal CAC."""

    MORE = N_("worth more")
    LESS = N_("not worth it")
    UNKNOWN = N_("cannot tell")


class Recurring(Struct, frozen=True, kw_only=True):
    """Recurring revenue of subscriptions.

    `paying` customers pay `mrr` a month at the end of the last complete month. `churn` is that of
    the last six complete months; `lifespan` counts within the horizon.
    """

    paying: int
    mrr: Money
    arpu: Estimate | None
    churn: Estimate | None
    lifespan: Estimate | None


class Segment(Struct, frozen=True, kw_only=True):
    """A segment of customers, with their value and cost.

    `name` is "" where the data has none; `gathered` is the number of small segments combined in
    this one, 0 if it is a single segment. `ltv` counts `horizon` months; `difference` is `ltv` less
    that of all other customers over as many. `p` is adjusted for the number of segments.
    `marginal_cac` is the cost of an additional customer, and `returned` what each extra 1 of spend
    returns within the horizon; if that is not known, `marginal_missing` may give the reason.
    `recurring` is known of subscriptions, whose `orders` are subscriptions begun.
    """

    name: str
    gathered: int
    customers: int
    orders: int
    revenue: Money
    share: Rate | None
    horizon: int
    aov: Estimate | None = None
    frequency: Estimate | None = None
    repeat_rate: Estimate | None = None
    ltv: Estimate | None = None
    cac: Estimate | None = None
    ltv_to_cac: Estimate | None = None
    payback: Estimate | None = None
    grade: Grade = Grade.UNKNOWN
    differs: Differs | None = None
    difference: Estimate | None = None
    p: float | None = None
    marginal_cac: Estimate | None = None
    marginal_missing: Sentence | None = None
    returned: Estimate | None = None
    budget: Budget | None = None
    recurring: Recurring | None = None


class Top(Struct, frozen=True, kw_only=True):
    """The customers with the highest revenue, and their share of all revenue."""

    top: Rate
    customers: int
    revenue: Money
    share: Rate | None


class Concentration(Struct, frozen=True, kw_only=True):
    """Revenue concentration.

    `ltv_without` excludes the `left_out` customers with revenue of more than `above`, at most 1% of
    all.
    """

    tops: tuple[Top, ...]
    mean: Money
    median: Money
    ltv: Estimate | None
    ltv_without: Estimate | None
    left_out: int
    above: Money | None


class Unprofitable(Struct, frozen=True, kw_only=True):
    """Unprofitable customers of a segment.

    `of` customers are mature: `customers` of these are below 0, with a total of `contribution`;
    `net` is the total of all mature customers. Of the `young_of` not yet mature, `young` are below
    0 so far, with a total of `young_contribution`; they may still pay back.
    """

    name: str
    gathered: int
    of: int = 0
    customers: int = 0
    contribution: Money = 0.0
    net: Money = 0.0
    young_of: int = 0
    young: int = 0
    young_contribution: Money = 0.0


class Trait(Struct, frozen=True, kw_only=True):
    """How often customers with a trait are below 0, compared with all others.

    `customers` of the `of` with the trait are below 0; `p` is adjusted for the number of traits.
    """

    says: Sentence
    of: int
    customers: int
    ratio: Estimate
    p: float


class Losses(Struct, frozen=True, kw_only=True):
    """Customers below 0 by segment, and traits that are more common among them.

    `months` is the age from which a customer is mature; the CAC of `without_cac` customers is not
    known, so that it was not deducted.
    """

    months: int
    unprofitable: tuple[Unprofitable, ...]
    traits: tuple[Trait, ...]
    without_cac: int


class SegmentsReport(TableReport, frozen=True, kw_only=True):
    """A comparison of segments, with the evidence for checks."""

    kind: ClassVar = "segments"
    by: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    concentration: Concentration | None = None
    losses: Losses | None = None
