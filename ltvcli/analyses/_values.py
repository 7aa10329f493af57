"""What each method makes of the inputs, with intervals where the inputs are measured."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ltvcli.analyses import _verdict
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
    """Give the value of the full sample."""
    if isinstance(value, list):
        return [point(one) for one in value]
    return float(value) if isinstance(value, (int, float)) else float(value[0])


def estimate(
    value: Value, source: Source, least: float = -math.inf, most: float = math.inf
) -> Estimate | None:
    """Give a figure its interval, cut where it could not be; None if it is not finite."""
    whole = point(value)
    if not math.isfinite(whole):
        return None
    if isinstance(value, (int, float)):
        return Estimate(value=whole, source=source)
    from ltvcli.stats import jackknife

    spread = jackknife.spread(value)
    return Estimate(
        value=whole,
        low=max(whole - spread.half_width, least) if spread else None,
        high=min(whole + spread.half_width, most) if spread else None,
        source=source,
    )


def valuation(
    name: str, member: ModuleType, value: Value | None, inputs: Mapping[str, Any], graded: bool
) -> Valuation:
    """Hold what one method says a customer is worth against what they cost."""
    ltv = None if value is None else estimate(value, Source.MEASURED)
    if ltv is None:
        return Valuation(method=name, ltv=None)
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
        grade=_verdict.grade(ratio if graded else None),
    )
