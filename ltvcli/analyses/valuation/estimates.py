"""What each method makes of the inputs, with intervals where the inputs are measured."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

from ltvcli.analyses.valuation import verdict
from ltvcli.formulas import Value
from ltvcli.results import Estimate, Source, Valuation


def values(members: Mapping[str, ModuleType], inputs: Mapping[str, Any]) -> dict[str, Value]:
    """Value a customer by each method that has what it needs; what is not finite is left out."""
    ready = {
        name: member
        for name, member in members.items()
        if any(inputs.keys() >= set(keys) for keys in member.NEEDS)
    }
    found = {name: member.value(inputs) for name, member in ready.items()}
    return {name: value for name, value in found.items() if math.isfinite(point(value))}


def point(value: Any) -> Any:
    """Return the value of the full sample."""
    if isinstance(value, list):
        return [point(one) for one in value]
    return float(value) if isinstance(value, (int, float)) else float(value[0])


def estimate(
    value: Value, source: Source, least: float = -math.inf, most: float = math.inf
) -> Estimate | None:
    """Return a figure its interval, cut where it could not be; None if it is not finite."""
    whole = point(value)
    if not math.isfinite(whole):
        return None
    if isinstance(value, (int, float)):
        return Estimate(value=whole, source=source)
    from ltvcli.stats.inference import jackknife

    spread = jackknife.skew_corrected(value)
    return Estimate(
        value=whole,
        low=min(whole, max(spread.low, least)) if spread else None,
        high=max(whole, min(spread.high, most)) if spread else None,
        source=source,
    )


def widened(found: Estimate, limits: tuple[float, float]) -> Estimate:
    """Add to an interval what a model is unsure of: errors of two sources, side by side.

    Source: Zou & Donner (2008), Statistics in Medicine 27, 1693-1702 (MOVER).

    >>> one = Estimate(value=10.0, low=7.0, high=13.0, source=Source.MEASURED)
    >>> wide = widened(one, (6.0, 14.0))
    >>> wide.low, wide.high
    (5.0, 15.0)
    """
    value, (low, high) = found.value, limits
    down = value - found.low if found.low is not None else 0.0
    up = found.high - value if found.high is not None else 0.0
    return replace(
        found,
        low=value - math.hypot(value - low, down),
        high=value + math.hypot(high - value, up),
    )


def valuation(
    name: str,
    member: ModuleType,
    value: Value | None,
    inputs: Mapping[str, Any],
    graded: bool,
    limits: tuple[float, float] | None = None,
    *,
    upper_bound: bool = False,
) -> Valuation:
    """Compare what one method says a customer is worth with what they cost.

    Args:
        name: of the method.
        member: its module.
        value: what it says.
        inputs: what it was said of.
        graded: whether the data carries a grade.
        limits: 95% interval from a model, beside that of the data in `value`.
        upper_bound: whether no margin is known, so that the grade is the best one possible.
    """
    ltv = None if value is None else estimate(value, Source.MEASURED)
    if ltv is None:
        return Valuation(method=name, ltv=None, upper_bound=upper_bound)
    if limits:
        ltv = widened(ltv, limits)
    cac = inputs.get("cac")
    ratio = ltv.value / cac if cac else None
    points = {key: point(one) for key, one in inputs.items()}
    return Valuation(
        method=name,
        ltv=ltv.value,
        low=ltv.low,
        high=ltv.high,
        ltv_net=None if cac is None else ltv.value - cac,
        ltv_to_cac=ratio,
        payback=None if cac is None else member.payback(points),
        grade=verdict.grade(ratio if graded else None),
        horizon=member.months(points),
        upper_bound=upper_bound,
    )
