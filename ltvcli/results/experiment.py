"""Groups of customers, one of which was left as it was: what a measure brought."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from ltvcli.results.reports import TableReport
from ltvcli.units import Unit

ENOUGH = 30
"""Customers of an arm below which nothing is decided."""


class Decision(StrEnum):
    """What follows from the effect of an arm."""

    ROLL_OUT = "roll-out"
    SHOWN = "shown"
    NOT_SHOWN = "not-shown"
    STOP = "stop"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A figure with its 95% interval; the ends are None where it has none."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One group of customers.

    Attributes:
        name: as most rows write it.
        customers: assigned, whatever they brought.
        mean: outcome per customer; the interval is None for a single customer.
        sd: standard deviation of the outcome between customers.
        skewness: of the outcome between customers.
        buyers: customers with an outcome other than 0.
        per_buyer: outcome per one of these; None without any.
        set_aside: rows of this arm that could not be used.
        is_control: whether this is the group that was left as it was.
    """

    name: str
    customers: int
    mean: Range
    sd: float | None
    skewness: float | None
    buyers: int
    per_buyer: float | None
    set_aside: int
    is_control: bool

    @property
    def is_heavy_tailed(self) -> bool:
        """Whether there are fewer customers than 355 times the square of the skewness.

        Source: Kohavi, Deng, Longbotham & Xu (2014), Seven Rules of Thumb for Web Site
        Experimenters, KDD 2014, rule 7.
        """
        return self.skewness is not None and self.customers < 355 * self.skewness**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an arm brought beyond the control, per customer assigned.

    Attributes:
        arm: its name.
        effect: difference of the means.
        error: standard error of it.
        p: of no difference, two-sided.
        p_adjusted: of what the decision is about, adjusted for the number of arms (Holm).
        relative: effect over the mean of the control; None where that is not above 0.
        net: effect times margin less cost; None unless both are known.
        roi: net over cost; None without a cost.
        everyone: net for all customers of the experiment together.
        decision: what follows.
    """

    arm: str
    effect: Range
    error: float
    p: float
    p_adjusted: float
    relative: Range | None
    net: Range | None
    roi: Range | None
    everyone: Range | None
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCheck:
    """Whether arms are comparable.

    Attributes:
        check: sample-ratio (sizes against those that were meant) or balance (what was before).
        arm: that is compared with the control; "" where all arms are.
        value: chi-square of the sizes, or the difference of what was before.
        p: of nothing but chance.
        passed: whether p is 0.001 or more.
    """

    check: str
    arm: str
    value: float
    p: float
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """An arm that rows write in several ways."""

    arm: str
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What was found while reading that a reader of the effects must know.

    Attributes:
        spellings: arms written in several ways, which were read as one.
        blank: customers without an outcome, who count as 0.
        in_two_arms: customers in more than one arm, who were set aside.
        repeated: customers with several rows, whose outcomes were added up.
    """

    spellings: tuple[Spellings, ...] = ()
    blank: int = 0
    in_two_arms: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentReport(TableReport):
    """Arms, and what each brought beyond the control.

    Attributes:
        outcome: header of the column.
        unit: of the outcome: money, or a rate where all outcomes are 0 or 1.
        arms: control first.
        effects: of all other arms; none where the arms are not comparable.
        checks: whether the arms are comparable.
        doubts: of the rows.
        saved: share of the variance that what was before explains; None if it was not given.
        wider: by how much intervals that hold at every look are wider; None without `--peek`.
    """

    kind: ClassVar = "experiment"
    outcome: str = ""
    unit: Unit = Unit.MONEY
    arms: tuple[Arm, ...] = ()
    effects: tuple[Effect, ...] = ()
    checks: tuple[GroupCheck, ...] = ()
    doubts: Doubts = field(default_factory=Doubts)
    saved: float | None = None
    wider: float | None = None
