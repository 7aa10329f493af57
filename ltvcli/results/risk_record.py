"""Evaluation of models of churn: accuracy, calibration, rates of a column."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from ltvcli.results.experiment import Range


class Verdict(StrEnum):
    """The conclusion that the evaluation supports."""

    SCORE = "score"
    COLUMN = "column"
    NOTHING = "nothing"
    TOO_FEW = "too-few"


class Record(Struct, frozen=True, kw_only=True):
    """Accuracy of a model on customers that it was not trained on.

    Attributes:
        cutoff: customers who began before it are the training data; None out of fold, and
            of all cut-offs together.
        model: its name.
        customers: that it was tested on.
        left: of these.
        auc: probability that a leaver had the higher chance; None if nobody left, or all did.
        brier: mean squared error of the chances.
        brier_base: that of the rate of the customers it was trained on.
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


class Bin(Struct, frozen=True, kw_only=True):
    """Customers with like chances: the stated chance, and the outcome with its interval."""

    stated: float
    came: Range
    customers: int
    left: int

    @property
    def holds(self) -> bool:
        """Whether the stated chance lies in the interval of the outcome."""
        low, high = self.came.low, self.came.high
        return low is not None and high is not None and low <= self.stated <= high


class Group(Struct, frozen=True, kw_only=True):
    """Customers with similar values of one column, and how many of them left."""

    column: str
    name: str
    customers: int
    left: int
    rate: Range
