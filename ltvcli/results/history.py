"""Recorded results: runs, the figures of one, and a figure over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Literal

from msgspec import Struct, field

from ltvcli.results.figures import Estimate
from ltvcli.results.reports import TableReport
from ltvcli.results.review import Signal
from ltvcli.stats.inference.process_behaviour import Limits


class Because(StrEnum):
    """Why a restated value differs from the reported one."""

    DATA = "data-revised"
    SETTINGS = "settings-changed"
    VERSION = "version-changed"


class Restated(Struct, frozen=True, kw_only=True):
    """A figure at the end of one period, as reported and as restated.

    The parts add up to the difference of both; a part is None where it is not known.

    Attributes:
        period: cut-off date of the data.
        segment: "" for all customers.
        run: number of the run that reported it.
        reported: the value that the run recorded.
        restated: the value for that day from today's data and settings; None if there is none.
        parts: by how much data, settings and version move the figure.
        because: which of them explain a difference that is wider than the interval; empty where
            there is none.
        signal: of the value that is known now; None where there are fewer than 8 earlier ones, or
            horizons differ.
        basis: margin or revenue, of the reported value; None if it has no effect on the figure.
        horizon: of the reported value, in months; None if it has no effect on the figure.
        restated_basis: of the restated value.
        restated_horizon: of the restated value, in months.
    """

    period: date
    segment: str
    run: int
    reported: Estimate
    restated: Estimate | None
    parts: Mapping[Because, float | None]
    because: tuple[Because, ...]
    signal: Signal | None = None
    basis: str | None = None
    horizon: int | None = None
    restated_basis: str | None = None
    restated_horizon: int | None = None


class RecordedForecast(Struct, frozen=True, kw_only=True):
    """A recorded forecast, and its actual result.

    Attributes:
        run: number of the run that recorded it.
        as_of: last day of the data that it was made from.
        months: that it is for.
        until: its last day.
        figure: "orders" or "value".
        expected: with its 80% prediction interval.
        actual: of the same customers, up to `until`, or to the last day of the data; None where
            it is not known, as the margin of then is not recorded.
        is_due: whether the data reaches its last day.
    """

    run: int
    as_of: date
    months: int
    until: date
    figure: str
    expected: Estimate
    actual: float | None
    is_due: bool

    @property
    def held(self) -> bool | None:
        """Whether the actual result is within the interval; None if it is unknown."""
        low, high = self.expected.low, self.expected.high
        if not self.is_due or self.actual is None or low is None or high is None:
            return None
        return low <= self.actual <= high


class HistoryReport(TableReport, frozen=True, kw_only=True):
    """An answer of the history; `action` is the word after `ltv history`.

    Attributes:
        action: the word after `ltv history`.
        runs: how many runs the history holds.
        number: of the run that was shown or forgotten.
        document: of the run that was shown, as it was recorded.
        figure: whose trend was asked for.
        unit: of that figure, as in the JSON.
        by: what customers are segmented by; "" for all customers.
        trend: the figure at the end of each period.
        limits: of routine variation of the series of each segment, where there are any.
        forecasts: recorded forecasts, the oldest first.
    """

    kind: ClassVar = "history"
    action: Literal["list", "show", "forget", "export", "trend", "forecasts"] = "list"
    runs: int = 0
    number: int | None = None
    document: Mapping[str, Any] = field(default_factory=dict)
    figure: str = ""
    unit: str = ""
    by: str = ""
    trend: tuple[Restated, ...] = ()
    limits: Mapping[str, Limits] = field(default_factory=dict)
    forecasts: tuple[RecordedForecast, ...] = ()
