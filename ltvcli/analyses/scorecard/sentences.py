"""Sentences of a scorecard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.analyses.review.sentences import SIGNAL_WORDS, ends, listed, named, of_change, signed
from ltvcli.language import N_, Marked
from ltvcli.results import Estimate, Fact, Interval, Quantity, Sentence, Statement
from ltvcli.results.review import Signal
from ltvcli.results.scorecard import (
    TILES,
    CohortShift,
    Course,
    Quadrant,
    ScoreGroup,
    ScoreMeaning,
    ScoreTile,
    Wave,
)
from ltvcli.units import Unit

SURE = 0.05
SCORCHED = N_("Scorched earth")
DECLINED = N_("Declined")
QUADRANTS = {
    (Course.UP, Course.UP): N_("Front up, trust up: growth that lasts so far."),
    (Course.UP, Course.DOWN): N_("Front up, trust down: today's results cost later ones."),
    (Course.DOWN, Course.UP): N_("Front down, trust up: fewer results now, more that lasts."),
    (Course.DOWN, Course.DOWN): N_("Front down, trust down."),
}
QUADRANT = N_("Front {front}, trust {trust}.")
KINDS = {
    "promoters": N_("Promoters (9–10)"),
    "passives": N_("Passives (7–8)"),
    "detractors": N_("Detractors (0–6)"),
}


def of_quadrant(quadrant: Quadrant) -> Sentence:
    """Describe the courses of both sides."""
    known = QUADRANTS.get((quadrant.front, quadrant.trust))
    if known is not None:
        return Sentence(known)
    return Sentence(
        QUADRANT, {"front": Marked(str(quadrant.front)), "trust": Marked(str(quadrant.trust))}
    )


def side(tiles: Sequence[ScoreTile], basis: str) -> Sentence:
    """List the figures of a side with their changes; `basis` is margin or revenue."""
    return listed([_figure(tile, basis) for tile in tiles])


def _figure(tile: ScoreTile, basis: str) -> Sentence:
    label = TILES[tile.figure]
    facts: dict[str, Fact] = {
        "label": named(tile.figure, label.label, basis),
        "value": Quantity(tile.now.value, label.unit),
    }
    if tile.change is None:
        return Sentence("{label} {value}", facts)
    facts["change"] = short_change(tile.change, label.unit)
    return Sentence(N_("{label} {value} ({change})"), facts)


def short_change(change: Estimate, unit: Unit) -> Sentence:
    """Write a change with its sign, or that it is not significant."""
    if change.low is not None and change.high is not None and change.low <= 0 <= change.high:
        return Sentence(N_("no significant change"))
    text = "+{value}" if change.value > 0 else "{value}"
    return Sentence(text, {"value": Quantity(change.value, of_change(unit))})


def of_shift(shift: CohortShift) -> Sentence:
    """Describe retention and LTV of the last cohort beside those before it."""
    return Sentence(
        N_(
            "Of the customers of {cohort}, {now} were kept after 90 days, {change} from "
            "{base}; LTV over {months} {months:month|months} {ltv}, {ltv_change}."
        ),
        {
            "cohort": shift.cohort,
            "now": Quantity(shift.retention.now, Unit.RATE),
            "change": signed(shift.retention.change, Unit.RATE),
            "base": shift.base,
            "months": shift.horizon or 3,
            "ltv": Quantity(shift.ltv.now, Unit.MONEY),
            "ltv_change": signed(shift.ltv.change, Unit.MONEY),
        },
    )


def of_wave(wave: Wave) -> Iterator[Sentence]:
    """Describe NPS, who answered, and who did not because they left."""
    score = wave.nps
    facts: dict[str, Fact] = {
        "wave": wave.name,
        "nps": Quantity(score.value, Unit.RATIO),
        "interval": Interval(score.low or 0.0, score.high or 0.0, Unit.RATIO, score.value),
        "n": wave.promoters + wave.passives + wave.detractors,
    }
    rate = wave.response_rate
    if rate is None:
        yield Sentence(N_("{wave}: {nps} (95% CI {interval}) from {n} {n:answer|answers}."), facts)
        return
    facts |= {"rate": Quantity(rate, Unit.RATE), "customers": Quantity(wave.customers, Unit.COUNT)}
    yield Sentence(
        N_(
            "{wave}: {nps} (95% CI {interval}) from {n} {n:answer|answers}; {rate} of {customers} "
            "{customers:customer|customers} answered."
        ),
        facts,
    )


def left_since(wave: Wave) -> Sentence | None:
    """Describe how many of the customers of then have left, and their share among answers."""
    if not wave.left or not wave.answered:
        return None
    return Sentence(
        N_(
            "Of the {customers} {customers:customer|customers} of {wave}, {left} ({share}) "
            "{left:has|have} left since; {customers:this is|they are} {among} of the answers."
        ),
        {
            "customers": Quantity(wave.customers, Unit.COUNT),
            "wave": wave.name,
            "left": Quantity(wave.left, Unit.COUNT),
            "share": Quantity(wave.left / wave.customers, Unit.RATE),
            "among": Quantity(wave.left_answered / wave.answered, Unit.RATE),
        },
    )


def of_meaning(meaning: ScoreMeaning, *, subscribers: bool) -> Sentence:
    """Describe whether scores predict who stays.

    Args:
        meaning: what customers did after their first answer.
        subscribers: whether customers are those of subscriptions.
    """
    best, worst = meaning.groups[0], meaning.groups[-1]
    facts: dict[str, Fact] = {
        "days": meaning.days,
        "best": Quantity(best.kept.value, Unit.RATE),
        "worst": Quantity(worst.kept.value, Unit.RATE),
        "p": _p(min(best.p_kept, worst.p_kept)),
    }
    if meaning.tells and subscribers:
        text = N_(
            "In your data it predicts who stays: {days} days after the answer {best} of promoters "
            "and {worst} of detractors still pay (p {p})."
        )
    elif meaning.tells:
        text = N_(
            "In your data it predicts who stays: within {days} days of the answer {best} of "
            "promoters and {worst} of detractors ordered again (p {p})."
        )
    elif subscribers:
        text = N_(
            "In your data it does not predict who stays: {days} days after the answer {best} of "
            "promoters and {worst} of detractors still pay (p {p})."
        )
    else:
        text = N_(
            "In your data it does not predict who stays: within {days} days of the answer {best} "
            "of promoters and {worst} of detractors ordered again (p {p})."
        )
    return Sentence(text, facts)


def of_value(meaning: ScoreMeaning) -> Sentence:
    """Describe whether scores predict customer value."""
    parts: list[Fact] = [_worth(group) for group in meaning.groups]
    text = (
        N_("It predicts what customers bring in the {days} days after it: {parts}.")
        if meaning.tells_value
        else N_("It does not predict what customers bring in the {days} days after it: {parts}.")
    )
    return Sentence(text, {"days": meaning.days, "parts": listed(parts)})


def _worth(group: ScoreGroup) -> Sentence:
    return Sentence(
        N_("{kind} {value} (95% CI {interval})"),
        {
            "kind": Marked(KINDS[group.name]),
            "value": Quantity(group.value.value, Unit.MONEY),
            "interval": ends(group.value, Unit.MONEY),
        },
    )


def _p(p: float) -> str:
    least = 0.001
    return f"<{least}" if p < least else f"= {p:.3f}"


def signals(tiles: Sequence[ScoreTile]) -> Iterator[Statement]:
    """Yield which figures give a signal."""
    for signal, words in SIGNAL_WORDS.items():
        named: list[Fact] = [
            Marked(TILES[tile.figure].label)
            for tile in tiles
            if tile.signal is signal and signal is not Signal.ROUTINE and not tile.group
        ]
        if named:
            facts: dict[str, Fact] = {"figures": listed(named), "signal": Marked(words)}
            yield Statement(label=N_("Signals"), says=Sentence(N_("{figures}: {signal}."), facts))
