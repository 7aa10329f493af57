"""The value of a customer by each method, with intervals where the inputs are measured."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from msgspec.structs import replace

from ltvcli.analyses.valuation import verdict
from ltvcli.formulas import Value
from ltvcli.results import Estimate, Source, Valuation


def values(members: Mapping[str, ModuleType], inputs: Mapping[str, Any]) -> dict[str, Value]:
    """Value a customer by each method that has its inputs; drop values that are not finite."""
    ready = {
        name: member
        for name, member in members.items()
        if any(inputs.keys() >= set(keys) for keys in member.NEEDS)
    }
    by_method = {name: member.value(inputs) for name, member in ready.items()}
    return {name: value for name, value in by_method.items() if math.isfinite(point(value))}


def point(value: Any) -> Any:
    """Return the value of the full sample."""
    if isinstance(value, list):
        return [point(element) for element in value]
    return float(value) if isinstance(value, (int, float)) else float(value[0])


def estimate(
    value: Value, source: Source, least: float = -math.inf, most: float = math.inf
) -> Estimate | None:
    """Return a figure with its interval; None if it is not finite.

    Args:
        value: a number, or `(1 + G,)`: the full sample, then all but each bucket.
        source: of the figure.
        least: lowest possible value, at which the interval is cut.
        most: highest possible value.
    """
    full_sample = point(value)
    if not math.isfinite(full_sample):
        return None
    if isinstance(value, (int, float)):
        return Estimate(value=full_sample, source=source)
    from ltvcli.stats.inference import jackknife

    spread = jackknife.skew_corrected(value)
    if spread is None:
        return Estimate(value=full_sample, source=source)
    return Estimate(
        value=full_sample,
        low=min(full_sample, max(spread.low, least)),
        high=max(full_sample, min(spread.high, most)),
        source=source,
    )


def widened(estimate: Estimate, limits: tuple[float, float]) -> Estimate:
    """Combine an interval with that of a model: independent errors of two sources.

    Source: Zou & Donner (2008), Statistics in Medicine 27, 1693-1702 (MOVER).

    >>> sampled = Estimate(value=10.0, low=7.0, high=13.0, source=Source.MEASURED)
    >>> wide = widened(sampled, (6.0, 14.0))
    >>> wide.low, wide.high
    (5.0, 15.0)
    """
    value, (low, high) = estimate.value, limits
    down = value - estimate.low if estimate.low is not None else 0.0
    up = estimate.high - value if estimate.high is not None else 0.0
    return replace(
        estimate,
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
    """Compare the value of a customer by one method with the CAC.

    Args:
        name: of the method.
        member: its module.
        value: by the method; None without one.
        inputs: of the method.
        graded: whether the data is sufficient for a grade.
        limits: 95% interval of a model, besides that of the data in `value`.
        upper_bound: whether no margin is known, so that the grade is the best one possible.
    """
    ltv = None if value is None else estimate(value, Source.MEASURED)
    if ltv is None:
        return Valuation(method=name, ltv=None, upper_bound=upper_bound)
    if limits:
        ltv = widened(ltv, limits)
    # A CAC that an elasticity links to a measured figure has a value for each replicate.
    cac = point(inputs["cac"]) if "cac" in inputs else None
    ratio = ltv.value / cac if cac else None
    points = {key: point(value_of_input) for key, value_of_input in inputs.items()}
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
