"""Groups of segments whose figures `ltv check` measures: their rows of a timeline, their costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import asdict, replace

from ltvcli.analyses.review.figures import Costs
from ltvcli.analyses.review.subscriber_timeline import SubscriberTimeline
from ltvcli.analyses.review.timeline import Timeline
from ltvcli.facts.periods import PeriodFacts
from ltvcli.results.acquisition import MonthCost

if TYPE_CHECKING:
    from ltvcli.analyses.review.period_ltv import AnyRates, AnySums
    from ltvcli.facts.subscriber_periods import SubscriberPeriods
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.settings.assumptions import Assumptions


class Groups(Struct, frozen=True, kw_only=True):
    """Rows of a timeline: the name of each, and of each segment code its row."""

    names: tuple[str, ...]
    rows: tuple[int, ...]


TOGETHER = Groups(names=("",), rows=())
"""All customers in one row."""


def sums_of(sums: AnySums, row: int) -> AnySums:
    """Return the sums of one group; `exposed` stays that of all."""
    rows = {
        name: column[row : row + 1] for name, column in asdict(sums).items() if name != "exposed"
    }
    exposed = np.ceil(sums.exposure[row, :, 0]).astype(np.int64)
    return replace(sums, **rows, exposed=exposed)


def rates_of(rates: AnyRates, row: int) -> AnyRates:
    """Return the rates of one group that shares no new customers with others."""
    kept = {
        name: column[row : row + 1] for name, column in asdict(rates).items() if name != "margin"
    }
    return replace(rates, **kept | {"mix": np.ones_like(kept["mix"])})


def timeline(
    facts: PeriodFacts | SubscriberPeriods, groups: Groups
) -> Timeline | SubscriberTimeline:
    """Return the timeline of the facts, with a row for each group."""
    rows = groups.rows or (0,) * len(facts.segments)
    if isinstance(facts, PeriodFacts):
        return Timeline(facts, rows)
    return SubscriberTimeline(facts, rows)


def costs(
    name: str, groups: Groups, settings: Assumptions, acquisition: Acquisition | None
) -> Costs:
    """Return the known costs of a group, with the spend of its channel if it is one channel.

    A CAC that was given is that of every group.

    Args:
        name: of the group.
        groups: of segments.
        settings: what was given: margin, CAC.
        acquisition: what new customers cost, where spend was read.
    """
    if groups.rows and acquisition is not None:
        acquisition = _of_channel(name, acquisition)
    return Costs(margin=settings.margin, cac=settings.cac, acquisition=acquisition)


def _of_channel(name: str, acquisition: Acquisition) -> Acquisition | None:
    """Keep the spend of one channel; None if the spend cannot be attributed to this segment."""
    channel = next(
        (channel for channel in acquisition.channels if channel.segments == (name,)), None
    )
    if channel is None or channel.spend is None:
        return None
    spent = {
        str(row["month"]): float(row["spend"])
        for row in acquisition.by_month
        if row["channel"] == channel.channel and row["spend"] is not None
    }
    months = tuple(
        MonthCost(
            month=month.month,
            complete=month.complete,
            spend=spent[f"{month.month:%Y-%m}"],
            customers=month.customers,
            cac=None,
        )
        for month in acquisition.months
        if f"{month.month:%Y-%m}" in spent
    )
    return replace(acquisition, months=months)
