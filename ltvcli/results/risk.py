"""Who will leave: how well that is known, by which columns, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ltvcli.language import N_
from ltvcli.results.experiment import Range
from ltvcli.results.reports import TableReport

ENOUGH = 100
"""Customers who left, and as many who stayed, below which no score is made."""
BASE, SINGLE, LOGISTIC, BOOSTING = "base-rate", "single-column", "logistic", "boosting"
SCORES = (LOGISTIC, BOOSTING)
"""Models that may give a score, the simpler one first."""
MODELS = {
    BASE: N_("base rate"),
    SINGLE: N_("best single column"),
    LOGISTIC: N_("logistic regression"),
    BOOSTING: N_("gradient boosting"),
}
WITHOUT, NAMED, BLANKS = "without", "named-like-outcome", "blank-with-outcome"
ALONE, IDENTIFIES, CONSTANT, DAY = "tells-alone", "identifies", "constant", "day"
BECAUSE = {
    WITHOUT: N_("left out with --without"),
    NAMED: N_("named like an outcome"),
    BLANKS: N_("blank just where customers left, or stayed"),
    ALONE: N_("tells alone who left (AUC above 0.95)"),
    IDENTIFIES: N_("different for every customer"),
    CONSTANT: N_("the same for all customers"),
    DAY: N_("a date"),
}
"""Why a column is left out."""
LEAKS = (NAMED, BLANKS, ALONE)
"""Reasons that mean that a column is known only after the outcome."""


class Verdict(StrEnum):
    """What the record allows."""

    SCORE = "score"
    COLUMN = "column"
    NOTHING = "nothing"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How a model did on customers that it was not learned from.

    Attributes:
        cutoff: customers who began before it were learned from; None out of fold.
        model: its name.
        customers: that it was tested on.
        left: of these.
        auc: probability that a leaver had the higher chance; None if nobody left, or all did.
        brier: mean squared error of the chances.
        brier_base: that of the rate of the customers who were learned from.
        skill: share of the error that the model saves.
        slope: of the log-odds that came on those stated; below 1 if chances are too extreme.
        lift: rate of the tenth with the highest chances, over that of all.
        chosen: whether its chances are shown.
    """

    cutoff: date | None
    model: str
    customers: int
    left: int
    auc: Range | None
    brier: float
    brier_base: float
    skill: Range
    slope: Range | None
    lift: Range | None
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Customers with like chances: what was stated, and what came, with its interval."""

    stated: float
    came: Range
    customers: int
    left: int

    @property
    def holds(self) -> bool:
        """Whether what was stated lies in the interval of what came."""
        low, high = self.came.low, self.came.high
        return low is not None and high is not None and low <= self.stated <= high


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the customers.

    Attributes:
        name: its header.
        because: why it is left out; "" if it is used.
        auc: of the column alone, out of fold; None where that was not looked at.
        protected: what it holds or stands for that decisions may not rest on; "" for nothing.
    """

    name: str
    because: str
    auc: Range | None
    protected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Customers who are alike in one column, and how many of them left."""

    column: str
    name: str
    customers: int
    left: int
    rate: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskReport(TableReport):
    """Who leaves, and how well that is known.

    Attributes:
        verdict: what the record allows.
        outcome: header of the column of the outcome.
        customers: with a known outcome.
        left: of these.
        records: of every model, by cut-off.
        bins: of the chosen model.
        columns: of the customers.
        groups: of the columns that are shown by themselves.
    """

    kind: ClassVar = "risk"
    verdict: Verdict = Verdict.NOTHING
    outcome: str = ""
    customers: int = 0
    left: int = 0
    records: tuple[Record, ...] = ()
    bins: tuple[Bin, ...] = ()
    columns: tuple[Column, ...] = ()
    groups: tuple[Group, ...] = ()
