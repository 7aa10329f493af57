"""What a measure brought: `ltv experiment`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ltvcli.analyses.experiment import effects as compared
from ltvcli.analyses.experiment import groups, sentences
from ltvcli.errors import PlanTooSmallError
from ltvcli.results import Row, Statement
from ltvcli.results.experiment import Arm, Effect, GroupCheck, Range
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.analyses.experiment.effects import Terms
    from ltvcli.facts.experiments import ArmSums


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The parts of the report; see `results.experiment`."""

    says: tuple[Statement, ...]
    tables: Mapping[str, tuple[Row, ...]]
    unit: Unit
    arms: tuple[Arm, ...]
    effects: tuple[Effect, ...]
    checks: tuple[GroupCheck, ...]
    saved: float | None
    wider: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the file calls things.

    Attributes:
        arms: names by key, of arms that have customers.
        set_aside: rows that could not be used, by key.
        outcome: header of the outcome.
    """

    arms: Mapping[str, str]
    set_aside: Mapping[str, int]
    outcome: str


def answer(
    sums: Sequence[ArmSums], named: Named, shares: Mapping[str, float], terms: Terms
) -> Answer:
    """Compare every arm with the control, unless the arms are not comparable.

    Args:
        sums: of the arms, control first.
        named: what the file calls things.
        shares: that arms were meant to have, by key.
        terms: what an effect is worth; margin and cost apply to money only.

    Raises:
        PlanTooSmallError: fewer customers were planned than there are.
    """
    customers = sum(arm.customers for arm in sums)
    if terms.planned is not None and terms.planned < customers:
        raise PlanTooSmallError(planned=terms.planned, customers=customers)
    unit = Unit.MONEY if any(arm.amounts for arm in sums) else Unit.RATE
    if unit is Unit.RATE:
        terms = replace(terms, margin=None, cost=None)
    arms = compared.arms(sums, named.arms, named.set_aside)
    checks = groups.checked(sums, shares, named.arms)
    effects: tuple[Effect, ...] = ()
    saved = wider = None
    if all(check.passed for check in checks):
        samples, saved = compared.freed(sums)
        effects, wider = compared.effects(samples, [arm.name for arm in arms], terms)
    first = Statement(says=sentences.headline(arms, effects, named.outcome, unit))
    more = sentences.details(arms, effects, checks, unit, saved, wider)
    return Answer(
        says=(first, *more),
        tables={
            "arms": tuple(_arm(arm, unit) for arm in arms),
            "effects": tuple(_effect(effect, arms, named.outcome, unit) for effect in effects),
            "checks": tuple(_check(check) for check in checks),
        },
        unit=unit,
        arms=arms,
        effects=effects,
        checks=checks,
        saved=saved,
        wider=wider,
    )


def _arm(arm: Arm, unit: Unit) -> Row:
    return {
        "arm": arm.name,
        "is_control": arm.is_control,
        "customers": arm.customers,
        **_ends("mean", arm.mean),
        "sd": arm.sd,
        "skewness": arm.skewness,
        "buyers": arm.buyers,
        "per_buyer": arm.per_buyer,
        "set_aside": arm.set_aside,
        "outcome_unit": str(unit),
    }


def _effect(effect: Effect, arms: Sequence[Arm], outcome: str, unit: Unit) -> Row:
    parts = sentences.buying(effect, arms) or (None, None)
    return {
        "arm": effect.arm,
        "outcome": outcome,
        "outcome_unit": str(unit),
        "effect": effect.effect.value,
        "se": effect.error,
        "low": effect.effect.low,
        "high": effect.effect.high,
        "p": effect.p,
        "p_adjusted": effect.p_adjusted,
        **_ends("relative", effect.relative),
        "buyers_relative": parts[0],
        "per_buyer_relative": parts[1],
        **_ends("net", effect.net),
        **_ends("roi", effect.roi),
        **_ends("everyone", effect.everyone),
        "verdict": str(effect.decision),
    }


def _check(check: GroupCheck) -> Row:
    return {
        "check": check.check,
        "arm": check.arm,
        "value": check.value,
        "p": check.p,
        "passed": check.passed,
    }


def _ends(name: str, figure: Range | None) -> dict[str, float | None]:
    return {
        name: figure.value if figure else None,
        f"{name}_low": figure.low if figure else None,
        f"{name}_high": figure.high if figure else None,
    }
