"""Direction of results and trust: up or down if significant, over all figures."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ltvcli.results.scorecard import TILES, CohortShift, Course, Quadrant, ScoreTile, Side
from ltvcli.stats.inference import holm
from ltvcli.stats.numerics.normal import Z_95

SURE = 0.05


def quadrant(group: str, tiles: Sequence[ScoreTile], shift: CohortShift | None) -> Quadrant:
    """Return the courses of both sides.

    Front are the tiles against the period before; trust are those tiles, with retention and LTV of
    the last cohort against those of the half year before in place of its own tile.

    Args:
        group: name; "" for all customers.
        tiles: of the group.
        shift: of its last cohort, where there is one.
    """
    of_cohort: list[tuple[float, float]] = []
    if shift is not None:
        of_cohort = [(each.change.value, each.p) for each in (shift.retention, shift.ltv)]
    return Quadrant(
        group=group,
        front=_course(_changes("front", tiles)),
        trust=_course([*_changes("trust", tiles), *of_cohort]),
    )


def _changes(side: Side, tiles: Sequence[ScoreTile]) -> list[tuple[float, float]]:
    """Return changes, positive where they are for the better, with their p-values."""
    changes = []
    for tile in tiles:
        change = tile.change
        if tile.side != side or tile.figure == "cohort_retention_90d" or change is None:
            continue
        if change.low is None or change.high is None or change.high <= change.low:
            continue
        error = (change.high - change.low) / 2 / Z_95
        p = math.erfc(abs(change.value) / error / math.sqrt(2))
        sign = 1.0 if TILES[tile.figure].rises else -1.0
        changes.append((sign * change.value, p))
    return changes


def _course(changes: Sequence[tuple[float, float]]) -> Course:
    """Return the direction of a side from its changes and their p-values."""
    if not changes:
        return Course.UNKNOWN
    adjusted = holm.adjusted([p for _, p in changes])
    moved = {
        value > 0 for (value, _), p in zip(changes, adjusted, strict=True) if p < SURE and value
    }
    if moved == {True, False}:
        return Course.MIXED
    if moved:
        return Course.UP if True in moved else Course.DOWN
    return Course.LEVEL
