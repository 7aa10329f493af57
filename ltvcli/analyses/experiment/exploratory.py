"""Exploratory effects, which decide nothing: in segments, and with a cap on large outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.analyses.experiment import effects as compared
from ltvcli.results.experiment import ENOUGH, CappedEffect, Range, SegmentEffect
from ltvcli.stats.inference import holm, welch

if TYPE_CHECKING:
    from ltvcli.analyses.experiment.measurements import Capped
    from ltvcli.facts.experiments import ArmSums

MOST = 20
"""Segments that are shown: those with the most customers."""


def segments(sums: Sequence[ArmSums], names: Mapping[str, str]) -> tuple[SegmentEffect, ...]:
    """Return the effect of every arm in every segment, the one with the most customers first.

    Segments with fewer than 30 customers in an arm are left out. P-values are adjusted for all that
    are shown.

    Args:
        sums: by segment and arm.
        names: of the arms by key, control first.
    """
    control, *treated = names
    by_segment: dict[str, dict[str, ArmSums]] = {}
    for arm in sums:
        by_segment.setdefault(arm.segment, {})[arm.key] = arm
    shown = []
    for segment, arms in by_segment.items():
        for key in treated:
            pair = [arms[of_arm] for of_arm in (control, key) if of_arm in arms]
            if len(pair) > 1 and min(arm.customers for arm in pair) >= ENOUGH:
                shown.append(_segment(segment, pair, names[key]))
    shown.sort(key=lambda effect: (-effect.customers, effect.segment, effect.arm))
    shown = shown[: MOST * len(treated)]
    raised = holm.adjusted([effect.p for effect in shown])
    return tuple(replace(effect, p_adjusted=p) for effect, p in zip(shown, raised, strict=True))


def _segment(segment: str, pair: Sequence[ArmSums], name: str) -> SegmentEffect:
    effect, p = _effect(pair)
    customers = sum(arm.customers for arm in pair)
    return SegmentEffect(
        segment=segment, arm=name, customers=customers, effect=effect, p=p, p_adjusted=p
    )


def _effect(pair: Sequence[ArmSums]) -> tuple[Range, float]:
    """Return the difference of an arm and the control, the first, and its p-value."""
    adjusted = compared.by_cuped(pair)
    samples = adjusted.samples if adjusted else [compared.sample(arm) for arm in pair]
    difference = welch.difference(samples[1], samples[0])
    half = difference.half_width
    effect = Range(
        value=difference.value, low=difference.value - half, high=difference.value + half
    )
    return effect, difference.p_value()


def capped(shown: Capped, names: Mapping[str, str]) -> tuple[CappedEffect, ...]:
    """Return the effect of every arm but the control with a cap.

    Args:
        shown: sums with the cap.
        names: of the arms by key, control first.
    """
    control, *treated = names
    arms = {arm.key: arm for arm in shown.sums}
    effects = []
    for key in treated:
        effect, p = _effect([arms[control], arms[key]])
        effects.append(
            CappedEffect(arm=names[key], cap=shown.cap, above=shown.above, effect=effect, p=p)
        )
    return tuple(effects)
