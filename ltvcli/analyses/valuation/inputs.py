"""The inputs of every method: given ones, measured ones, assumed ones, in this order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli import methods, registry
from ltvcli.analyses.valuation.given import (
    given,
    refuse_unanswerable,
    refuse_what_takes_data,
    refuse_what_takes_orders,
)
from ltvcli.results import Source
from ltvcli.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from types import ModuleType

    from ltvcli.analyses.valuation.measured import Measured
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.settings.assumptions import Assumptions

ASSUMED = {"margin": 1.0, "retention_cost": 0.0, "discount": 0.0}


class Prepared(Struct, frozen=True, kw_only=True):
    """The inputs of every method by key, their sources, and the measured figures.

    `lived` is whether a given lifespan replaces churn. `power` is the exponent of each share of the
    model of renewals: 1 as fitted, a different one after a change of churn.
    """

    inputs: Mapping[str, Any]
    sources: Mapping[str, Source]
    measured: Measured | None
    lived: bool
    strict: bool
    power: float = 1.0


def measured(settings: Assumptions, facts: Facts | Subscriptions | None) -> Measured | None:
    """Measure the figures of the facts; None without facts.

    Raises:
        UsageError: given numbers contradict each other, or an option does not apply.
        UnansweredError: the requested horizon is beyond the data.
    """
    given(settings)
    return None if facts is None else _measure(facts, settings)


def prepare(settings: Assumptions, measured: Measured | None) -> Prepared:
    """Choose the inputs: given ones before measured ones, measured ones before assumed ones.

    Raises:
        UsageError: given numbers contradict each other, or are not sufficient.
    """
    typed = given(settings)
    inputs: dict[str, Any] = dict(ASSUMED)
    sources = dict.fromkeys(inputs, Source.ASSUMED)
    if measured is None:
        refuse_unanswerable(typed, every_method())
        refuse_what_takes_data(settings)
    else:
        inputs |= measured.values
        sources |= measured.sources
    return Prepared(
        inputs=inputs | typed,
        sources=sources | dict.fromkeys(typed, Source.GIVEN),
        measured=measured,
        lived="lifespan" in typed and "churn" not in typed,
        strict=settings.strict,
    )


def method_inputs(prepared: Prepared) -> Mapping[str, Any]:
    """Return the inputs in the form that methods use."""
    inputs = dict(prepared.inputs)
    if prepared.lived:
        inputs.pop("churn", None)
    if prepared.measured and prepared.sources.get("lifespan") is not Source.GIVEN:
        inputs["horizon"] = prepared.measured.by_age.horizon
    if prepared.measured and prepared.measured.subscribers and "arpu" in inputs:
        # A subscription counts as twelve orders a year of one month's revenue.
        inputs = {"aov": inputs["arpu"], "frequency": float(MONTHS_PER_YEAR)} | inputs
    return inputs


def every_method() -> dict[str, ModuleType]:
    """Load the methods, by name."""
    return {name: registry.load(methods, name) for name in registry.names(methods)}


def _measure(facts: Facts | Subscriptions, settings: Assumptions) -> Measured:
    from ltvcli.facts.orders import Facts

    if isinstance(facts, Facts):
        from ltvcli.analyses.valuation import measured as of_orders

        return of_orders.measure(facts, settings.horizon)
    from ltvcli.analyses.subscriptions import measured as of_subscriptions

    refuse_what_takes_orders(settings)
    return of_subscriptions.measure(facts, settings.horizon)
