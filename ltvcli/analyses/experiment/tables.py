"""The tables of `ltv experiment`: a row per arm, effect, check, age, segment."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.analyses.experiment import sentences
from ltvcli.results import Row, interval_columns
from ltvcli.results.experiment import (
    AgeEffect,
    Arm,
    CappedEffect,
    Effect,
    GroupCheck,
    Promise,
    SegmentEffect,
)
from ltvcli.units import Unit


def tables(
    arms: Sequence[Arm],
    effects: Sequence[Effect],
    checks: Sequence[GroupCheck],
    unit: Unit,
    ages: Sequence[AgeEffect],
    capped: Sequence[CappedEffect],
    segments: Sequence[SegmentEffect],
    promises: Sequence[Promise],
) -> dict[str, tuple[Row, ...]]:
    """Write every part of an answer as a table; those that were not asked for are left out.

    Args:
        arms: control first.
        effects: of the others.
        checks: whether the arms are comparable.
        unit: of the outcome that decides.
        ages: effects over age.
        capped: effects with a cap.
        segments: effects in segments.
        promises: of initiatives.
    """
    further = {
        "ages": tuple(_age(effect) for effect in ages),
        "capped": tuple(_capped(effect) for effect in capped),
        "segments": tuple(_segment(effect) for effect in segments),
        "promises": tuple(_promise(promise) for promise in promises),
    }
    return {
        "arms": tuple(_arm(arm, unit) for arm in arms),
        "effects": tuple(_effect(effect, arms, effects[0].outcome) for effect in effects),
        "checks": tuple(_check(check) for check in checks),
        **{name: rows for name, rows in further.items() if rows},
    }


def _arm(arm: Arm, unit: Unit) -> Row:
    return {
        "arm": arm.name,
        "is_control": arm.is_control,
        "customers": arm.customers,
        **interval_columns("mean", arm.mean),
        "sd": arm.sd,
        "skewness": arm.skewness,
        "buyers": arm.buyers,
        "per_buyer": arm.per_buyer,
        "set_aside": arm.set_aside,
        "outcome_unit": str(unit),
    }


def _effect(effect: Effect, arms: Sequence[Arm], first: str) -> Row:
    """Write an effect; its components are known for the first outcome only."""
    parts = (sentences.buying(effect, arms) if effect.outcome == first else None) or (None, None)
    return {
        "arm": effect.arm,
        "outcome": effect.outcome,
        "outcome_unit": str(effect.unit),
        "effect": effect.effect.value,
        "se": effect.error,
        "low": effect.effect.low,
        "high": effect.effect.high,
        "jackknife_low": effect.jackknife.low if effect.jackknife else None,
        "jackknife_high": effect.jackknife.high if effect.jackknife else None,
        "p": effect.p,
        "p_adjusted": effect.p_adjusted,
        **interval_columns("relative", effect.relative),
        "buyers_relative": parts[0],
        "per_buyer_relative": parts[1],
        **interval_columns("net", effect.net),
        **interval_columns("roi", effect.roi),
        **interval_columns("everyone", effect.everyone),
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


def _age(effect: AgeEffect) -> Row:
    return {
        "arm": effect.arm,
        "age_days": effect.age_days,
        **interval_columns("effect", effect.effect),
    }


def _capped(effect: CappedEffect) -> Row:
    return {
        "arm": effect.arm,
        "cap": effect.cap,
        "above_cap": effect.above,
        **interval_columns("effect", effect.effect),
        "p": effect.p,
    }


def _segment(effect: SegmentEffect) -> Row:
    return {
        "segment": effect.segment,
        "arm": effect.arm,
        "customers": effect.customers,
        **interval_columns("effect", effect.effect),
        "p": effect.p,
        "p_adjusted": effect.p_adjusted,
    }


def _promise(promise: Promise) -> Row:
    return {
        "arm": promise.arm,
        "lever": promise.lever,
        "change": promise.change,
        "promised": promise.promised,
        "probability": promise.probability,
        **interval_columns("measured", promise.came),
        "promised_cost": promise.promised_cost,
        "cost": promise.cost,
        "verdict": promise.verdict,
    }
