"""Effects of changes: alone, with elasticities, and within bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from ltvcli import methods, registry
from ltvcli.analyses.valuation.estimates import estimate, point
from ltvcli.analyses.valuation.given import TYPED, differ
from ltvcli.analyses.valuation.inputs import Prepared, method_inputs
from ltvcli.analyses.whatif import levers as rules
from ltvcli.errors import (
    BeginsElsewhereError,
    EndlessLifeError,
    NoBaseError,
    NotALeverHereError,
    OutOfRangeError,
)
from ltvcli.formulas import Value
from ltvcli.results import Quantity, Row, Source
from ltvcli.settings.changes import Change
from ltvcli.settings.plans import Elasticities
from ltvcli.units import MONTHS_PER_YEAR, MOST_AMOUNT, MOST_YEARS, Unit

UNITS = {
    "churn": Unit.RATE,
    "margin": Unit.RATE,
    "lifespan": Unit.MONTHS,
    "frequency": Unit.RATIO,
}
"""Levers that are not money."""
OPTIONS = TYPED | {"budget": "--budget 1000000"}
"""How the value of a lever is typed."""


class Base(Struct, frozen=True, kw_only=True):
    """Values before the changes: inputs, headline method, monthly budget and elasticities."""

    prepared: Prepared
    method: str
    budget: float | None
    links: Elasticities


class Scenario(Struct, frozen=True, kw_only=True):
    """Values after changes; `ratios` are new over old value of each changed lever."""

    prepared: Prepared
    ratios: Mapping[str, Any]
    linked: tuple[Row, ...] = ()


def flag(lever: str) -> str:
    """Return the option that sets a lever."""
    return OPTIONS[lever].split()[0]


def unit(lever: str) -> Unit:
    """Return the unit of a lever."""
    return UNITS.get(lever, Unit.MONEY)


def measure(lever: str) -> str:
    """Return the unit of a lever with its period, as programs read it."""
    from ltvcli.results import Figures, described

    figure = dict(described(Figures)).get(lever)
    return figure.measure if figure else f"{unit(lever)}/month"  # the budget is monthly


def _hold_against(known: Value | None, change: Change, name: str) -> None:
    """Refuse a change with a different start than the known value."""
    if known is None or change.start is None or not differ(change.start, point(known)):
        return
    raise BeginsElsewhereError(
        name=name,
        text=change.text,
        start=Quantity(change.start, unit(change.lever)),
        known=Quantity(point(known), unit(change.lever)),
        end="…" if change.end is None else _typed(change),
    )


def _typed(change: Change) -> str:
    """Write the new value as it was typed."""
    text = change.text
    for arrow in ("->", "=>", "→", "...", "..", ":"):
        text = text.rpartition(arrow)[2]
    return text.strip()


def scenario(base: Base, changes: Sequence[Change], name: str = "") -> Scenario:
    """Apply changes, and their elasticities once, without further effects.

    Args:
        base: values before the changes.
        changes: at most one per lever.
        name: of the change in errors; the option of its lever if empty.

    Raises:
        UsageError: a lever is not known or not used, or the change has a different start than the
            known value, or leads out of its range.
    """
    inputs = base.prepared.inputs
    new: dict[str, Value] = {}
    ratios: dict[str, Any] = {}
    for change in changes:
        label = name or flag(change.lever)
        known = base.budget if change.lever == "budget" else inputs.get(change.lever)
        _hold_against(known, change, label)
        if because := rules.senseless(base.prepared, change.lever):
            levers = [flag(usable) for usable in rules.available(base.prepared, base.method)]
            raise NotALeverHereError(name=label, because=because, levers=levers)
        if change.lever == "budget":
            ratios["budget"] = _of_budget(base, change, label)
            continue
        old = inputs.get(change.lever)
        if old is None or (point(old) == 0 and change.lever in rules.SCALED):
            raise NoBaseError(name=label, text=change.text, example=OPTIONS[change.lever])
        new[change.lever] = change.applied(old)
        _refuse_impossible(change, point(new[change.lever]), label)
        if change.lever == "churn" and point(new["churn"]) == 0 and _endless(base.prepared):
            raise EndlessLifeError
        if point(old) != 0:
            with np.errstate(all="ignore"):  # a sample may be 0
                ratios[change.lever] = new[change.lever] / old
    linked: list[Row] = []
    for lever, movers in base.links.items():
        for mover, elasticity in movers.items():
            if mover not in ratios:
                continue
            if lever not in inputs:
                if lever == "cac":
                    continue  # without a CAC there is no LTV/CAC
                place = f"elasticities.{lever}.{mover}"
                raise NoBaseError(name=place, text=f"{elasticity:g}", example=OPTIONS[lever])
            with np.errstate(all="ignore"):
                factor = np.power(ratios[mover], elasticity)
            was = new.get(lever, inputs[lever])
            new[lever] = was * factor
            linked.append(
                {
                    "lever": mover,
                    "moves": lever,
                    "elasticity": elasticity,
                    "value": point(was),
                    "value_after": point(new[lever]),
                    "unit": measure(lever),
                }
            )
            reached = Change(lever=lever, text=f"{point(factor):.3g}x")
            _refuse_impossible(reached, point(new[lever]), f"elasticities.{lever}.{mover}")
    with np.errstate(all="ignore"):
        return Scenario(
            prepared=rules.moved(base.prepared, new), ratios=ratios, linked=tuple(linked)
        )


def _endless(prepared: Prepared) -> bool:
    """Return whether the value of customers who never leave would be infinite."""
    return prepared.measured is None and (
        "lifespan" in prepared.inputs or not prepared.inputs["discount"]
    )


def _of_budget(base: Base, change: Change, name: str) -> float:
    """Return the new budget over the old one; a relative change needs no base."""
    old = base.budget if change.start is None else change.start
    if old is None and change.end is None and change.step == 0:
        return max(change.factor, 0.0)
    if not old:
        raise NoBaseError(name=name, text=change.text, example=OPTIONS["budget"])
    _refuse_impossible(change, point(change.applied(old)), name)
    return float(change.applied(old)) / old


def _refuse_impossible(change: Change, value: float, name: str) -> None:
    least, most = 0.0, MOST_AMOUNT
    if change.lever in rules.RATES:
        most = 1.0
    elif change.lever == "lifespan":
        least, most = float(np.nextafter(0.0, 1.0)), float(MOST_YEARS * MONTHS_PER_YEAR)
    if not least <= value <= most:
        reached = Quantity(value, unit(change.lever))
        raise OutOfRangeError(name=name, text=change.text, value=reached)


def value_by(prepared: Prepared, method: str) -> Value:
    """Value a customer by one method: `(1 + G,)`, or `(n,)` for n cases."""
    with np.errstate(all="ignore"):
        value: Value = registry.load(methods, method).value(method_inputs(prepared))
    return value


def with_interval(key: str, value: Value | None) -> dict[str, float | None]:
    """Return a figure and its interval under `key`; a figure without variation has none."""
    figure = None if value is None else estimate(value, Source.MEASURED)
    if figure is None or figure.low == figure.high:
        return {key: figure.value if figure else None, f"{key}_low": None, f"{key}_high": None}
    return {key: figure.value, f"{key}_low": figure.low, f"{key}_high": figure.high}
