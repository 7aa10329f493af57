"""Arms of an experiment, one of which is the control: the effect of a measure."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from msgspec import Struct, field

from ltvcli.results.reports import TableReport
from ltvcli.units import Unit

ENOUGH = 30
"""Customers of an arm below which nothing is decided."""


class Decision(StrEnum):
    """The decision about an arm, by its effect."""

    ROLL_OUT = "roll-out"
    SHOWN = "shown"
    NOT_SHOWN = "not-shown"
    STOP = "stop"
    TOO_FEW = "too-few"


class Range(Struct, frozen=True, kw_only=True):
    """A figure with its 95% interval; the ends are None if it has none."""

    value: float
    low: float | None
    high: float | None


class Arm(Struct, frozen=True, kw_only=True):
    """One group of customers.

    Attributes:
        name: as most rows write it.
        customers: assigned, with any outcome.
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


class Effect(Struct, frozen=True, kw_only=True):
    """The effect of an arm compared with the control, per assigned customer.

    Attributes:
        arm: its name.
        outcome: header of the column, or what was measured.
        unit: of the outcome: money, or a rate where all outcomes are 0 or 1.
        effect: difference of the means.
        jackknife: its interval by leaving out groups of customers in turn; None where there is a
            single group, or with `--peek`.
        error: standard error of it; like p and every interval, None where an arm has a single
            customer, whose spread is unknown.
        p: of no difference, two-sided.
        p_adjusted: of what the decision is about, adjusted for arms and outcomes (Holm).
        relative: effect over the mean of the control; None where that is not above 0.
        net: effect times margin less cost; None unless both are known.
        roi: net over cost; None without a cost.
        everyone: net for all customers of the experiment together.
        decision: about the arm.
    """

    arm: str
    outcome: str
    unit: Unit
    effect: Range
    jackknife: Range | None
    error: float | None
    p: float | None
    p_adjusted: float | None
    relative: Range | None
    net: Range | None
    roi: Range | None
    everyone: Range | None
    decision: Decision


class GroupCheck(Struct, frozen=True, kw_only=True):
    """Whether arms are comparable.

    Attributes:
        check: sample-ratio (sizes against those that were meant), balance (what was before),
            assignment-days, or a count of what was excluded.
        arm: that is compared with the control; "" where all arms are.
        value: chi-square of the sizes, the difference of what was before, the difference of the
            days, or the count.
        p: of nothing but chance; None for a count.
        passed: whether p is 0.001 or more; a count always passes.
    """

    check: str
    arm: str
    value: float
    p: float | None
    passed: bool


class SegmentEffect(Struct, frozen=True, kw_only=True):
    """Effect in one segment of customers: exploratory.

    Attributes:
        segment: value of the columns of `--by`.
        arm: its name.
        customers: of arm and control in the segment.
        effect: difference of the means.
        p: of no difference, two-sided.
        p_adjusted: adjusted for the number of segments and arms (Holm).
    """

    segment: str
    arm: str
    customers: int
    effect: Range
    p: float
    p_adjusted: float


class AgeEffect(Struct, frozen=True, kw_only=True):
    """Effect of an arm to an age since the assignment, with a jackknife interval."""

    arm: str
    age_days: int
    effect: Range


class CappedEffect(Struct, frozen=True, kw_only=True):
    """Effect where larger outcomes count as `cap`; `above` customers have one.

    `p` is not adjusted: the decision is about the effect without a cap.
    """

    arm: str
    cap: float
    above: int
    effect: Range
    p: float


class Promise(Struct, frozen=True, kw_only=True):
    """An initiative as planned, beside the effect of the arm of its name.

    Attributes:
        arm: name of arm and initiative.
        lever: that the initiative changes.
        change: of it, as typed.
        promised: relative change of customer value; None if the lever does not give it.
        probability: of success, as planned.
        came: relative effect; None if not known.
        promised_cost: as planned; None if not.
        cost: of the measure; None if not known.
        verdict: kept, missed, beaten, open (the interval holds promise and nothing) or unknown.
    """

    arm: str
    lever: str
    change: str
    promised: float | None
    probability: float
    came: Range | None
    promised_cost: float | None
    cost: float | None
    verdict: str


class Plan(Struct, frozen=True, kw_only=True):
    """The size and duration needed to detect an effect.

    Attributes:
        effect: relative to the mean outcome.
        customers_per_arm: that show it in four of five experiments.
        months: to assign them and observe them; None where there are no new customers.
        feasible: whether that takes at most 12 months.
        asked: whether this effect was asked for.
    """

    effect: float
    customers_per_arm: int
    months: float | None
    feasible: bool
    asked: bool


class Spellings(Struct, frozen=True, kw_only=True):
    """An arm that rows write in several ways."""

    arm: str
    written: tuple[str, ...]


class Doubts(Struct, frozen=True, kw_only=True):
    """Problems of the input that a reader of the effects must know.

    Attributes:
        spellings: arms written in several ways, which were read as one.
        blank: customers without an outcome, who count as 0.
        in_two_arms: customers in more than one arm, who were set aside.
        repeated: customers with several rows, whose outcomes were added up.
        reassigned: customers assigned several times to one arm, whose first day counts.
    """

    spellings: tuple[Spellings, ...] = ()
    blank: int = 0
    in_two_arms: int = 0
    repeated: int = 0
    reassigned: int = 0


class ForecastRecord(Struct, frozen=True, kw_only=True):
    """Accuracy of earlier forecasts, from the newest recorded backtest.

    Attributes:
        cutoffs: days from which values were forecast.
        value_error: mean of the absolute relative errors of the value of all customers.
        coverage: share of actual results that lay within 80% intervals.
        run: number of the recorded run; 0 outside a history.
        names: of its files, without numbers.
        other_names: names of the files of other businesses whose forecasts the history holds.
    """

    cutoffs: int
    value_error: float
    coverage: float
    run: int = 0
    names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


class ExperimentReport(TableReport, frozen=True, kw_only=True):
    """Arms, and the effect of each compared with the control.

    Attributes:
        outcome: header of the column, or what was measured; the first of several.
        unit: of the outcome: money, or a rate where all outcomes are 0 or 1.
        age: days since the assignment that count; None where the file has the outcomes.
        is_surrogate: whether the outcome is a forecast of what customers will bring.
        forecast_record: how well such outcomes were forecast; None if that is not known.
        arms: control first.
        effects: of all other arms; none where the arms are not comparable.
        checks: whether the arms are comparable.
        doubts: of the rows.
        saved: share of the variance that earlier values explain; None without them.
        wider: by how much intervals that hold at every look are wider; None without `--peek`.
        ages: effects over age.
        capped: effects with `--cap`.
        segments: effects with `--by`.
        promises: of initiatives, with `--planned`.
        plan: of an experiment to come, with `--plan`.
    """

    kind: ClassVar = "experiment"
    outcome: str = ""
    unit: Unit = Unit.MONEY
    age: int | None = None
    is_surrogate: bool = False
    forecast_record: ForecastRecord | None = None
    arms: tuple[Arm, ...] = ()
    effects: tuple[Effect, ...] = ()
    checks: tuple[GroupCheck, ...] = ()
    doubts: Doubts = field(default_factory=Doubts)
    saved: float | None = None
    wider: float | None = None
    ages: tuple[AgeEffect, ...] = ()
    capped: tuple[CappedEffect, ...] = ()
    segments: tuple[SegmentEffect, ...] = ()
    promises: tuple[Promise, ...] = ()
    plan: tuple[Plan, ...] = ()
