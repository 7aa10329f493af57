"""Levers: figures that can be changed, and the effect on the inputs of every method.

Changes apply to the measured curves, age by age; formulas follow from these.

Churn: the hazard of every age is multiplied by the same factor (proportional hazards), so the share
still active at an age becomes S^k, and revenue of that age changes with the active time in it:
retained customers are assumed to behave like existing ones. For orders, churn is lapses over active
time, and k the ratio of the rates; for subscriptions it is the share that leaves within a month,
and k = log(1 - new) / log(1 - old), so that a constant churn stays constant.

Order value, orders per year and ARPU scale revenue at every age. No other lever changes by itself:
elasticities link levers.

Source: Cox (1972), Journal of the Royal Statistical Society B 34, 187-220, for proportional
hazards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.valuation.inputs import Prepared
from ltvcli.formulas import Value
from ltvcli.language import N_
from ltvcli.results import Source

RATES = ("churn", "margin")
OF_ORDERS = ("churn", "aov", "frequency", "margin", "cac", "retention_cost")
OF_SUBSCRIPTIONS = ("churn", "arpu", "margin", "cac", "retention_cost")
WITHOUT_DATA = {
    "basic": ("aov", "frequency", "lifespan", "margin", "cac"),
    "arpu-churn": ("arpu", "churn", "lifespan", "margin", "cac"),
}
"""Levers of the headline method without data."""
SCALED = ("aov", "frequency", "arpu", "churn", "lifespan")
"""Levers that act through the ratio of their new and old values."""
REVENUE = ("revenue_by_age", "revenue_by_age_known", "revenue_per_survivor")


def available(prepared: Prepared, headline: str) -> tuple[str, ...]:
    """Return the levers that affect the headline and whose value is known and not 0."""
    if prepared.measured is None:
        known = [lever for lever in WITHOUT_DATA[headline] if lever in prepared.inputs]
        if "churn" in known and "lifespan" in known:
            # Each of the two gives how long customers stay.
            known.remove("churn" if prepared.lived else "lifespan")
    else:
        known = list(OF_SUBSCRIPTIONS if prepared.measured.subscribers else OF_ORDERS)
    return tuple(lever for lever in known if point(prepared.inputs.get(lever, 0.0)) > 0)


def senseless(prepared: Prepared, lever: str) -> str | None:
    """Describe why a lever cannot be changed here; None if it can."""
    if prepared.measured is None:
        return None
    if lever == "lifespan":
        return N_("with data, the lifespan follows from churn")
    if lever == "frequency" and prepared.measured.subscribers:
        return N_("subscriptions are billed by contract")
    if lever == "aov" and prepared.measured.subscribers:
        return N_("the monthly revenue of a subscription is its ARPU")
    return None


def moved(prepared: Prepared, new: Mapping[str, Value]) -> Prepared:
    """Return the inputs after levers have `new` values, each `(1 + G,)` or a number."""
    inputs = dict(prepared.inputs)
    ratio = {lever: value / inputs[lever] for lever, value in new.items() if lever in SCALED}
    changed = replace(prepared, inputs=inputs)
    if "churn" in ratio:
        changed = _reshaped(prepared, inputs, ratio["churn"], new["churn"])
    elif "lifespan" in ratio and "churn" in inputs:
        inputs["churn"] = inputs["churn"] / ratio["lifespan"]
    each = ratio.get("aov", 1.0) * ratio.get("arpu", 1.0)
    often = ratio.get("frequency", 1.0)
    for key, factor in (
        *((key, each * often) for key in (*REVENUE, "arpu")),
        ("aov", each),
        ("frequency", often),
        ("orders_per_customer", often),
    ):
        if key in inputs:
            inputs[key] = _times(inputs[key], factor)
    for lever in ("margin", "cac", "retention_cost", "lifespan"):
        if lever in new:
            inputs[lever] = new[lever]
    if changed.measured is None:
        return changed
    limits = {key: ends for key, ends in changed.measured.limits.items() if key not in new}
    return replace(changed, measured=replace(changed.measured, limits=limits))


def _reshaped(prepared: Prepared, inputs: dict[str, Any], ratio: Value, churn: Value) -> Prepared:
    """Update `inputs` for a changed churn; return it with changed measured curves."""
    old, inputs["churn"] = inputs["churn"], churn
    given = "lifespan" in inputs and prepared.sources["lifespan"] is not Source.MEASURED
    if given:
        inputs["lifespan"] = inputs["lifespan"] / ratio
    if prepared.measured is None:
        return replace(prepared, inputs=inputs)
    from ltvcli.analyses.whatif import curves as measured_curves

    power = measured_curves.power(old, churn) if prepared.measured.subscribers else ratio
    measured, curves = measured_curves.with_churn(prepared.measured, power)
    inputs |= {
        key: value
        for key, value in curves.items()
        if key in inputs
        and (key not in prepared.sources or prepared.sources[key] is Source.MEASURED)
    }
    if "retention_by_age" in inputs:
        inputs["retention_by_age"] = [share ** point(power) for share in inputs["retention_by_age"]]
    return replace(prepared, inputs=inputs, measured=measured, power=prepared.power * point(power))


def _times(value: Any, factor: Value) -> Any:
    return [element * factor for element in value] if isinstance(value, list) else value * factor


def full_sample(prepared: Prepared) -> Prepared:
    """Keep the full sample only, so that levers can have many values at once."""
    if prepared.measured is None:
        return prepared
    from ltvcli.analyses.whatif import curves as measured_curves

    inputs = {key: point(value) for key, value in prepared.inputs.items()}
    ages = measured_curves.full_sample(prepared.measured.by_age)
    return replace(prepared, inputs=inputs, measured=replace(prepared.measured, by_age=ages))
