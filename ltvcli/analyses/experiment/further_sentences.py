"""Sentences of `ltv experiment` about optional parts: age, caps, segments, promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.analyses.experiment.promises import BEATEN, KEPT, MISSED, OPEN, UNKNOWN
from ltvcli.language import N_, Marked
from ltvcli.results import Fact, Interval, Quantity, Sentence, Statement
from ltvcli.results.experiment import CappedEffect, Effect, Promise, Range, SegmentEffect
from ltvcli.units import Unit

SIGNIFICANT = 0.05
VERDICTS = {
    KEPT: N_("kept: the interval contains the planned effect and excludes 0"),
    MISSED: N_("missed: less than planned"),
    BEATEN: N_("beaten: more than planned"),
    OPEN: N_("open: not decided yet"),
    UNKNOWN: N_("not known"),
}


SHORT = {
    KEPT: N_("kept"),
    MISSED: N_("missed"),
    BEATEN: N_("beaten"),
    OPEN: N_("open"),
    UNKNOWN: N_("not known"),
}
"""Of tables."""


def observed(age: int, customers: int, matched: int, not_observed: int) -> Iterator[Statement]:
    """Return for how long customers were observed, and how many of them have an order.

    Args:
        age: days since the assignment that count.
        customers: who count.
        matched: of these, with an order on any day.
        not_observed: customers who were not observed for so long.
    """
    facts: dict[str, Fact] = {"age": age, "n": not_observed}
    text = N_(
        "outcomes count within {age} {age:day|days} of the assignment; all customers were "
        "observed that long"
    )
    if not_observed:
        text = N_(
            "outcomes count within {age} {age:day|days} of the assignment; {n} {n:customer "
            "was|customers were} not observed that long and excluded"
        )
    yield Statement(label=N_("Common age"), says=Sentence(text, facts))
    facts = {
        "matched": Quantity(matched, Unit.COUNT),
        "all": Quantity(customers, Unit.COUNT),
    }
    text = N_(
        "{matched} of {all} assigned {all:customer|customers} {matched:has|have} an order in "
        "the year before or since; customers without one count as 0"
    )
    yield Statement(label=N_("With orders"), says=Sentence(text, facts))


def jackknife(effects: Sequence[Effect], unit: Unit) -> Iterator[Statement]:
    """Return the interval by leaving out customers, beside that of Welch.

    Args:
        effects: of the outcome that decides.
        unit: of a difference.
    """
    for effect in effects:
        if effect.jackknife is not None:
            facts: dict[str, Fact] = {"arm": effect.arm, "interval": _ends(effect.jackknife, unit)}
            text = N_("{arm}: {interval} when groups of customers are left out in turn")
            yield Statement(label=N_("Jackknife"), says=Sentence(text, facts))


def capped(effects: Sequence[CappedEffect], unit: Unit) -> Iterator[Statement]:
    """Return the effects with a cap.

    Args:
        effects: of every arm.
        unit: of the outcome.
    """
    for effect in effects:
        facts: dict[str, Fact] = {
            "arm": effect.arm,
            "value": Quantity(effect.effect.value, unit),
            "interval": _ends(effect.effect, unit),
            "cap": Quantity(effect.cap, unit),
            "n": effect.above,
        }
        text = N_(
            "{arm}: {value} per customer (95% CI {interval}) with outcomes capped at {cap} ({n} "
            "{n:customer|customers} above); the decision uses the uncapped effect"
        )
        yield Statement(label=N_("Capped"), says=Sentence(text, facts))


def segments(effects: Sequence[SegmentEffect]) -> Iterator[Statement]:
    """Describe the effects in segments, which are exploratory."""
    if not effects:
        return
    shown = [effect for effect in effects if effect.p_adjusted < SIGNIFICANT]
    facts: dict[str, Fact] = {"n": len(effects), "shown": len(shown)}
    text = N_(
        "exploratory: of {n} {n:effect|effects} in segments, {shown} {shown:is|are} "
        "significant after Holm adjustment; confirm them in a new experiment before acting on "
        "them"
    )
    yield Statement(label=N_("Segments"), says=Sentence(text, facts))


def promises(held: Sequence[Promise], currency_unit: Unit = Unit.MONEY) -> Iterator[Statement]:
    """Describe the promised and the actual effects of initiatives."""
    for promise in held:
        says = Sentence(
            N_("{arm}: {lever} {change} with a probability of {probability}"),
            {
                "arm": promise.arm,
                "lever": Marked(promise.lever),
                "change": promise.change,
                "probability": Quantity(promise.probability, Unit.RATE),
            },
        )
        if promise.promised is not None:
            facts: dict[str, Fact] = {
                "says": says,
                "promised": Quantity(promise.promised, Unit.RATE),
            }
            says = Sentence(N_("{says}, {promised} per customer by formula"), facts)
        if promise.came is not None:
            facts = {"says": says, "came": Quantity(promise.came.value, Unit.RATE)}
            text = N_("{says}; actual: {came}")
            if promise.came.low is not None and promise.came.high is not None:
                facts["interval"] = _ends(promise.came, Unit.RATE)
                text = N_("{says}; actual: {came} (95% CI {interval})")
            says = Sentence(text, facts)
        if promise.promised_cost is not None and promise.cost is not None:
            costs: dict[str, Fact] = {
                "says": says,
                "planned": Quantity(promise.promised_cost, currency_unit),
                "cost": Quantity(promise.cost, currency_unit),
            }
            says = Sentence(N_("{says}; planned cost {planned}, actual cost {cost}"), costs)
        verdict = Sentence(Marked(VERDICTS[promise.verdict]))
        text = N_("{says}: {verdict}")
        yield Statement(
            label=N_("As planned"),
            says=Sentence(text, {"says": says, "verdict": verdict}),
        )


def _ends(figure: Range, unit: Unit) -> Interval:
    assert figure.low is not None
    assert figure.high is not None
    return Interval(figure.low, figure.high, unit, figure.value)
