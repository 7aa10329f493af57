"""The value of a customer compared with the CAC: `ltv calc`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from ltvcli.analyses.calc import tables
from ltvcli.analyses.valuation import verdict as grades
from ltvcli.analyses.valuation.estimates import estimate, point, valuation, values
from ltvcli.analyses.valuation.inputs import (
    Prepared,
    every_method,
    measured,
    method_inputs,
    prepare,
)
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

# With data the headline is the observed value, even if it is not known yet. Without data, it is the
# first of these methods that has its inputs.
OBSERVED = "observed"
WITHOUT_DATA = ("basic", "arpu-churn")
# The method that needs a model is not printed if none could be fitted.
MODEL = "sbg"


class Economics(Struct, frozen=True, kw_only=True):
    """The answer: the figures, the value by each method, and the grades, from `prepared` inputs."""

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
    prepared: Prepared | None = None


def answer(
    settings: Assumptions,
    facts: Facts | Subscriptions | None,
    acquisition: Acquisition | None = None,
) -> Economics:
    """Value a customer by every method that has its inputs.

    Given numbers come before measured ones, measured ones before assumed ones.

    Args:
        settings: assumptions and given numbers.
        facts: sums over orders or subscriptions; None values a customer from given numbers alone.
        acquisition: CAC from spend, if spend was read.

    Raises:
        UsageError: given numbers contradict each other, or are not sufficient.
        UnansweredError: the requested horizon is beyond the data.
    """
    figures = measured(settings, facts)
    if acquisition:
        from ltvcli.analyses.acquisition.estimates import with_costs

        figures = with_costs(figures, acquisition)
    prepared = prepare(settings, figures)
    inputs = prepared.inputs
    shown = tables.tables(prepared.measured, inputs["margin"], inputs["discount"])
    if prepared.measured:
        shown = {"horizons": tables.by_horizon(prepared.measured, inputs), **shown}
    return replace(value_and_grade(prepared), tables=shown, prepared=prepared)


def value_and_grade(prepared: Prepared) -> Economics:
    """Value a customer by every method that has its inputs, and grade the headline method."""
    members, measured, inputs = every_method(), prepared.measured, method_inputs(prepared)
    with quiet(measured):
        worth = values(members, inputs)
    first = OBSERVED if measured else next(name for name in WITHOUT_DATA if name in worth)
    too_little = missing(measured) if measured else None
    upper_bound = on_revenue(prepared)
    at_no_margin = None
    if upper_bound and first in worth and point(inputs.get("cac", 0.0)):
        with quiet(measured):
            nothing = members[first].value({**inputs, "margin": 0.0})
        at_no_margin = point(nothing / inputs["cac"])
    return Economics(
        figures=Figures(
            **{
                key: _figure(
                    key, figure.unit, prepared.inputs[key], prepared.sources[key], measured
                )
                for key, figure in described(Figures)
                if key in prepared.inputs
            }
        ),
        methods=tuple(
            valuation(
                name,
                members[name],
                _with_known_error(prepared, members[name], worth.get(name)),
                inputs,
                too_little is None,
                _limits(prepared, members[name], inputs) if name == MODEL else None,
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
            prepared.strict,
            _won(prepared),
            at_no_margin,
        ),
        payback_verdict=_judge_payback(
            members, worth, inputs, measured, too_little, upper_bound=upper_bound
        ),
        horizon=measured.by_age.horizon if measured else None,
        basis="revenue" if upper_bound else "margin",
        subscribers=measured.subscribers if measured else None,
    )


def _with_known_error(prepared: Prepared, member: ModuleType, value: Value | None) -> Value | None:
    """Return a value without its replicates if it stands on a bound of churn, not on churn."""
    of_churn = any("churn" in keys for keys in member.NEEDS)
    is_bound = of_churn and prepared.sources.get("churn") is Source.ASSUMED
    return point(value) if is_bound and value is not None else value


def on_revenue(prepared: Prepared) -> bool:
    """Return whether no margin is known, so that every value is revenue."""
    return prepared.sources["margin"] is Source.ASSUMED and point(prepared.inputs["margin"]) == 1


def _figure(
    key: str, unit: Unit, value: Any, source: Source, measured: Measured | None
) -> Estimate | None:
    figure = estimate(value, source, *_bounds(key, unit))
    if figure is None or measured is None or source is not Source.MEASURED:
        return figure
    low, high = measured.limits.get(key, (figure.low, figure.high))
    if low is None or high is None:
        return figure
    return replace(figure, low=min(low, figure.value), high=max(high, figure.value))


def _limits(
    prepared: Prepared, member: ModuleType, inputs: Mapping[str, Any]
) -> tuple[float, float] | None:
    """Return the 95% interval of the model of renewals."""
    measured = prepared.measured
    if measured is None or measured.retention is None or measured.retention.fitted is None:
        return None
    points = {key: point(number) for key, number in inputs.items()}
    return measured.retention.limits(
        lambda by_age: member.value(
            points | {"retention_by_age": [share**prepared.power for share in by_age]}
        )
    )


def _bounds(key: str, unit: Unit) -> tuple[float, float]:
    """Return the bounds of a figure: only amounts of money, and so a margin, can be below 0."""
    least = -math.inf if unit is Unit.MONEY or key == "margin" else 0.0
    return least, 1.0 if unit is Unit.RATE else math.inf


def quiet(measured: Measured | None) -> AbstractContextManager[object]:
    """Suppress warnings about figures that are undefined without one of the buckets."""
    if measured is None:
        return nullcontext()
    import numpy as np

    return np.errstate(divide="ignore", invalid="ignore")


def missing(measured: Measured) -> Sentence | None:
    """Describe the data that is missing for a grade; None if it is sufficient."""
    if measured.values["customers"] < ENOUGH_CUSTOMERS:
        return Sentence(
            N_(
                "Unknown: a grade requires at least {enough} customers; there {customers:is|are} "
                "{customers}."
            ),
            {
                "customers": Quantity(measured.values["customers"], Unit.COUNT),
                "enough": Quantity(ENOUGH_CUSTOMERS, Unit.COUNT),
            },
        )
    months = max(measured.by_age.horizon, measured.by_age.supported)
    if months < ENOUGH_MONTHS:
        return Sentence(
            N_(
                "Unknown: enough customers were observed for only {months} {months:month|months}; "
                "a grade requires {enough}."
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
    cac: Value | None,
    too_little: Sentence | None,
    strict: bool,
    won: int | None,
    at_no_margin: float | None,
) -> Verdict:
    if value is None or cac is None or not point(cac):
        says = N_("Unknown: LTV/CAC needs a CAC above 0 (--cac).")
        return grades.verdict(headline, None, None, too_little or Sentence(says))
    ratio = value / cac
    ltv_to_cac, below = estimate(ratio, Source.MEASURED), None
    if ltv_to_cac and not isinstance(ratio, (int, float)):
        from ltvcli.analyses.acquisition.estimates import with_count_noise
        from ltvcli.stats.inference import jackknife

        spread = jackknife.skew_corrected(ratio)
        if spread:
            if won:
                spread = with_count_noise(spread, won)
                ltv_to_cac = replace(ltv_to_cac, low=spread.low, high=spread.high)
            below = [spread.below(step) for step in LTV_TO_CAC]
    judged = grades.verdict(headline, ltv_to_cac, below, too_little, at_no_margin)
    return replace(judged, grade=judged.grade_low) if strict else judged


def _won(prepared: Prepared) -> int | None:
    """Return the number of customers behind a measured CAC; None if it is given."""
    is_measured = prepared.sources.get("cac") is Source.MEASURED
    return prepared.measured.won if prepared.measured and is_measured else None


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
    by = next((name for name in ("basic", "arpu-churn") if name in worth), None)
    if cac is not None:
        points = {key: point(number) for key, number in inputs.items()}
        formula = members[by].payback(points) if by else None
        observed = members["observed"].payback(points) if "observed" in worth else None
    return grades.payback_verdict(
        cac is not None and point(cac) > 0,
        formula,
        observed,
        seen=measured.by_age.longest if measured else None,
        missing=too_little is not None,
        upper_bound=upper_bound,
        has_formula=by is not None,
    )
