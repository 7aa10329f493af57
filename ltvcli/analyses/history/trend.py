"""A figure over the runs of a history: reported beside restated, why they differ, and signals.

What was said is compared with the same figure recomputed in three steps, each of which changes one
thing: the version of ltv (old sums, old settings), the data (today's files, old settings), the
settings (today's files and settings). So the parts add up to the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.review.charts import SIGNALS
from ltvcli.results import Estimate, Row
from ltvcli.results.history import Because, Restated
from ltvcli.results.review import Signal
from ltvcli.stats.inference import process_behaviour

SAME = 1e-9
"""Relative difference of two numbers that count as one."""


class Steps(Struct, frozen=True, kw_only=True):
    """The figure reported at the end of a period, and the figure after each step.

    Attributes:
        period: cut-off date of the data.
        segment: "" for all customers.
        run: number of the run.
        reported: the figure as the run reported it.
        by_version: the figure of the sums and settings of then; None where the sums are not kept.
        by_data: the figure of today's data by the settings of then; None where there is no data.
        restated: the figure of today's data and settings; of the sums of then where there is no
            data.
        is_same_version: whether this version of ltv reported it.
        basis: margin or revenue, of the reported value; None if it has no effect on the figure.
        horizon: of the reported value, in months; None if it has no effect on the figure.
        restated_basis: of the restated value.
        restated_horizon: of the restated value, in months.
    """

    period: date
    segment: str = ""
    run: int
    reported: Estimate
    by_version: float | None
    by_data: float | None
    restated: Estimate | None
    is_same_version: bool
    basis: str | None = None
    horizon: int | None = None
    restated_basis: str | None = None
    restated_horizon: int | None = None


def compared(steps: Steps) -> Restated:
    """Split the difference between the reported and the current value, and say why it matters.

    >>> from ltvcli.results import Source
    >>> said = Estimate(value=3.0, low=2.8, high=3.2, source=Source.MEASURED)
    >>> known = Estimate(value=2.5, low=2.3, high=2.7, source=Source.MEASURED)
    >>> found = compared(
    ...     Steps(
    ...         period=date(2026, 1, 31), run=1, reported=said, by_version=3.0, by_data=2.75,
    ...         restated=known, is_same_version=True,
    ...     )
    ... )
    >>> [(str(reason), found.parts[reason]) for reason in found.because]
    [('data-revised', -0.25), ('settings-changed', -0.25)]
    """
    parts: dict[Because, float | None] = dict.fromkeys(Because)
    because: tuple[Because, ...] = ()
    if steps.restated is not None:
        parts = _parts(steps, steps.restated.value)
        if _is_wider(steps.reported, steps.restated.value):
            known = {
                reason: abs(size)
                for reason, size in parts.items()
                if size is not None and not _same(size, 0.0, steps.reported.value)
            }
            because = tuple(sorted(known, key=lambda reason: -known[reason]))
    return Restated(
        period=steps.period,
        segment=steps.segment,
        run=steps.run,
        reported=steps.reported,
        restated=steps.restated,
        parts=parts,
        because=because,
        basis=steps.basis,
        horizon=steps.horizon,
        restated_basis=steps.restated_basis,
        restated_horizon=steps.restated_horizon,
    )


def _parts(steps: Steps, restated: float) -> dict[Because, float | None]:
    reported = steps.reported.value
    begin = reported if steps.by_version is None else steps.by_version
    version = None if steps.by_version is None else steps.by_version - reported
    if steps.by_version is None and steps.is_same_version:
        version = 0.0
    data = None if steps.by_data is None else steps.by_data - begin
    settings = restated - (begin if steps.by_data is None else steps.by_data)
    return {Because.DATA: data, Because.SETTINGS: settings, Because.VERSION: version}


def _is_wider(reported: Estimate, restated: float) -> bool:
    """Return whether the current value lies outside the interval of the reported one."""
    if reported.low is None or reported.high is None:
        return not _same(restated, reported.value, reported.value)
    return not reported.low <= restated <= reported.high


def _same(first: float, second: float, scale: float) -> bool:
    return abs(first - second) <= SAME * max(1.0, abs(scale))


def with_signals(rows: Sequence[Restated]) -> tuple[Restated, ...]:
    """Add the signals of a control chart to each value of a series, given the earlier ones.

    A value is the current one or, if that is unknown, the reported one. Values over different
    horizons have no signals: the horizon alone moves them.
    """
    if len(horizons(rows)) > 1:
        return tuple(rows)
    values = [value(row) for row in rows]
    signalled = []
    for number, row in enumerate(rows):
        earlier = values[:number]
        signal = None
        if process_behaviour.limits(earlier):
            behaviour = process_behaviour.signal(earlier, values[number])
            signal = SIGNALS[behaviour.rule, behaviour.is_high] if behaviour else Signal.ROUTINE
        signalled.append(replace(row, signal=signal))
    return tuple(signalled)


def limits(rows: Sequence[Restated]) -> process_behaviour.Limits | None:
    """Return the control limits for the last value of a series; None with too few values.

    Values over different horizons have no limits.
    """
    if len(horizons(rows)) > 1:
        return None
    return process_behaviour.limits([value(row) for row in rows][:-1])


def horizons(rows: Sequence[Restated]) -> list[int]:
    """Return the horizons of the values of a series in months, without duplicates."""
    known = {row.restated_horizon if row.restated else row.horizon for row in rows}
    return sorted(horizon for horizon in known if horizon is not None)


def value(row: Restated) -> float:
    """Return the current value of a period, else the reported one."""
    return (row.restated or row.reported).value


def table(rows: Sequence[Restated], unit: str) -> tuple[Row, ...]:
    """Return the table `trend` of JSON and CSV."""
    return tuple(
        {
            "period": row.period.isoformat(),
            "segment": row.segment or None,
            "run": row.run,
            "reported": row.reported.value,
            "reported_low": row.reported.low,
            "reported_high": row.reported.high,
            "restated": row.restated.value if row.restated else None,
            "low": row.restated.low if row.restated else None,
            "high": row.restated.high if row.restated else None,
            "unit": unit,
            **{f"by_{str(reason).partition('-')[0]}": row.parts[reason] for reason in Because},
            "signal": row.signal,
            "because": ", ".join(row.because) or None,
            "basis": row.basis,
            "horizon": row.horizon,
            "restated_basis": row.restated_basis,
            "restated_horizon": row.restated_horizon,
        }
        for row in rows
    )
