"""What a customer is worth against what they cost: `ltv calc`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ltvcli.analyses.acquisition.estimates import over, with_costs
from ltvcli.analyses.valuation import verdict as _verdict
from ltvcli.analyses.valuation.estimates import estimate, point, valuation, values
from ltvcli.analyses.valuation.inputs import Prepared, every_method, measured, prepared, ready
from ltvcli.formulas import Value, horizons
from ltvcli.formulas.bands import ENOUGH_CUSTOMERS, ENOUGH_MONTHS, LTV_TO_CAC
from ltvcli.language import N_
from ltvcli.methods import observed
from ltvcli.results import (
    Estimate,
    Figures,
    PaybackVerdict,
    Quantity,
    Row,
    Sentence,
    Source,
    Valuation,
    Verdict,
    described,
)
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.analyses.valuation.measured import Measured
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.results.evidence import Subscribers
    from ltvcli.settings.assumptions import Assumptions

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
    tables: Mapping[str, tuple[Mapping[str, float | int | str | None], ...]] = field(
        default_factory=dict
    )
    subscribers: Subscribers | None = None


def answer(
    settings: Assumptions,
    facts: Facts | Subscriptions | None,
    acquisition: Acquisition | None = None,
) -> Economics:
    """Value one customer by every method that has what it needs.

    Given numbers beat measured ones, measured ones beat assumed ones.

    Args:
        settings: what was given.
        facts: sums over orders or subscriptions; None values a customer from given numbers alone.
        acquisition: what new customers cost, where spend was read.

    Raises:
        UsageError: given numbers contradict each other, or do not suffice.
        UnansweredError: the horizon asked for is past the data.
    """
    found = prepared(settings, with_costs(measured(settings, facts), acquisition))
    inputs = found.inputs
    tables = _tables(found.measured, inputs["margin"], inputs["discount"])
    if found.measured:
        tables = {"horizons": _by_horizon(found.measured, inputs), **tables}
    return replace(concluded(found), tables=tables)


def concluded(found: Prepared) -> Economics:
    """Value one customer by every method that has what it needs, and judge the first."""
    members, measured, inputs = every_method(), found.measured, ready(found)
    with quiet(measured):
        worth = values(members, inputs)
    first = OBSERVED if measured else next(name for name in WITHOUT_DATA if name in worth)
    too_little = missing(measured) if measured else None
    upper_bound = on_revenue(found)
    at_no_margin = None
    if upper_bound and first in worth and inputs.get("cac"):
        with quiet(measured):
            nothing = members[first].value({**inputs, "margin": 0.0})
        at_no_margin = point(nothing / inputs["cac"])
    return Economics(
        figures=Figures(
            **{
                key: _figure(key, figure.unit, found.inputs[key], found.sources[key], measured)
                for key, figure in described(Figures)
                if key in found.inputs
            }
        ),
        methods=tuple(
            valuation(
                name,
                members[name],
                worth.get(name),
                inputs,
                too_little is None,
                _limits(found, members[name], inputs) if name == MODEL else None,
                upper_bound=upper_bound,
            )
            for name in members
            if name in worth or (measured and name != MODEL)
        ),
        verdict=_judge(
            first,
            worth.get(first),
            inputs.get("cac"),
            too_little,
            found.strict,
            _won(found),
            at_no_margin,
        ),
        payback_verdict=_judge_payback(
            members, worth, inputs, measured, too_little, upper_bound=upper_bound
        ),
        horizon=measured.by_age.horizon if measured else None,
        basis="revenue" if upper_bound else "margin",
        subscribers=measured.subscribers if measured else None,
    )


def on_revenue(found: Prepared) -> bool:
    """Return whether no margin is known, so that every value is revenue."""
    return found.sources["margin"] is Source.ASSUMED and point(found.inputs["margin"]) == 1


def _figure(
    key: str, unit: Unit, value: Any, source: Source, measured: Measured | None
) -> Estimate | None:
    found = estimate(value, source, *_bounds(key, unit))
    if found is None or measured is None or source is not Source.MEASURED:
        return found
    low, high = measured.limits.get(key, (found.low, found.high))
    if low is None or high is None:
        return found
    return replace(found, low=min(low, found.value), high=max(high, found.value))


def _limits(
    found: Prepared, member: ModuleType, inputs: Mapping[str, Any]
) -> tuple[float, float] | None:
    """Return the 95% interval that the model of renewals leaves open."""
    measured = found.measured
    if measured is None or measured.retention is None or measured.retention.fitted is None:
        return None
    points = {key: point(one) for key, one in inputs.items()}
    return measured.retention.limits(
        lambda by_age: member.value(
            points | {"retention_by_age": [share**found.power for share in by_age]}
        )
    )


def _tables(
    measured: Measured | None, margin: Value, discount: float
) -> Mapping[str, tuple[Mapping[str, float | int | str | None], ...]]:
    if measured is None:
        return {}
    if measured.retention is None:
        return {"curve": measured.by_age.curve(margin)}
    from ltvcli.analyses.subscriptions import expected_lifetime

    return {
        "curve": measured.by_age.curve(margin, with_orders=False),
        "survival": measured.retention.table(measured.by_age.longest),
        "lifetime": expected_lifetime.table(measured.retention, discount),
    }


def _by_horizon(measured: Measured, inputs: Mapping[str, Any]) -> tuple[Row, ...]:
    """List the observed value at every step the data reaches, and at the horizon.

    `enough` tells whether enough customers were observed for it to be the default horizon.
    """
    ages = measured.by_age
    steps = {step for step in horizons.STEPS if step <= ages.longest}
    required = horizons.customers_required(int(measured.values["customers"]))
    rows: list[Row] = []
    for step in sorted(steps | ({ages.horizon} if ages.horizon else set())):
        active = list(ages.survival.area_by_month(step).T)
        counted = {"revenue_by_age": ages.revenue[:step], "active_by_age": active}
        ltv = estimate(observed.value({**inputs, **counted}), Source.MEASURED)
        rows.append(
            {
                "horizon": step,
                "customers": int(ages.customers[step - 1][0]),
                "enough": bool(ages.customers[step - 1][0] >= required),
                "ltv": ltv.value if ltv else None,
                "ltv_low": ltv.low if ltv else None,
                "ltv_high": ltv.high if ltv else None,
            }
        )
    return tuple(rows)


def _bounds(key: str, unit: Unit) -> tuple[float, float]:
    """Return what a figure cannot pass: only money, and so a margin, can be below nothing."""
    least = -math.inf if unit is Unit.MONEY or key == "margin" else 0.0
    return least, 1.0 if unit is Unit.RATE else math.inf


def quiet(measured: Measured | None) -> AbstractContextManager[object]:
    """Let a figure that is undefined without one bucket stay undefined, without a warning."""
    if measured is None:
        return nullcontext()
    import numpy as np

    return np.errstate(divide="ignore", invalid="ignore")


def missing(measured: Measured) -> Sentence | None:
    """Describe what the data lacks for a verdict, if anything."""
    if measured.values["customers"] < ENOUGH_CUSTOMERS:
        return Sentence(
            N_("Unknown: a grade requires at least {enough} customers; there are {customers}."),
            {
                "customers": Quantity(measured.values["customers"], Unit.COUNT),
                "enough": Quantity(ENOUGH_CUSTOMERS, Unit.COUNT),
            },
        )
    months = max(measured.by_age.horizon, measured.by_age.supported)
    if months < ENOUGH_MONTHS:
        return Sentence(
            N_(
                "Unknown: enough customers were observed for only {months} months; a grade "
                "requires {enough}."
            ),
            {
                "months": Quantity(months, Unit.COUNT),
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
    won: int | None,
    at_no_margin: float | None,
) -> Verdict:
    if value is None or not cac:
        says = N_("Unknown: LTV/CAC needs a CAC above 0 (--cac).")
        return _verdict.verdict(headline, None, None, too_little or Sentence(says))
    ratio = value / cac
    found, below = estimate(ratio, Source.MEASURED), None
    if found and not isinstance(ratio, (int, float)):
        from ltvcli.stats.inference import jackknife

        spread = jackknife.skew_corrected(ratio)
        if spread and won:
            spread = over(spread, won)
            found = replace(found, low=spread.low, high=spread.high)
        below = [spread.below(step) for step in LTV_TO_CAC] if spread else None
    judged = _verdict.verdict(headline, found, below, too_little, at_no_margin)
    return replace(judged, grade=judged.grade_low) if strict else judged


def _won(found: Prepared) -> int | None:
    """Count the customers behind a CAC that was measured; None where it is given."""
    is_measured = found.sources.get("cac") is Source.MEASURED
    return found.measured.won if found.measured and is_measured else None


def _judge_payback(
    members: Mapping[str, ModuleType],
    worth: Mapping[str, Value],
    inputs: Mapping[str, Any],
    measured: Measured | None,
    too_little: Sentence | None,
    *,
    upper_bound: bool,
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
        seen=measured.by_age.longest if measured else None,
        missing=too_little is not None,
        upper_bound=upper_bound,
    )
