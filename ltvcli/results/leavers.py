"""Churned customers, reasons and decisions: pages of `ltv report board`."""

from __future__ import annotations

from typing import ClassVar

from ltvcli.results.history import RecordedForecast
from ltvcli.results.reports import TableReport

INVOLUNTARY, NOT_SAID = "payment_failed", "not_said"


class LeaversReport(TableReport, frozen=True, kw_only=True):
    """Customers who left in the last three whole months, beside the three before.

    Attributes:
        left: customers who left.
        stated: those of them with a reason.
        asked: whether there is a file of cancellations.
    """

    kind: ClassVar = "leavers"
    left: int = 0
    stated: int = 0
    asked: bool = True


class DecisionsReport(TableReport, frozen=True, kw_only=True):
    """Decisions that are asked for, with owner and day.

    Attributes:
        undated: decisions without a day or an owner.
    """

    kind: ClassVar = "decisions"
    undated: tuple[str, ...] = ()


class ForecastsReport(TableReport, frozen=True, kw_only=True):
    """Forecasts that were recorded, and the actual results.

    Attributes:
        forecasts: the oldest first.
    """

    kind: ClassVar = "forecasts"
    forecasts: tuple[RecordedForecast, ...] = ()
