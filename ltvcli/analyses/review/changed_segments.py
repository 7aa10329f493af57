"""Segments that changed from one period to another, all comparisons counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.review import figures, period_ltv
from ltvcli.analyses.valuation.observed import p_value
from ltvcli.results import Estimate, Source
from ltvcli.results.review import SegmentChange
from ltvcli.stats.inference import holm, jackknife

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.review.comparison import Comparison
    from ltvcli.formulas.periods import Period
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.stats.inference.jackknife import Spread

    Floats = NDArray[np.float64]

SURE = 0.05
"""A change is marked below this adjusted p-value."""


class _Tested(Struct, frozen=True, kw_only=True):
    """A figure of a segment in both periods, and the standard error of its change."""

    segment: str
    figure: str
    now: float
    previous: float
    spread: Spread


def changes(
    comparison: Comparison, names: Sequence[str], acquisition: Acquisition | None
) -> tuple[SegmentChange, ...]:
    """Compare the share of new customers, the period LTV and the CAC of each segment.

    Args:
        comparison: of both periods, a row for each segment.
        names: of the rows that are single segments.
        acquisition: spend of channels by month; None if it is not known.
    """
    if len(names) < 2:  # noqa: PLR2004
        return ()
    tested = [
        *_shares(comparison, names),
        *_values(comparison, names),
        *(_costs(comparison, names, acquisition) if acquisition else ()),
    ]
    adjusted = holm.adjusted([p_value(test.spread) for test in tested])
    return tuple(
        SegmentChange(
            segment=test.segment,
            figure=test.figure,
            now=test.now,
            previous=test.previous,
            change=Estimate(
                value=test.spread.value,
                low=test.spread.value - test.spread.half_width,
                high=test.spread.value + test.spread.half_width,
                source=Source.MEASURED,
            ),
            p=p,
            changed=p < SURE,
        )
        for test, p in zip(tested, adjusted, strict=True)
    )


def _shares(comparison: Comparison, names: Sequence[str]) -> Iterator[_Tested]:
    new, old = comparison.new.new, comparison.old.new
    if not (new[..., 0].sum() and old[..., 0].sum()):
        return
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = [customers / customers.sum(axis=0) for customers in (new, old)]
    for row, name in enumerate(names):
        yield from _tested(name, "share", shares[0][row], shares[1][row])


def _values(comparison: Comparison, names: Sequence[str]) -> Iterator[_Tested]:
    if comparison.ltv is None:
        return
    new, old = map(period_ltv.segment_ltv, (comparison.pair.new, comparison.pair.old))
    months = comparison.pair.horizon
    for row, name in enumerate(names):
        exposed = [
            sums.exposure[row, :months, 0].sum() for sums in (comparison.new, comparison.old)
        ]
        if all(exposed):
            yield from _tested(name, "period_ltv", new[row], old[row])


def _costs(
    comparison: Comparison, names: Sequence[str], acquisition: Acquisition
) -> Iterator[_Tested]:
    """Divide the spend of each channel by the new customers of its segments."""
    places = {name: row for row, name in enumerate(names)}
    for channel in acquisition.channels:
        rows = [places[name] for name in channel.segments if name in places]
        if not rows or len(rows) < len(channel.segments):
            continue
        new_spend = _spend(acquisition, channel.channel, comparison.period)
        old_spend = _spend(acquisition, channel.channel, comparison.against)
        new, old = (figures.total(sums.new[rows]) for sums in (comparison.new, comparison.old))
        if new_spend is None or old_spend is None or not (new[0] and old[0]):
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            costs = new_spend / new, old_spend / old
        name = channel.segments[0] if len(rows) == 1 else channel.channel
        yield from _tested(name, "cac", *costs)


def _spend(acquisition: Acquisition, channel: str, period: Period) -> float | None:
    """Return the spend on a channel in a period; None unless all its months are complete."""
    if period.span == "week":
        return None
    months = {f"{number // 12}-{number % 12 + 1:02}" for number in period.cells}
    spent = [
        float(row["spend"])
        for row in acquisition.by_month
        if row["channel"] == channel
        and row["month"] in months
        and row["complete"]
        and row["spend"] is not None
    ]
    return sum(spent) if len(spent) == len(months) else None


def _tested(segment: str, figure: str, new: Floats, old: Floats) -> Iterator[_Tested]:
    """Test a change; degrees of freedom are those of the buckets with such customers."""
    with_customers = int((jackknife.moves(new) | jackknife.moves(old)).sum())
    spread = jackknife.spread(new - old)
    if spread is None or with_customers < 2 or spread.error == 0:  # noqa: PLR2004
        return
    yield _Tested(
        segment=segment,
        figure=figure,
        now=float(new[0]),
        previous=float(old[0]),
        spread=replace(spread, degrees=with_customers - 1),
    )
