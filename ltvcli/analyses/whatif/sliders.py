"""The headline of `ltv calc` as numbers that a page can compute with, by the rules of whatif."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.analyses.calc.answer import missing, quiet
from ltvcli.analyses.valuation.estimates import point, values
from ltvcli.analyses.valuation.inputs import Prepared, every_method, method_inputs
from ltvcli.analyses.whatif import levers as rules
from ltvcli.formulas.bands import LTV_TO_CAC
from ltvcli.language import N_
from ltvcli.results import Source
from ltvcli.results.levers import Lapses, Levers, OnCommandLineOnly
from ltvcli.units import monthly_from_yearly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ltvcli.analyses.valuation.measured import Measured
    from ltvcli.settings.plans import Elasticities

SLIDERS = ("churn", "aov", "arpu", "frequency", "margin", "cac")
NUMBERS = ("aov", "frequency", "arpu", "churn", "lifespan", "margin", "retention_cost", "cac")
STRICT = N_("There are no sliders: --strict grades by the low end of the 95% CI.")
LINKED = N_("There are no sliders: an elasticity in ltv.yaml moves a figure that has none.")
NOTHING_LINKED: Elasticities = {}
MOST_STEPS = 1_500
"""Steps of the share still active that a page holds; with more, it has no slider of churn."""
DIGITS = 13


def sliders(
    prepared: Prepared,
    method: str,
    currency: str | None,
    command: Sequence[str],
    typed: Mapping[str, str],
    links: Elasticities = NOTHING_LINKED,
    *,
    strict: bool = False,
) -> Levers | OnCommandLineOnly | None:
    """Return what a page needs to change the headline; None if nothing can be changed.

    A lever that was typed although the data measures it has no slider: whatif starts from the data.

    Args:
        prepared: the inputs of every method.
        method: of the headline.
        currency: of money; None if it is not known.
        command: words of `ltv whatif`, without levers.
        typed: values of levers as they were typed.
        links: elasticities: {moved: {mover: percent per percent}}.
        strict: whether grades go by the low end of the interval.
    """
    measured = prepared.measured
    seen = measured.values if measured else {}
    usable = [
        lever
        for lever in SLIDERS
        if lever in rules.available(prepared, method) and not (lever in typed and lever in seen)
    ]
    lapses = _lapses(measured) if measured else None
    if measured and "churn" in usable and lapses is None:
        usable.remove("churn")
    inputs = method_inputs(prepared)
    with quiet(measured):
        worth = values(every_method(), inputs)
    if not usable or method not in worth:
        return None
    moving = {
        moved: {mover: of for mover, of in movers.items() if mover in usable}
        for moved, movers in links.items()
        if moved != "cac" or "cac" in prepared.inputs
    }
    moving = {moved: movers for moved, movers in moving.items() if movers}
    if strict or not moving.keys() <= set(usable):
        typed_words = [
            word for lever, text in typed.items() for word in (f"--{lever.replace('_', '-')}", text)
        ]
        free = next((lever for lever in usable if lever not in typed), None)
        return OnCommandLineOnly(
            because=STRICT if strict else LINKED,
            command=(*command, *typed_words, *((f"--{free}", "-10%") if free else ())),
        )
    numbers = {key: point(inputs[key]) for key in NUMBERS if key in inputs}
    simple = next((name for name in ("basic", "arpu-churn") if name in worth), None)
    if simple != "basic":
        numbers.pop("frequency", None)
    numbers["discount"] = monthly_from_yearly(point(inputs["discount"]))
    horizon = measured.by_age.horizon if measured else 0
    follows = prepared.sources.get("frequency") is Source.MEASURED
    return Levers(
        command=tuple(command),
        typed=typed,
        method=method,
        currency=currency,
        values={lever: point(prepared.inputs[lever]) for lever in usable},
        links=moving,
        inputs=numbers,
        horizon=horizon,
        revenue=_numbers(inputs["revenue_by_age_known"]) if measured else (),
        orders=_numbers(measured.by_age.orders[:horizon]) if measured and follows else (),
        active=_numbers(inputs["active_by_age"]) if measured else (),
        lapses=lapses,
        steps=tuple(LTV_TO_CAC),
        graded=measured is None or missing(measured) is None,
        assumed_margin=prepared.sources["margin"] is Source.ASSUMED,
    )


def _numbers(by_age: Sequence[object]) -> tuple[float, ...]:
    return tuple(_short(point(value)) for value in by_age)


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _lapses(measured: Measured) -> Lapses | None:
    """Return the share still active of the full sample; None if it has too many steps."""
    ages = measured.by_age
    share, times = ages.survival.survival[0], ages.survival.times
    kept = [
        (float(time), float(share[n]))
        for n, time in enumerate(times)
        if time < ages.longest and (n == 0 or share[n] != share[n - 1])
    ]
    if len(kept) > MOST_STEPS:
        return None
    return Lapses(
        times=tuple(_short(time) for time, _ in kept),
        share=tuple(_short(value) for _, value in kept),
        months=ages.longest,
        by_hazard=not measured.subscribers,
    )
