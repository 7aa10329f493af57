"""What segments are worth beside one another, where a business loses, and on whom it leans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ltvcli.language import N_
from ltvcli.results.figures import Estimate
from ltvcli.results.reports import TableReport
from ltvcli.results.sentences import Sentence
from ltvcli.results.verdicts import Grade
from ltvcli.units import Money, Rate


class Differs(StrEnum):
    """Whether a segment's lifetime value is another than that of all others."""

    HIGHER = N_("higher")
    LOWER = N_("lower")
    NO = N_("no")


class Budget(StrEnum):
    """Whether the next customer of a channel is worth what winning one more costs."""

    MORE = N_("worth more")
    LESS = N_("not worth it")
    UNKNOWN = N_("cannot tell")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Some customers, what they bring and cost.

    `name` is "" where the data says none; `gathered` is how many small segments were put together
    in this one, 0 where it is one of its own. `ltv` counts `horizon` months; `difference` is
    `ltv` less that of all others over as many. `p` is adjusted for the number of segments.
    `marginal_cac` is what winning one more cost, and `returned` what each further 1 of spend brings
    within the horizon; where that is not known, `marginal_missing` may say why.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """The customers who brought the most, and their share of revenue."""

    top: Rate
    customers: int
    revenue: Money
    share: Rate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """On how many customers revenue leans.

    `ltv_without` leaves out the `left_out` customers who brought more than `above`, at most one in
    a hundred.
    """

    tops: tuple[Top, ...]
    mean: Money
    median: Money
    ltv: Estimate | None
    ltv_without: Estimate | None
    left_out: int
    above: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unprofitable:
    """Unprofitable customers of a segment.

    `of` customers had time enough to be judged: `customers` of these are below 0, by `contribution`
    in all; `net` is what all of these customers left over together. Of the `young_of` others
    `young` are below 0 so far, by `young_contribution`; they may still pay back.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """How often customers with something in common are below 0, against all others.

    `customers` of the `of` who have it are; `p` is adjusted for the number of traits looked at.
    """

    says: Sentence
    of: int
    customers: int
    ratio: Estimate
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """Customers below 0 by segment, and what they share beyond chance.

    `months` is the age from which on a customer is judged; of `without_cac` customers it is not
    known what winning them cost, so that it was not taken off.
    """

    months: int
    unprofitable: tuple[Unprofitable, ...]
    traits: tuple[Trait, ...]
    without_cac: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentsReport(TableReport):
    """Segments beside one another, and what checks look at of them."""

    kind: ClassVar = "segments"
    by: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    concentration: Concentration | None = None
    losses: Losses | None = None
