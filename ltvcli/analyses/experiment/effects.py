"""What each arm brought beyond the control, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ltvcli.results.experiment import ENOUGH, Arm, Decision, Effect, Range
from ltvcli.stats.inference import confidence_sequence, holm, welch
from ltvcli.stats.inference.cuped import Before, adjusted
from ltvcli.stats.inference.fieller import relative
from ltvcli.stats.inference.welch import Difference, Sample

if TYPE_CHECKING:
    from ltvcli.facts.experiments import ArmSums

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an effect is worth, and how often it was looked at.

    Attributes:
        margin: share of the outcome that is kept; None if not known, or the outcome is no money.
        cost: of the measure per customer; None if not known.
        planned: customers in all arms together when looking at every stage; None for one look.
    """

    margin: float | None
    cost: float | None
    planned: int | None


def freed(sums: Sequence[ArmSums]) -> tuple[tuple[Sample, ...], float | None]:
    """Return the samples of arms freed of what was before, and the share of variance it saved."""
    samples = tuple(_sample(arm) for arm in sums)
    before = [
        Before(mean=arm.before.mean, sd=arm.before.sd, covariance=arm.before.covariance)
        for arm in sums
        if arm.before is not None
    ]
    if len(before) < len(samples):
        return samples, None
    freed_samples = adjusted(samples, before)
    return freed_samples.samples, freed_samples.saved


def _sample(arm: ArmSums) -> Sample:
    return Sample(n=arm.customers, mean=arm.mean, sd=arm.sd)


def arms(
    sums: Sequence[ArmSums], names: Mapping[str, str], set_aside: Mapping[str, int]
) -> tuple[Arm, ...]:
    """Describe the arms.

    Args:
        sums: of the arms, control first.
        names: of the arms, by key.
        set_aside: rows that could not be used, by key.
    """
    return tuple(_arm(arm, names, set_aside, is_control=arm is sums[0]) for arm in sums)


def _arm(
    arm: ArmSums, names: Mapping[str, str], set_aside: Mapping[str, int], *, is_control: bool
) -> Arm:
    sample = _sample(arm)
    mean = Range(value=sample.mean, low=None, high=None)
    if sample.n > 1:
        half = welch.quantile((1 + welch.LEVEL) / 2, sample.n - 1) * sample.squared_error**0.5
        mean = Range(value=sample.mean, low=sample.mean - half, high=sample.mean + half)
    return Arm(
        name=names[arm.key],
        customers=sample.n,
        mean=mean,
        sd=sample.sd if sample.n > 1 else None,
        skewness=arm.skewness,
        buyers=arm.buyers,
        per_buyer=arm.total / arm.buyers if arm.buyers else None,
        set_aside=set_aside.get(arm.key, 0),
        is_control=is_control,
    )


def effects(
    samples: Sequence[Sample], names: Sequence[str], terms: Terms
) -> tuple[tuple[Effect, ...], float | None]:
    """Return the effect of every arm but the first, and how much wider looking makes intervals.

    Args:
        samples: of the arms, control first.
        names: of the arms.
        terms: what an effect is worth.
    """
    control, *treated = samples
    customers = sum(sample.n for sample in samples)
    progress = customers / terms.planned if terms.planned else None
    open_effects = [
        _effect(name, sample, control, terms, customers, progress)
        for name, sample in zip(names[1:], treated, strict=True)
    ]
    tested = [effect for effect in open_effects if effect.decision is not Decision.TOO_FEW]
    raised = iter(holm.adjusted([effect.p_adjusted for effect in tested]))
    decided = tuple(
        _decided(effect, next(raised)) if effect in tested else effect for effect in open_effects
    )
    wider = confidence_sequence.half_width(1.0, progress) / 1.959964 if progress else None
    return decided, wider


def _effect(
    name: str,
    sample: Sample,
    control: Sample,
    terms: Terms,
    customers: int,
    progress: float | None,
) -> Effect:
    difference = welch.difference(sample, control)
    half = _half(difference, progress)
    critical = half / difference.error if difference.error else 0.0
    share = relative(sample, control, critical)
    net = everyone = roi = None
    tested = difference
    if terms.margin is not None and terms.cost is not None:
        worth = difference.value * terms.margin
        tested = replace(
            difference, value=worth - terms.cost, error=difference.error * terms.margin
        )
        net = _range(tested.value, half * terms.margin)
        everyone = _range(tested.value * customers, half * terms.margin * customers)
        if terms.cost:
            roi = _range(tested.value / terms.cost, half * terms.margin / terms.cost)
    return Effect(
        arm=name,
        effect=_range(difference.value, half),
        error=difference.error,
        p=_p(difference, progress),
        p_adjusted=_p(tested, progress),
        relative=Range(value=share.value, low=share.low, high=share.high) if share else None,
        net=net,
        roi=roi,
        everyone=everyone,
        decision=Decision.TOO_FEW if min(sample.n, control.n) < ENOUGH else Decision.NOT_SHOWN,
    )


def _half(difference: Difference, progress: float | None) -> float:
    if progress is None:
        return difference.half_width
    return confidence_sequence.half_width(difference.error, progress)


def _p(difference: Difference, progress: float | None) -> float:
    if progress is None:
        return difference.p_value()
    return confidence_sequence.p_value(difference.value, difference.error, progress)


def _range(value: float, half: float) -> Range:
    return Range(value=value, low=value - half, high=value + half)


def _decided(effect: Effect, p_adjusted: float) -> Effect:
    """Decide by the p-value adjusted for the number of arms: of the net gain where it is known."""
    decision = Decision.NOT_SHOWN
    if p_adjusted < SIGNIFICANT:
        value = (effect.net or effect.effect).value
        decision = Decision.ROLL_OUT if effect.net else Decision.SHOWN
        decision = decision if value > 0 else Decision.STOP
    return replace(effect, p_adjusted=p_adjusted, decision=decision)
