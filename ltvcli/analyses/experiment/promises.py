"""Initiatives of `ltv whatif` as planned, beside their measured effects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.analyses.experiment.groups import folded
from ltvcli.errors import PlannedArmError
from ltvcli.results.experiment import Arm, Decision, Effect, Promise, Range

if TYPE_CHECKING:
    from ltvcli.analyses.experiment.effects import Terms
    from ltvcli.settings.plans import Initiative

IN_PROPORTION = ("aov", "frequency", "arpu")
"""Levers that change the value of a customer proportionally, at any age."""
OVER_A_LIFETIME = ("churn", "lifespan")
"""Levers that change the lifetime of a customer, of which an experiment observes little."""
KEPT, MISSED, BEATEN, OPEN, UNKNOWN = "kept", "missed", "beaten", "open", "unknown"


def matched(
    names: Sequence[str], planned: Sequence[Initiative], *, typed: bool
) -> tuple[Initiative, ...]:
    """Return the initiatives that are about an arm: of its name, or the only one for one arm.

    Args:
        names: of the arms, control first.
        planned: the initiatives.
        typed: whether they were asked for; else those about no arm are ignored.

    Raises:
        PlannedArmError: none is about an arm.
    """
    treated = {folded(name) for name in names[1:]}
    about_arms = tuple(initiative for initiative in planned if folded(initiative.name) in treated)
    if not about_arms and typed:
        if len(planned) == len(treated) == 1:
            return tuple(planned)
        listed = ", ".join(initiative.name for initiative in planned)
        raise PlannedArmError(initiatives=listed, arms=", ".join(names[1:]))
    return about_arms


def promised(initiative: Initiative) -> float | None:
    """Return the promised increase per customer as a share; None if the lever has none.

    A churn of 10% less makes a lifetime 1 / 0.9 times as long.
    """
    change = initiative.change
    if change.step:
        return None
    factor = change.factor
    if change.end is not None:
        if not change.start:
            return None
        factor = change.end / change.start
    if change.lever == "churn":
        return 1 / factor - 1 if factor > 0 else None
    return factor - 1 if change.lever in (*IN_PROPORTION, "lifespan") else None


def kept(
    effects: Sequence[Effect], arms: Sequence[Arm], planned: Sequence[Initiative], terms: Terms
) -> tuple[Promise, ...]:
    """Hold every initiative against the relative effect of its arm.

    Args:
        effects: of the outcome that decides.
        arms: control first.
        planned: initiatives about an arm.
        terms: what the measure cost.
    """
    by_name = {folded(effect.arm): effect for effect in effects}
    held = []
    for initiative in planned:
        effect = by_name.get(folded(initiative.name), effects[0])
        arm = next(arm for arm in arms if arm.name == effect.arm)
        cost = None
        if terms.full_cost is not None:
            cost = terms.full_cost * (arm.customers + arm.set_aside)
        share = promised(initiative)
        held.append(
            Promise(
                arm=effect.arm,
                lever=initiative.change.lever,
                change=initiative.change.text,
                promised=share,
                probability=initiative.probability,
                came=effect.relative,
                promised_cost=initiative.cost,
                cost=cost,
                verdict=_verdict(effect, share, initiative.change.lever),
            )
        )
    return tuple(held)


def _verdict(effect: Effect, share: float | None, lever: str) -> str:
    came: Range | None = effect.relative
    if share is None or came is None or effect.decision is Decision.TOO_FEW:
        return UNKNOWN
    if came.low is None or came.high is None:
        return OPEN
    if came.low > share:
        return BEATEN
    if came.high < share:
        return OPEN if lever in OVER_A_LIFETIME else MISSED
    return KEPT if came.low > 0 else OPEN
