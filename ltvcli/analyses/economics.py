"""What a customer is worth against what they cost: `ltv calc`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ltvcli import methods, registry
from ltvcli.analyses import _verdict
from ltvcli.analyses._given import (
    given,
    refuse_unanswerable,
    refuse_what_takes_data,
    refuse_what_takes_orders,
)
from ltvcli.analyses._values import estimate, point, valuation, values
from ltvcli.formulas import Value
from ltvcli.formulas.bands import ENOUGH_CUSTOMERS, ENOUGH_MONTHS, LTV_TO_CAC
from ltvcli.language import N_
from ltvcli.results import (
    Estimate,
    Figures,
    PaybackVerdict,
    Quantity,
    Sentence,
    Source,
    Subscribers,
    Valuation,
    Verdict,
    described,
)
from ltvcli.units import MONTHS_PER_YEAR, Unit

if TYPE_CHECKING:
    from ltvcli.analyses._measured import Measured
    from ltvcli.analyses._subscriptions import Subscriptions
    from ltvcli.config import Settings
    from ltvcli.facts import Facts

ASSUMED = {"margin": 1.0, "retention_cost": 0.0, "discount": 0.0}

# With data the headline is what was observed, even where that is not known yet. Without, it is the
# first of these that could value a customer.
OBSERVED = "observed"
WITHOUT_DATA = ("basic", "arpu-churn")
# A method that takes a model is not printed where none could be fitted.
MODEL = "sbg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Economics:
    """The answer: the figures, what each method makes of them, and the verdicts."""

    figures: Figures
    methods: tuple[Valuation, ...]
    verdict: Verdict
    payback_verdict: PaybackVerdict
    horizon: int | None
    basis: str
    tables: Mapping[str, tuple[Mapping[str, float | int | str | None], ...]]
    subscribers: Subscribers | None = None


def answer(settings: Settings, facts: Facts | Subscriptions | None) -> Economics:
    """Value one customer by every method that has what it needs.

    Given numbers beat measured ones, measured ones beat assumed ones.

    Args:
        settings: what was given.
        facts: sums over orders or subscriptions; None values a customer from given numbers alone.

    Raises:
        UsageError: given numbers contradict each other, or do not suffice.
        UnansweredError: the horizon asked for is past the data.
    """
    said = given(settings)
    members = {name: registry.load(methods, name) for name in registry.names(methods)}
    measured = None
    inputs: dict[str, Any] = dict(ASSUMED)
    sources = dict.fromkeys(inputs, Source.ASSUMED)
    if facts is None:
        refuse_unanswerable(said, members)
        refuse_what_takes_data(settings)
    else:
        measured = _measure(facts, settings)
        inputs |= measured.values
        sources |= measured.sources
    inputs |= said
    sources |= dict.fromkeys(said, Source.GIVEN)
    figures = Figures(
        **{
            key: _figure(key, figure.unit, inputs[key], sources[key], measured)
            for key, figure in described(Figures)
            if key in inputs
        }
    )
    if "lifespan" in said and "churn" not in said:
        inputs.pop("churn", None)
    if measured and measured.subscribers and "arpu" in inputs:
        # A subscription is paid for twelve times a year, each time with what a month brings.
        inputs = {"aov": inputs["arpu"], "frequency": float(MONTHS_PER_YEAR)} | inputs

    with _quiet(measured):
        worth = values(members, inputs)
    headline = OBSERVED if measured else next(name for name in WITHOUT_DATA if name in worth)
    too_little = _too_little(measured) if measured else None
    return Economics(
        figures=figures,
        methods=tuple(
            valuation(
                name,
                members[name],
                worth.get(name),
                inputs,
                too_little is None,
                *(_of_model(measured, members[name], inputs) if name == MODEL else ()),
            )
            for name in members
            if name in worth or (measured and name != MODEL)
        ),
        verdict=_judge(
            headline, worth.get(headline), inputs.get("cac"), too_little, settings.strict
        ),
        payback_verdict=_judge_payback(members, worth, inputs, measured, too_little),
        horizon=measured.by_age.horizon if measured else None,
        basis="revenue" if sources["margin"] is Source.ASSUMED else "margin",
        tables=_tables(measured, inputs["margin"], inputs["discount"]) if measured else {},
        subscribers=measured.subscribers if measured else None,
    )


def _measure(facts: Facts | Subscriptions, settings: Settings) -> Measured:
    from ltvcli.analyses import _measured, _subscribers
    from ltvcli.facts import Facts

    if isinstance(facts, Facts):
        return _measured.measure(facts, settings.horizon)
    refuse_what_takes_orders(settings)
    return _subscribers.measure(facts, settings.horizon)


def _figure(
    key: str, unit: Unit, value: Any, source: Source, measured: Measured | None
) -> Estimate | None:
    found = estimate(value, source, *_bounds(key, unit))
    if found is None or measured is None or source is not Source.MEASURED:
        return found
    low, high = measured.limits.get(key, (found.low, found.high))
    return replace(found, low=low, high=high)


def _of_model(
    measured: Measured | None, member: ModuleType, inputs: Mapping[str, Any]
) -> tuple[tuple[float, float] | None, int | None]:
    """Give what the model of renewals leaves open, and how far it goes if past the data."""
    if measured is None or measured.retention is None or measured.retention.fitted is None:
        return None, None
    points = {key: point(one) for key, one in inputs.items()}
    limits = measured.retention.limits(
        lambda by_age: member.value(points | {"retention_by_age": by_age})
    )
    return limits, measured.subscribers.projected if measured.subscribers else None


def _tables(
    measured: Measured, margin: Value, discount: float
) -> Mapping[str, tuple[Mapping[str, float | int | str | None], ...]]:
    if measured.retention is None:
        return {"curve": measured.by_age.curve(margin)}
    from ltvcli.analyses import _lifetime

    return {
        "curve": measured.by_age.curve(margin, with_orders=False),
        "survival": measured.retention.table(measured.by_age.longest),
        "lifetime": _lifetime.table(measured.retention, discount),
    }


def _bounds(key: str, unit: Unit) -> tuple[float, float]:
    """What a figure cannot pass: only money, and so a margin, can be below nothing."""
    least = -math.inf if unit is Unit.MONEY or key == "margin" else 0.0
    return least, 1.0 if unit is Unit.RATE else math.inf


def _quiet(measured: Measured | None) -> AbstractContextManager[object]:
    """Let a figure that is undefined without one bucket stay undefined, without a warning."""
    if measured is None:
        return nullcontext()
    import numpy as np

    return np.errstate(divide="ignore", invalid="ignore")


def _too_little(measured: Measured) -> Sentence | None:
    """Say what the data lacks for a verdict, if anything."""
    if measured.values["customers"] < ENOUGH_CUSTOMERS:
        return Sentence(
            N_("Unknown: {customers} customers are too few, a verdict takes {enough}."),
            {
                "customers": Quantity(measured.values["customers"], Unit.COUNT),
                "enough": Quantity(ENOUGH_CUSTOMERS, Unit.COUNT),
            },
        )
    if measured.by_age.longest < ENOUGH_MONTHS:
        return Sentence(
            N_(
                "Unknown: customers were observed for only {months} months, a verdict takes "
                "{enough}."
            ),
            {
                "months": Quantity(measured.by_age.longest, Unit.COUNT),
                "enough": Quantity(ENOUGH_MONTHS, Unit.COUNT),
            },
        )
    return None


def _judge(
    headline: str,
    value: Value | None,
    cac: float | None,
    too_little: Sentence | None,
    strict: bool,
) -> Verdict:
    if value is None or not cac:
        says = N_("Unknown: LTV/CAC takes an acquisition cost above 0 (--cac).")
        return _verdict.verdict(headline, None, None, too_little or Sentence(says))
    ratio = value / cac
    below = None
    if not isinstance(ratio, (int, float)):
        from ltvcli.stats import jackknife

        spread = jackknife.spread(ratio)
        below = [spread.below(step) for step in LTV_TO_CAC] if spread else None
    judged = _verdict.verdict(headline, estimate(ratio, Source.MEASURED), below, too_little)
    return replace(judged, grade=judged.grade_low) if strict else judged


def _judge_payback(
    members: Mapping[str, ModuleType],
    worth: Mapping[str, Value],
    inputs: Mapping[str, Any],
    measured: Measured | None,
    too_little: Sentence | None,
) -> PaybackVerdict:
    cac = inputs.get("cac")
    formula = observed = None
    if cac is not None:
        points = {key: point(one) for key, one in inputs.items()}
        by = next((name for name in ("basic", "arpu-churn") if name in worth), None)
        formula = members[by].payback(points) if by else None
        observed = members["observed"].payback(points) if "observed" in worth else None
    return _verdict.payback_verdict(
        cac is not None,
        formula,
        observed,
        seen=measured.by_age.longest if measured else 0,
        missing=too_little is not None,
    )
