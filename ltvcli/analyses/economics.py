"""What a customer is worth against what they cost: `ltv calc`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ltvcli import methods, registry
from ltvcli.analyses import _verdict
from ltvcli.analyses._given import given, refuse_unanswerable
from ltvcli.formulas import Value
from ltvcli.formulas.bands import LTV_TO_CAC
from ltvcli.language import N_
from ltvcli.results import (
    Estimate,
    Figures,
    PaybackVerdict,
    Quantity,
    Sentence,
    Source,
    Valuation,
    Verdict,
)
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.analyses._measured import Measured
    from ltvcli.config import Settings
    from ltvcli.facts import Facts

ASSUMED = {"margin": 1.0, "retention_cost": 0.0, "discount": 0.0}

# The first of these that could value a customer gives the headline.
HEADLINE = ("observed", "basic", "arpu-churn")

# Below these the data carries no verdict.
ENOUGH_CUSTOMERS = 30
ENOUGH_MONTHS = 3


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


def answer(settings: Settings, facts: Facts | None) -> Economics:
    """Value one customer by every method that has what it needs.

    Given numbers beat measured ones, measured ones beat assumed ones.

    Args:
        settings: what was given.
        facts: sums over orders; None values a customer from given numbers alone.

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
    else:
        from ltvcli.analyses._measured import measure

        measured = measure(facts, settings.horizon)
        inputs |= measured.values
        sources |= measured.sources
    inputs |= said
    sources |= dict.fromkeys(said, Source.GIVEN)
    figures = Figures(
        **{
            one.name: _estimate(inputs[one.name], sources[one.name])
            for one in fields(Figures)
            if one.name in inputs
        }
    )
    if "lifespan" in said and "churn" not in said:
        inputs.pop("churn", None)

    values = _values(members, inputs)
    headline = next((name for name in HEADLINE if name in values), HEADLINE[0])
    too_little = _too_little(measured) if measured else None
    return Economics(
        figures=figures,
        methods=tuple(
            _valuation(name, members[name], values.get(name), inputs, graded=too_little is None)
            for name in members
            if measured or name in values
        ),
        verdict=_judge(headline, values.get(headline), inputs.get("cac"), too_little),
        payback_verdict=_judge_payback(members, values, inputs, measured, too_little),
        horizon=measured.horizon if measured else None,
        basis="revenue" if sources["margin"] is Source.ASSUMED else "margin",
        tables={"curve": measured.curve(inputs["margin"])} if measured else {},
    )


def _values(members: Mapping[str, ModuleType], inputs: Mapping[str, Any]) -> dict[str, Value]:
    ready = {
        name: member
        for name, member in members.items()
        if any(inputs.keys() >= set(keys) for keys in member.NEEDS)
    }
    found = {name: member.value(inputs) for name, member in ready.items()}
    return {name: value for name, value in found.items() if math.isfinite(_point(value))}


def _point(value: Any) -> Any:
    """Give the value of the full sample."""
    if isinstance(value, list):
        return [_point(one) for one in value]
    return float(value) if isinstance(value, (int, float)) else float(value[0])


def _estimate(value: Value, source: Source) -> Estimate | None:
    point = _point(value)
    if not math.isfinite(point):
        return None
    if isinstance(value, (int, float)):
        return Estimate(value=point, source=source)
    from ltvcli.stats import jackknife

    spread = jackknife.spread(value)
    return Estimate(
        value=point,
        low=point - spread.margin if spread else None,
        high=point + spread.margin if spread else None,
        source=source,
    )


def _valuation(
    name: str, member: ModuleType, value: Value | None, inputs: Mapping[str, Any], graded: bool
) -> Valuation:
    ltv = None if value is None else _estimate(value, Source.MEASURED)
    if ltv is None:
        return Valuation(method=name, ltv=None)
    cac = inputs.get("cac")
    ratio = ltv.value / cac if cac else None
    points = {key: _point(one) for key, one in inputs.items()}
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
    if measured.longest < ENOUGH_MONTHS:
        return Sentence(
            N_("Unknown: customers were observed for {months} only, a verdict takes {enough}."),
            {
                "months": Quantity(measured.longest, Unit.MONTHS),
                "enough": Quantity(ENOUGH_MONTHS, Unit.MONTHS),
            },
        )
    return None


def _judge(
    headline: str, value: Value | None, cac: float | None, too_little: Sentence | None
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
    return _verdict.verdict(headline, _estimate(ratio, Source.MEASURED), below, too_little)


def _judge_payback(
    members: Mapping[str, ModuleType],
    values: Mapping[str, Value],
    inputs: Mapping[str, Any],
    measured: Measured | None,
    too_little: Sentence | None,
) -> PaybackVerdict:
    cac = inputs.get("cac")
    formula = observed = None
    if cac is not None:
        points = {key: _point(one) for key, one in inputs.items()}
        by = next((name for name in ("basic", "arpu-churn") if name in values), None)
        formula = members[by].payback(points) if by else None
        observed = members["observed"].payback(points) if "observed" in values else None
    return _verdict.payback_verdict(
        cac is not None,
        formula,
        observed,
        seen=measured.longest if measured else 0,
        missing=too_little is not None,
    )
