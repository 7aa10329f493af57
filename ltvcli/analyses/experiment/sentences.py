"""The sentences of `ltv experiment`, the decision first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.language import N_, Marked
from ltvcli.results import Fact, Interval, Quantity, Sentence, Statement
from ltvcli.results.experiment import ENOUGH, Arm, Decision, Effect, GroupCheck, Range
from ltvcli.units import Unit

LEAST = 0.001
"""A p-value below this is written so."""
BEST = (Decision.ROLL_OUT, Decision.SHOWN, Decision.NOT_SHOWN, Decision.STOP, Decision.TOO_FEW)
"""Of several arms, the headline is about the first of these."""
WITH_NET = {
    Decision.ROLL_OUT: N_(
        "Roll out {arm}: each customer brings {value} more than it costs (95% CI {interval})"
    ),
    Decision.NOT_SHOWN: N_(
        "Not shown: {arm} brings {value} per customer after its cost (95% CI {interval}); this "
        "may be chance"
    ),
    Decision.STOP: N_(
        "Do not roll out {arm}: it brings {value} per customer after its cost (95% CI {interval})"
    ),
}
WITHOUT_NET = {
    Decision.SHOWN: N_(
        "Shown: {arm} brings {value} more “{outcome}” per customer than {control} "
        "(95% CI {interval})"
    ),
    Decision.NOT_SHOWN: N_(
        "Not shown: {arm} brings {value} “{outcome}” per customer beyond {control} (95% CI "
        "{interval}); this may be chance"
    ),
    Decision.STOP: N_(
        "Do not roll out {arm}: it brings {value} “{outcome}” per customer beyond {control} "
        "(95% CI {interval})"
    ),
}
MADE_UP_OF = {
    (True, True): N_("{arm}: {buyers} more buyers, {per_buyer} more per buyer"),
    (True, False): N_("{arm}: {buyers} more buyers, {per_buyer} less per buyer"),
    (False, True): N_("{arm}: {buyers} fewer buyers, {per_buyer} more per buyer"),
    (False, False): N_("{arm}: {buyers} fewer buyers, {per_buyer} less per buyer"),
}
"""By whether there are more buyers, and whether each has a higher outcome."""
OURS = ("contribution", "revenue")
"""What outcomes of orders are called."""
TOO_FEW = N_("Not shown: {arm} has {n} {n:customer|customers}, and at least {enough} are needed")
NOT_COMPARABLE = N_("Do not use this result: the arms are not comparable")
DECISIONS = {
    Decision.ROLL_OUT: N_("roll out"),
    Decision.SHOWN: N_("shown"),
    Decision.NOT_SHOWN: N_("not shown"),
    Decision.STOP: N_("do not roll out"),
    Decision.TOO_FEW: N_("too few customers"),
}


def headline(arms: Sequence[Arm], effects: Sequence[Effect], outcome: str, unit: Unit) -> Sentence:
    """Return the decision about the best arm: of those with the best decision, the largest effect.

    Args:
        arms: control first.
        effects: of the others; none where the arms are not comparable.
        outcome: header of the outcome.
        unit: of the outcome.
    """
    if not effects:
        return Sentence(NOT_COMPARABLE)
    effect = main(effects)
    if effect.decision is Decision.TOO_FEW:
        control = arms[0]
        arm = next(arm for arm in arms if arm.name == effect.arm)
        few = control if control.customers < ENOUGH else arm
        return Sentence(TOO_FEW, {"arm": few.name, "n": few.customers, "enough": ENOUGH})
    figure = effect.net or effect.effect
    facts: dict[str, Fact] = {
        "arm": effect.arm,
        "control": arms[0].name,
        "outcome": Marked(outcome) if outcome in OURS else outcome,
        **_with_interval("value", figure, points(unit)),
    }
    texts = WITH_NET if effect.net else WITHOUT_NET
    return Sentence(texts[effect.decision], facts)


def main(effects: Sequence[Effect]) -> Effect:
    """Return the effect that the headline is about."""
    return min(
        effects,
        key=lambda effect: (
            BEST.index(effect.decision),
            -(effect.net or effect.effect).value,
        ),
    )


def points(unit: Unit) -> Unit:
    """Return the unit of a difference."""
    return Unit.POINTS if unit is Unit.RATE else unit


def effect_sentence(effect: Effect) -> Sentence:
    """Describe an effect in the unit of the outcome and in percent, its ROI, and the decision."""
    says = Sentence(
        N_("{value} per customer (95% CI {interval})"),
        _with_interval("value", effect.effect, points(effect.unit)),
    )
    if effect.relative is not None:
        facts: dict[str, Fact] = {"says": says, "relative": _percent(effect.relative.value)}
        text = N_("{says}, {relative} relative to the control")
        if effect.relative.low is not None and effect.relative.high is not None:
            facts["interval"] = Interval(
                effect.relative.low, effect.relative.high, Unit.RATE, effect.relative.value
            )
            text = N_("{says}, {relative} relative to the control (95% CI {interval})")
        says = Sentence(text, facts)
    if effect.roi is not None:
        roi = _with_interval("roi", effect.roi, Unit.RATIO)
        says = Sentence(N_("{says}; ROI {roi} (95% CI {interval})"), {"says": says, **roi})
    decision = Sentence(Marked(DECISIONS[effect.decision]))
    return Sentence(N_("{says}: {decision}"), {"says": says, "decision": decision})


def checks_sentence(checks: Sequence[GroupCheck]) -> Sentence:
    """Describe whether the arms are comparable."""
    if all(check.passed for check in checks):
        text = N_("arm sizes are as planned ({p})")
    else:
        text = N_("not comparable ({p})")
    tested = [check for check in checks if check.p is not None]
    worst = min(tested, key=lambda check: (check.passed, check.check != "sample-ratio"))
    p = worst.p or 0.0
    return Sentence(text, {"p": f"p < {LEAST}" if p < LEAST else f"p = {p:.3f}"})


def p_text(p: float) -> str:
    """Write a p-value.

    >>> p_text(0.0312), p_text(1e-9), p_text(1.0)
    ('0.031', '<0.001', '1.000')
    """
    return f"<{LEAST}" if p < LEAST else f"{p:.3f}"


def details(
    arms: Sequence[Arm],
    effects: Sequence[Effect],
    checks: Sequence[GroupCheck],
    unit: Unit,
    saved: float | None,
    wider: float | None,
) -> Iterator[Statement]:
    """Return everything after the headline.

    Args:
        arms: control first.
        effects: of the others.
        checks: whether the arms are comparable.
        unit: of the outcome.
        saved: share of the variance that earlier values explain.
        wider: by how much intervals are wider because of looking at every stage.
    """
    first = [effect for effect in effects if effect.outcome == effects[0].outcome]
    for effect in effects:
        name = effect.arm if effect in first else f"{effect.arm} · {effect.outcome}"
        yield Statement(label=Marked(name), says=effect_sentence(effect))
    for effect in first:
        made = _made_up_of(effect, arms)
        if unit is Unit.MONEY and made is not None:
            yield Statement(label=N_("Made up of"), says=made)
    customers = sum(arm.customers for arm in arms)
    for effect in first:
        if effect.everyone is not None and effect.decision is not Decision.TOO_FEW:
            facts: dict[str, Fact] = {
                "arm": effect.arm,
                "n": Quantity(customers, Unit.COUNT),
                **_with_interval("value", effect.everyone, Unit.MONEY),
            }
            text = N_("{arm} for all {n} customers: {value} after its cost (95% CI {interval})")
            yield Statement(label=N_("For everyone"), says=Sentence(text, facts))
    yield Statement(label=N_("Comparable"), says=checks_sentence(checks))
    if saved is not None and effects:
        text = N_(
            "the value before the assignment explains {share} of the variance; intervals are "
            "narrower by that"
        )
        yield Statement(label=N_("CUPED"), says=Sentence(text, {"share": _percent(saved)}))
    if wider is not None and effects:
        text = N_(
            "intervals are valid at every look, and {ratio} times as wide as for a single look"
        )
        ratio = Quantity(wider, Unit.RATIO)
        yield Statement(label=N_("Peeking"), says=Sentence(text, {"ratio": ratio}))


def buying(effect: Effect, arms: Sequence[Arm]) -> tuple[float, float] | None:
    """Return the increase in buyers and in value per buyer as shares; None if unknown."""
    control = arms[0]
    arm = next(arm for arm in arms if arm.name == effect.arm)
    if not control.buyers or not control.per_buyer or arm.per_buyer is None:
        return None
    shares = [group.buyers / group.customers for group in (arm, control)]
    return shares[0] / shares[1] - 1, arm.per_buyer / control.per_buyer - 1


def _made_up_of(effect: Effect, arms: Sequence[Arm]) -> Sentence | None:
    parts = buying(effect, arms)
    if parts is None:
        return None
    facts: dict[str, Fact] = {
        "arm": effect.arm,
        "buyers": _percent(abs(parts[0])),
        "per_buyer": _percent(abs(parts[1])),
    }
    return Sentence(MADE_UP_OF[parts[0] >= 0, parts[1] >= 0], facts)


def _percent(value: float) -> Quantity:
    return Quantity(value, Unit.RATE)


def _with_interval(name: str, figure: Range, unit: Unit) -> dict[str, Fact]:
    """Return a figure and its interval as facts."""
    ends: Fact = Sentence(N_("not known"))
    if figure.low is not None and figure.high is not None:
        ends = Interval(figure.low, figure.high, unit, figure.value)
    return {name: Quantity(figure.value, unit), "interval": ends}
