"""How much each lever moves the result, and where the grade changes.

Both move one lever at a time, with what answers to it, on all customers: points, no intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.calc.answer import on_revenue
from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.valuation.verdict import BY_BAND, grade
from ltvcli.analyses.whatif import levers as _levers
from ltvcli.analyses.whatif.scenario import Base, measure, scenario, worth
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
    """List what a tenth less and a tenth more of each lever makes of the result, the widest first.

    None where a lever cannot go: nobody has a margin above 100%.
    """
    base = replace(base, found=_levers.pointed(base.found))
    levers = [*_levers.available(base.found, base.method)]
    if any("budget" in movers for movers in base.links.values()):
        levers.append("budget")
    now = _result(base, ())
    rows: list[Row] = []
    for lever in levers:
        known = base.budget if lever == "budget" else point(base.found.inputs[lever])
        sides = {
            side: _result(base, [Change(lever=lever, text=side, factor=1 + sign * TENTH)])
            for side, sign in zip(SIDES, (-1, 1), strict=True)
        }
        rows.append(
            {
                "lever": lever,
                "value": known,
                "unit": measure(lever),
                **{f"ltv_{side}": found[0] for side, found in sides.items()},
                **{f"ltv_to_cac_{side}": found[1] for side, found in sides.items()},
                "swing": _swing([now, *sides.values()]),
            }
        )
    # To ten digits, so that the last one does not tell levers apart that move it alike.
    return tuple(sorted(rows, key=lambda row: -float(f"{row['swing'] or 0:.10g}")))


def _swing(found: Sequence[tuple[float | None, float | None]]) -> float | None:
    """Return how far apart the results are: of LTV/CAC, or of LTV where there is no CAC."""
    place = 0 if found[0][1] is None else 1
    known = [one for result in found if (one := result[place]) is not None]
    return max(known) - min(known) if known else None


def _result(base: Base, changes: Sequence[Change]) -> tuple[float | None, float | None]:
    try:
        found = scenario(base, changes).found
    except LtvError:
        return None, None
    ltv = point(worth(found, base.method))
    cac = found.inputs.get("cac")
    return ltv, ltv / point(cac) if cac is not None and point(cac) > 0 else None


def breakeven(base: Base) -> tuple[Row, ...]:
    """List where each lever changes the grade of LTV/CAC: the nearest value below and above.

    `grade` is the one that begins there, None where no value of the lever changes the grade, on a
    side where it could. `distance` is by how much the lever would have to change.
    """
    base = replace(base, found=_levers.pointed(base.found))
    _, now = _result(base, ())
    if now is None:
        return ()
    rows: list[Row] = []
    for lever in _levers.available(base.found, base.method):
        for side in SIDES:
            row = _edge(base, lever, side, now)
            if row:
                rows.append(row)
    return tuple(rows)


def _edge(base: Base, lever: str, side: str, now: float) -> Row | None:
    """Look outwards from what a lever is until the grade changes, then halve the last step."""
    value = point(base.found.inputs[lever])
    here = grade(now)
    most = 1.0 if lever in _levers.RATES else MOST * value
    if value >= most and side == "up":
        return None
    outwards = (
        value * (1 - np.arange(1, STEPS + 1) / STEPS)
        if side == "down"
        else value + (most - value) * _far(lever)
    )

    def holds(values: Floats) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = _bands(_ratios(base, lever, values)) == BY_BAND.index(here)
        return found

    ratios = _ratios(base, lever, outwards)
    # Where what answers to the lever leads out of its range, nothing is known any more.
    ratios = ratios[: next(iter(np.flatnonzero(np.isnan(ratios))), len(ratios))]
    other = np.flatnonzero(_bands(ratios) != BY_BAND.index(here))
    row: Row = {
        "lever": lever,
        "side": side,
        "unit": measure(lever),
        "upper_bound": on_revenue(base.found) and lever != "margin",
    }
    if not len(other):
        best = len(ratios) > 0 and ratios[-1] > now
        at_the_end = here is (BY_BAND[-1] if best else BY_BAND[0])
        return None if at_the_end else {**row, "value": None, "distance": None, "grade": None}
    first = int(other[0])
    inside = outwards[first - 1] if first else value
    edge = last_true(holds, np.array([inside]), outwards[first : first + 1])
    beyond = _bands(ratios[first : first + 1])[0]
    step = 1 if beyond > BY_BAND.index(here) else -1
    # A step outwards may pass more than one grade; the nearest one is meant.
    return {
        **row,
        "value": float(edge[0]),
        "distance": abs(float(edge[0]) / value - 1),
        "grade": BY_BAND[BY_BAND.index(here) + step],
    }


def _far(lever: str) -> Floats:
    """Steps from 0 to 1: even for rates, ever wider where a lever may become many times as much."""
    steps = np.arange(1, STEPS + 1) / STEPS
    far: Floats = steps if lever in _levers.RATES else np.expm1(steps * np.log(MOST)) / (MOST - 1)
    return far


def _ratios(base: Base, lever: str, values: Floats) -> Floats:
    """LTV/CAC at each of `values` `(n,)` of a lever."""
    new: Mapping[str, Floats] = {lever: values}
    inputs = base.found.inputs
    ratio = values / inputs[lever]
    with np.errstate(all="ignore"):
        for moves, movers in base.links.items():
            if lever in movers and moves in inputs:
                reached = inputs[moves] * ratio ** movers[lever]
                possible = (reached <= 1) | (moves not in _levers.RATES)
                new = {**new, moves: np.where(possible, reached, np.nan)}
        found = _levers.moved(base.found, new)
        worths = worth(found, base.method)
        ratios: Floats = np.broadcast_to(worths / found.inputs["cac"], values.shape)
    return ratios


def _bands(ratios: Floats) -> NDArray[np.int64]:
    """Count the steps that each ratio reaches."""
    found: NDArray[np.int64] = np.searchsorted(np.array(LTV_TO_CAC), ratios, side="right")
    return found
