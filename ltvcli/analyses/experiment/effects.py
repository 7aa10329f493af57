"""The effect of each arm compared with the control, and the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.results.experiment import ENOUGH, Arm, Decision, Effect, Range
from ltvcli.stats.inference import confidence_sequence, holm, welch
from ltvcli.stats.inference.cuped import Adjusted, Before, adjusted
from ltvcli.stats.inference.fieller import relative
from ltvcli.stats.inference.welch import Difference, Sample
from ltvcli.stats.numerics.normal import Z_95
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.facts.experiments import ArmSums

SIGNIFICANT = 0.05


class Terms(Struct, frozen=True, kw_only=True):
    """The value of an effect in money, and the number of looks at the data.

    Attributes:
        margin: share of the outcome that is kept; None if not known, or the outcome is no money.
        cost: of the measure per customer; None if not known.
        planned: customers in all arms together when looking at every stage; None for one look.
        fixed: cost of the measure as a whole, whoever gets it.
        heads: customers assigned to an arm other than the control, also those who were excluded;
            0 where `fixed` is.
    """

    margin: float | None
    cost: float | None
    planned: int | None
    fixed: float = 0.0
    heads: int = 0

    @property
    def full_cost(self) -> float | None:
        """Cost per customer of an arm, with a share of the fixed cost."""
        share = self.fixed / self.heads if self.heads else 0.0
        return None if self.cost is None else self.cost + share


class Compared(Struct, frozen=True, kw_only=True):
    """The samples to compare, control first, and their outcome.

    Attributes:
        outcome: header, or what was measured.
        unit: of the outcome.
        names: of the arms.
        samples: adjusted for earlier values, if these are known.
        jackknife: interval of the effect of each arm but the control, if it has one.
    """

    outcome: str
    unit: Unit
    names: Sequence[str]
    samples: Sequence[Sample]
    jackknife: Sequence[Range | None] = ()


def by_cuped(sums: Sequence[ArmSums]) -> Adjusted | None:
    """Return the samples adjusted for earlier values (CUPED), with slope and variance reduction.

    None if earlier values are unknown or all 0.
    """
    before = [
        Before(mean=arm.before.mean, sd=arm.before.sd, covariance=arm.before.covariance)
        for arm in sums
        if arm.before is not None
    ]
    if len(before) < len(sums) or not any(earlier.sd for earlier in before):
        return None
    return adjusted([sample(arm) for arm in sums], before)


def sample(arm: ArmSums) -> Sample:
    """Return the size, mean and spread of the outcome of an arm."""
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
    of_arm = sample(arm)
    mean = Range(value=of_arm.mean, low=None, high=None)
    if of_arm.n > 1:
        half = welch.quantile((1 + welch.LEVEL) / 2, of_arm.n - 1) * of_arm.squared_error**0.5
        mean = Range(value=of_arm.mean, low=of_arm.mean - half, high=of_arm.mean + half)
    return Arm(
        name=names[arm.key],
        customers=of_arm.n,
        mean=mean,
        sd=of_arm.sd if of_arm.n > 1 else None,
        skewness=arm.skewness,
        buyers=arm.buyers,
        per_buyer=arm.total / arm.buyers if arm.buyers else None,
        set_aside=set_aside.get(arm.key, 0),
        is_control=is_control,
    )


def effects(compared: Compared, terms: Terms) -> tuple[Effect, ...]:
    """Return the effect of every arm but the control, before a decision.

    Args:
        compared: the arms.
        terms: what an effect is worth.
    """
    control, *treated = compared.samples
    customers = sum(arm.n for arm in compared.samples)
    progress = customers / terms.planned if terms.planned else None
    jackknife = [*compared.jackknife, *[None] * len(treated)]
    return tuple(
        _effect(compared, place, control, terms, customers, progress, jackknife[place])
        for place in range(len(treated))
    )


def decided(open_effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """Decide about effects by p-values adjusted for their number; those of few are not tested."""
    tested = [effect for effect in open_effects if effect.decision is not Decision.TOO_FEW]
    known = [1.0 if effect.p_adjusted is None else effect.p_adjusted for effect in tested]
    raised = iter(holm.adjusted(known))
    return tuple(
        effect if effect.decision is Decision.TOO_FEW else _decided(effect, next(raised))
        for effect in open_effects
    )


def wider(terms: Terms, customers: int) -> float | None:
    """Return the factor by which a look at every stage widens intervals; None for one look."""
    if not terms.planned:
        return None
    return confidence_sequence.half_width(1.0, customers / terms.planned) / Z_95


def _effect(
    compared: Compared,
    place: int,
    control: Sample,
    terms: Terms,
    customers: int,
    progress: float | None,
    jackknife: Range | None,
) -> Effect:
    treated = compared.samples[place + 1]
    difference = welch.difference(treated, control)
    is_known = min(treated.n, control.n) > 1
    half = _half(difference, progress) if is_known else None
    critical = half / difference.error if half and difference.error else 0.0
    share = relative(treated, control, critical)
    if share and not is_known:
        share = replace(share, low=None, high=None)
    net = everyone = roi = None
    tested = difference
    cost = terms.full_cost
    if terms.margin is not None and cost is not None:
        worth = difference.value * terms.margin
        tested = replace(difference, value=worth - cost, error=difference.error * terms.margin)
        kept = None if half is None else half * terms.margin
        net = _range(tested.value, kept)
        gain = (worth - (terms.cost or 0.0)) * customers - terms.fixed
        everyone = _range(gain, None if kept is None else kept * customers)
        if cost:
            roi = _range(tested.value / cost, None if kept is None else kept / cost)
    return Effect(
        arm=compared.names[place + 1],
        outcome=compared.outcome,
        unit=compared.unit,
        effect=_range(difference.value, half),
        jackknife=None if progress or not is_known else jackknife,
        error=difference.error if is_known else None,
        p=_p(difference, progress) if is_known else None,
        p_adjusted=_p(tested, progress) if is_known else None,
        relative=Range(value=share.value, low=share.low, high=share.high) if share else None,
        net=net,
        roi=roi,
        everyone=everyone,
        decision=Decision.TOO_FEW if min(treated.n, control.n) < ENOUGH else Decision.NOT_SHOWN,
    )


def _half(difference: Difference, progress: float | None) -> float:
    if progress is None:
        return difference.half_width
    return confidence_sequence.half_width(difference.error, progress)


def _p(difference: Difference, progress: float | None) -> float:
    if progress is None:
        return difference.p_value()
    return confidence_sequence.p_value(difference.value, difference.error, progress)


def _range(value: float, half: float | None) -> Range:
    if half is None:
        return Range(value=value, low=None, high=None)
    return Range(value=value, low=value - half, high=value + half)


def _decided(effect: Effect, p_adjusted: float) -> Effect:
    """Decide by the p-value adjusted for the number of arms, of the net gain if it is known."""
    decision = Decision.NOT_SHOWN
    if p_adjusted < SIGNIFICANT:
        value = (effect.net or effect.effect).value
        decision = Decision.ROLL_OUT if effect.net else Decision.SHOWN
        decision = decision if value > 0 else Decision.STOP
    return replace(effect, p_adjusted=p_adjusted, decision=decision)
