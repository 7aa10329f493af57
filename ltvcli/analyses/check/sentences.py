"""Sentences about a rule: result, first month, certainty, amount and reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.analyses.review.sentences import signed_value
from ltvcli.analyses.valuation.verdict import percent
from ltvcli.language import N_, Marked
from ltvcli.results import Fact, Interval, Quantity, Sentence, Statement
from ltvcli.results.check import (
    WATCHED,
    Episode,
    Evaluation,
    Missing,
    Replay,
    RuleState,
    Watch,
)
from ltvcli.results.review import FACTORS, Reason
from ltvcli.units import Unit

MISSING = {
    Missing.NOT_MEASURED: N_("{figure} of {month} is not known"),
    Missing.NOT_OF_THIS_KIND: N_("{figure} is not measured from these files"),
    Missing.NO_SEGMENT: N_("no such segment with enough customers"),
    Missing.NO_MONTH: N_("the data has no full month"),
    Missing.FEW_MONTHS: N_("a change requires 9 full months of {figure}"),
}
MOST_PARTS = 2
MOST_EPISODES = 3
EVERYONE = N_("all customers")


def statements(watch: Watch) -> Iterator[Statement]:
    """Describe the result of a rule, one statement after the other; the first names the rule."""
    yield Statement(label=watch.evaluation.rule, says=state(watch), grade=_grade(watch))
    if watch.standing.state is RuleState.FIRING:
        yield from (
            Statement(label=label, says=sentence)
            for label, sentence in (
                (N_("Since"), since(watch)),
                (N_("Money"), money(watch.evaluation)),
                (N_("Why"), why(watch.evaluation)),
            )
            if sentence is not None
        )


def _grade(watch: Watch) -> str:
    if watch.standing.state is RuleState.FIRING:
        return watch.severity
    return "warning" if watch.standing.state is RuleState.NO_DATA else ""


def state(watch: Watch) -> Sentence:
    """Describe the state of a rule and its basis."""
    evaluation = watch.evaluation
    facts: dict[str, Fact] = {
        "segment": evaluation.segment or Marked(EVERYONE),
        "what": value(evaluation),
    }
    match watch.standing.state:
        case RuleState.NO_DATA:
            return Sentence(
                N_("{segment}: no data, {because}"), facts | {"because": missing(evaluation)}
            )
        case RuleState.FIRING if evaluation.usual is not None:
            facts["p"] = f"{evaluation.p_value or 0.0:.2g}"
            facts["usual"] = Quantity(evaluation.usual, WATCHED[evaluation.figure].unit)
            return Sentence(
                N_("{segment}: {what}, usual {usual}; beyond routine variation (p = {p})"), facts
            )
        case RuleState.FIRING:
            facts |= {"sure": certainty(evaluation), "when": watch.when}
            return Sentence(N_("{segment}: {what}; {sure} that {when}"), facts)
        case RuleState.PENDING:
            facts |= {"runs": watch.standing.runs, "needed": watch.runs}
            return Sentence(N_("{segment}: {what}; pending, run {runs} of {needed}"), facts)
        case RuleState.RESOLVED:
            return Sentence(N_("{segment}: {what}; resolved"), facts)
        case RuleState.OK:
            return Sentence(N_("{segment}: {what}; ok"), facts)


def value(evaluation: Evaluation) -> Sentence:
    """Describe the deciding figure, with its interval and month."""
    watched = WATCHED[evaluation.figure]
    facts: dict[str, Fact] = {"figure": Marked(watched.label), "month": evaluation.month}
    estimate = evaluation.estimate
    if estimate is None:
        return Sentence(N_("{figure} not known in {month}"), facts)
    facts["value"] = Quantity(estimate.value, watched.unit)
    if estimate.low is None or estimate.high is None:
        return Sentence(N_("{figure} {value} in {month}"), facts)
    facts["interval"] = Interval(estimate.low, estimate.high, watched.unit, estimate.value)
    return Sentence(N_("{figure} {value} (95% CI {interval}) in {month}"), facts)


def certainty(evaluation: Evaluation) -> Sentence:
    """Describe how certain it is that a condition holds."""
    return Sentence(
        N_("{probability} sure"), {"probability": percent(evaluation.probability or 0.0)}
    )


def missing(evaluation: Evaluation) -> Sentence:
    """Describe why a rule cannot be decided."""
    assert evaluation.missing is not None
    label = Marked(WATCHED[evaluation.figure].label)
    return Sentence(MISSING[evaluation.missing], {"figure": label, "month": evaluation.month})


def since(watch: Watch) -> Sentence | None:
    """Describe since which month a condition holds."""
    evaluation = watch.evaluation
    if not evaluation.holds_since:
        return None
    return Sentence(
        N_("{month} ({n} {n:month|months} in a row)"),
        {"month": evaluation.holds_since, "n": evaluation.months},
    )


def money(evaluation: Evaluation) -> Sentence | None:
    """Describe the money between a figure and its limit, or its expected value, in a month."""
    if evaluation.money is None:
        return None
    facts: dict[str, Fact] = {"money": Quantity(abs(evaluation.money), Unit.MONEY)}
    if evaluation.limit is not None:
        facts["limit"] = Quantity(evaluation.limit, WATCHED[evaluation.figure].unit)
        if evaluation.money < 0:
            return Sentence(N_("{money} per month less than at {limit}"), facts)
        return Sentence(N_("{money} per month more than at {limit}"), facts)
    if evaluation.usual is None:
        return None
    facts["usual"] = Quantity(evaluation.usual, WATCHED[evaluation.figure].unit)
    if evaluation.money < 0:
        return Sentence(N_("{money} per month less than at the usual {usual}"), facts)
    return Sentence(N_("{money} per month more than at the usual {usual}"), facts)


def why(evaluation: Evaluation) -> Sentence | None:
    """Describe why LTV changed since the month before: the largest significant contributions."""
    if not evaluation.parts:
        return None
    facts: dict[str, Fact] = {"figure": Marked(WATCHED[evaluation.moved].label)}
    sure_parts = [
        contribution for contribution in evaluation.parts if contribution.distinguishable
    ][:MOST_PARTS]
    if not sure_parts:
        return Sentence(N_("{figure} did not change significantly since the month before"), facts)
    facts["parts"] = _listed(sure_parts, WATCHED[evaluation.moved].unit)
    return Sentence(N_("{figure} since the month before: {parts}"), facts)


def _listed(parts: Sequence[Reason], unit: Unit) -> Sentence:
    """Join the contributions of factors; each is translated where it is shown."""
    facts: dict[str, Fact] = {}
    for number, contribution in enumerate(parts):
        facts[f"label_{number}"] = Sentence(FACTORS[contribution.factor])
        facts[f"value_{number}"] = signed_value(contribution.contribution, unit)
    return Sentence(
        ", ".join(f"{{label_{number}}} {{value_{number}}}" for number in range(len(parts))), facts
    )


def headline(watches: Sequence[Watch]) -> Sentence:
    """Describe how many of the rules fire."""
    counts: dict[RuleState, set[str]] = {}
    for watch in watches:
        counts.setdefault(watch.standing.state, set()).add(watch.evaluation.rule)
    rules = {watch.evaluation.rule for watch in watches}
    firing = counts.get(RuleState.FIRING, set())
    facts: dict[str, Fact] = {"n": len(firing), "of": len(rules)}
    if firing:
        return Sentence(N_("{n} of {of} {of:rule|rules} {n:fires|fire}"), facts)
    silent = counts.get(RuleState.NO_DATA, set())
    facts["n"] = len(silent)
    if silent:
        return Sentence(N_("no rule fires; {n} of {of} {n:has|have} no data"), facts)
    pending = counts.get(RuleState.PENDING, set())
    facts["n"] = len(pending)
    if pending:
        return Sentence(N_("no rule fires; {n} of {of} {n:is|are} pending"), facts)
    return Sentence(N_("no rule fires, of {of}"), facts)


def replayed(replays: Sequence[Replay]) -> Sentence:
    """Describe how often rules would have fired."""
    times = sum(len(replay.episodes) for replay in replays)
    months = max((replay.months for replay in replays), default=0)
    return Sentence(
        N_("would have fired {n} {n:time|times} in {months} {months:month|months}"),
        {"n": times, "months": months},
    )


def replay_of(replay: Replay) -> Sentence:
    """Describe when a rule would have fired."""
    facts: dict[str, Fact] = {"n": len(replay.episodes), "of": replay.decided}
    if not replay.decided:
        return Sentence(N_("no data in any month"))
    if not replay.episodes:
        return Sentence(N_("never, in {of} {of:month|months} with data"), facts)
    shown = replay.episodes[-MOST_EPISODES:]
    parts = {f"part_{number}": _episode(episode) for number, episode in enumerate(shown)}
    facts["which"] = Sentence("; ".join(f"{{{name}}}" for name in parts), parts)
    if len(shown) < len(replay.episodes):
        return Sentence(
            N_("{n} {n:time|times} in {of} {of:month|months} with data; latest: {which}"), facts
        )
    return Sentence(N_("{n} {n:time|times} in {of} {of:month|months} with data: {which}"), facts)


def _episode(episode: Episode) -> Sentence:
    facts: dict[str, Fact] = {
        "segment": episode.segment or Marked(EVERYONE),
        "fired": episode.fired,
        "resolved": episode.resolved,
    }
    if episode.resolved:
        return Sentence(N_("{segment} from {fired}, resolved by {resolved}"), facts)
    return Sentence(N_("{segment} since {fired}"), facts)


def terms(horizon: int, *, is_margin: bool) -> Iterator[Sentence]:
    """Describe the basis of customer values.

    Args:
        horizon: months that they cover; 0 where no rule names any.
        is_margin: whether they are margin.
    """
    if horizon:
        yield Sentence(
            N_("gross-margin basis, before CAC")
            if is_margin
            else N_("revenue basis (no margin applied), before CAC")
        )
        yield Sentence(N_("period LTV over {n} {n:month|months}"), {"n": horizon})


def basis_of_replay(months: int) -> Sentence:
    """Describe which months are as reported, and which as known now."""
    if not months:
        return Sentence(N_("each month over its horizon at that time, from today's data"))
    return Sentence(
        N_("{n} {n:month|months} as reported at the time, the others from today's data"),
        {"n": months},
    )
