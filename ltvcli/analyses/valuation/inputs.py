"""The inputs of every method: given ones, measured ones, assumed ones, in this order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The inputs of every method by key, where each comes from, and what was measured.

    `lived` is whether a given lifespan stands in for churn. `power` is what each share of the model
    of renewals is raised to: 1 as fitted, another one where churn is not what it was.
    """

    inputs: Mapping[str, Any]
    sources: Mapping[str, Source]
    measured: Measured | None
    lived: bool
    strict: bool
    power: float = 1.0


def measured(settings: Assumptions, facts: Facts | Subscriptions | None) -> Measured | None:
    """Measure what the facts carry; None without any.

    Raises:
        UsageError: given numbers contradict each other, or an option means nothing here.
        UnansweredError: the horizon asked for is past the data.
    """
    given(settings)
    return None if facts is None else _measure(facts, settings)


def prepared(settings: Assumptions, measured: Measured | None) -> Prepared:
    """Settle the inputs: given ones beat measured ones, measured ones beat assumed ones.

    Raises:
        UsageError: given numbers contradict each other, or do not suffice.
    """
    said = given(settings)
    inputs: dict[str, Any] = dict(ASSUMED)
    sources = dict.fromkeys(inputs, Source.ASSUMED)
    if measured is None:
        refuse_unanswerable(said, every_method())
        refuse_what_takes_data(settings)
    else:
        inputs |= measured.values
        sources |= measured.sources
    return Prepared(
        inputs=inputs | said,
        sources=sources | dict.fromkeys(said, Source.GIVEN),
        measured=measured,
        lived="lifespan" in said and "churn" not in said,
        strict=settings.strict,
    )


def ready(found: Prepared) -> Mapping[str, Any]:
    """Return the inputs as the methods take them."""
    inputs = dict(found.inputs)
    if found.lived:
        inputs.pop("churn", None)
    if found.measured and found.sources.get("lifespan") is not Source.GIVEN:
        inputs["horizon"] = found.measured.by_age.horizon
    if found.measured and found.measured.subscribers and "arpu" in inputs:
        # A subscription is paid for twelve times a year, each time with what a month brings.
        inputs = {"aov": inputs["arpu"], "frequency": float(MONTHS_PER_YEAR)} | inputs
    return inputs


def every_method() -> dict[str, ModuleType]:
    """Load the ways to value a customer, by name."""
    return {name: registry.load(methods, name) for name in registry.names(methods)}


def _measure(facts: Facts | Subscriptions, settings: Assumptions) -> Measured:
    from ltvcli.facts.orders import Facts

    if isinstance(facts, Facts):
        from ltvcli.analyses.valuation import measured as of_orders

        return of_orders.measure(facts, settings.horizon)
    from ltvcli.analyses.subscriptions import measured as of_subscriptions

    refuse_what_takes_orders(settings)
    return of_subscriptions.measure(facts, settings.horizon)
