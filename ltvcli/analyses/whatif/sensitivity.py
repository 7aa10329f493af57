"""How much each lever moves the result, and where the grade changes.

Both move one lever at a time, with what answers to it, on all customers: points, no intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from ltvcli.analyses.calc.answer import on_revenue
from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.valuation.verdict import BY_BAND, grade
from ltvcli.analyses.whatif import levers as rules
from ltvcli.analyses.whatif.scenario import Base, measure, scenario, value_by
from ltvcli.errors import LtvError
from ltvcli.formulas.bands import LTV_TO_CAC
from ltvcli.results import Row
from ltvcli.settings.changes import Change
from ltvcli.stats.numerics.bisection import last_true

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TENTH = 0.1
# How far out a grade may change: a lever that is not a rate up to a thousand times what it is.
MOST = 1000.0
STEPS = 400
SIDES = ("down", "up")


def tornado(base: Base) -> tuple[Row, ...]:
    """List the result with each lever 10% lower and 10% higher, the widest range first.

    The result is None for an impossible value, as a margin above 100%.
    """
    base = replace(base, prepared=rules.full_sample(base.prepared))
    levers = [*rules.available(base.prepared, base.method)]
    if any("budget" in movers for movers in base.links.values()):
        levers.append("budget")
    now = _result(base, ())
    rows: list[Row] = []
    for lever in levers:
        known = base.budget if lever == "budget" else point(base.prepared.inputs[lever])
        sides = {
            side: _result(base, [Change(lever=lever, text=side, factor=1 + sign * TENTH)])
            for side, sign in zip(SIDES, (-1, 1), strict=True)
        }
        rows.append(
            {
                "lever": lever,
                "value": known,
                "unit": measure(lever),
                **{f"ltv_{side}": result[0] for side, result in sides.items()},
                **{f"ltv_to_cac_{side}": result[1] for side, result in sides.items()},
                "swing": _swing([now, *sides.values()]),
            }
        )
    # To ten digits, so that rounding does not order levers with the same effect.
    return tuple(sorted(rows, key=lambda row: -float(f"{row['swing'] or 0:.10g}")))


def _swing(results: Sequence[tuple[float | None, float | None]]) -> float | None:
    """Return the range of the results: of LTV/CAC, or of LTV without a CAC."""
    place = 0 if results[0][1] is None else 1
    known = [figure for pair in results if (figure := pair[place]) is not None]
    return max(known) - min(known) if known else None


def _result(base: Base, changes: Sequence[Change]) -> tuple[float | None, float | None]:
    try:
        prepared = scenario(base, changes).prepared
    except LtvError:
        return None, None
    ltv = point(value_by(prepared, base.method))
    cac = prepared.inputs.get("cac")
    return ltv, ltv / point(cac) if cac is not None and point(cac) > 0 else None


def breakeven(base: Base) -> tuple[Row, ...]:
    """List the nearest values of each lever, below and above, that change the grade of LTV/CAC.

    `grade` is the new grade, None if no value of the lever changes it on a side where that is
    possible. `distance` is the relative change of the lever.
    """
    base = replace(base, prepared=rules.full_sample(base.prepared))
    _, now = _result(base, ())
    if now is None:
        return ()
    rows: list[Row] = []
    for lever in rules.available(base.prepared, base.method):
        for side in SIDES:
            row = _edge(base, lever, side, now)
            if row:
                rows.append(row)
    return tuple(rows)


def _edge(base: Base, lever: str, side: str, now: float) -> Row | None:
    """Search outwards from a lever's value until the grade changes, then bisect the last step."""
    value = point(base.prepared.inputs[lever])
    here = grade(now)
    most = 1.0 if lever in rules.RATES else MOST * value
    if value >= most and side == "up":
        return None
    outwards = (
        value * (1 - np.arange(1, STEPS + 1) / STEPS)
        if side == "down"
        else value + (most - value) * _far(lever)
    )

    def holds(values: Floats) -> NDArray[np.bool_]:
        same: NDArray[np.bool_] = _bands(_ratios(base, lever, values)) == BY_BAND.index(here)
        return same

    ratios = _ratios(base, lever, outwards)
    # Once a linked lever leaves its range, nothing is known any more.
    ratios = ratios[: next(iter(np.flatnonzero(np.isnan(ratios))), len(ratios))]
    changed = np.flatnonzero(_bands(ratios) != BY_BAND.index(here))
    row: Row = {
        "lever": lever,
        "side": side,
        "unit": measure(lever),
        "upper_bound": on_revenue(base.prepared) and lever != "margin",
    }
    if not len(changed):
        best = len(ratios) > 0 and ratios[-1] > now
        at_the_end = here is (BY_BAND[-1] if best else BY_BAND[0])
        return None if at_the_end else {**row, "value": None, "distance": None, "grade": None}
    first = int(changed[0])
    inside = outwards[first - 1] if first else value
    edge = last_true(holds, np.array([inside]), outwards[first : first + 1])
    beyond = _bands(ratios[first : first + 1])[0]
    step = 1 if beyond > BY_BAND.index(here) else -1
    # A step outwards may cross more than one grade; the nearest one is returned.
    return {
        **row,
        "value": float(edge[0]),
        "distance": abs(float(edge[0]) / value - 1),
        "grade": BY_BAND[BY_BAND.index(here) + step],
    }


def _far(lever: str) -> Floats:
    """Return steps from 0 to 1: even for rates, exponential for levers that may multiply."""
    steps = np.arange(1, STEPS + 1) / STEPS
    far: Floats = steps if lever in rules.RATES else np.expm1(steps * np.log(MOST)) / (MOST - 1)
    return far


def _ratios(base: Base, lever: str, values: Floats) -> Floats:
    """Return LTV/CAC at each of `values` `(n,)` of a lever."""
    new: Mapping[str, Floats] = {lever: values}
    inputs = base.prepared.inputs
    ratio = values / inputs[lever]
    with np.errstate(all="ignore"):
        for moves, movers in base.links.items():
            if lever in movers and moves in inputs:
                reached = inputs[moves] * ratio ** movers[lever]
                possible = (reached <= 1) | (moves not in rules.RATES)
                new = {**new, moves: np.where(possible, reached, np.nan)}
        prepared = rules.moved(base.prepared, new)
        worths = value_by(prepared, base.method)
        ratios: Floats = np.broadcast_to(worths / prepared.inputs["cac"], values.shape)
    return ratios


def _bands(ratios: Floats) -> NDArray[np.int64]:
    """Return the grade of each ratio, as the number of bounds it reaches."""
    steps: NDArray[np.int64] = np.searchsorted(np.array(LTV_TO_CAC), ratios, side="right")
    return steps
