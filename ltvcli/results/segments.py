"""What segments are worth beside one another, where a business loses, and on whom it leans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ltvcli.language import N_
from ltvcli.results.figures import Estimate
from ltvcli.results.reports import TableReport
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
class Minus:
    """Customers of a segment who cost more than they brought.

    `seasoned` ones had the months that are enough to judge; the others may still pay back.
    `contribution` is what those below 0 add up to.
    """

    name: str
    gathered: int
    seasoned: bool
    of: int
    customers: int
    contribution: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """How often customers with something in common cost more than they brought, against others.

    `customers` of the `of` who have it; `p` is adjusted for the number of traits looked at.
    """

    trait: str
    segment: str | None
    of: int
    customers: int
    ratio: Estimate
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What is known of customers below 0: by segment, and what they share.

    `months` is the age from which on a customer is judged; `uncosted` says whether a CAC was
    missing for some of them.
    """

    months: int
    minus: tuple[Minus, ...]
    traits: tuple[Trait, ...]
    has_margin: bool
    without_cac: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentsReport(TableReport):
    """Segments beside one another, and what checks look at of them."""

    by: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    concentration: Concentration | None = None
    losses: Losses | None = None
