"""Sentences of `ltv risk` about early behaviour: whether it helps, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ltvcli.analyses.risk.sentences import with_interval
from ltvcli.language import N_
from ltvcli.results import Fact, Sentence, Statement
from ltvcli.results.behaviour import Behaviour
from ltvcli.results.risk import ENOUGH
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.facts.early_behaviour import EarlyBehaviour


def first(behaviour: Sequence[Behaviour]) -> Statement:
    """Describe whether behaviour improves on the data known at signing.

    Args:
        behaviour: by length of the first days.
    """
    return Statement(label=N_("Early behaviour"), says=_headline(behaviour))


def further(behaviour: Sequence[Behaviour], early: EarlyBehaviour) -> Iterator[Statement]:
    """Describe who was compared, and which events were pooled.

    Args:
        behaviour: by length of the first days.
        early: what customers did.
    """
    shortest = behaviour[0]
    facts: dict[str, Fact] = {
        "n": shortest.customers,
        "days": shortest.days,
        "before": shortest.before_log,
        "young": shortest.too_young,
        "decided": shortest.decided,
    }
    text = N_(
        "{n} later customers whose outcome was open after {days} days; left out are {before} who "
        "began before the log of events, {young} whose first days it does not hold, and {decided} "
        "who had left or ordered again by then"
    )
    yield Statement(label=N_("Compared"), says=Sentence(text, facts))
    pooled = sum(name.pooled for name in early.names)
    if pooled:
        facts = {"n": len(early.names) - pooled, "pooled": pooled}
        text = N_(
            "{n} {n:event has|events have} features of {n:its|their} own; {pooled} rare "
            "{pooled:event is|events are} pooled"
        )
        yield Statement(label=N_("Events"), says=Sentence(text, facts))


def _headline(behaviour: Sequence[Behaviour]) -> Sentence:
    tested = [row for row in behaviour if row.difference]
    if not tested:
        text = N_(
            "not tested: too few customers whose first days the log holds left or stayed (at least "
            "{enough} of each, known before a cut-off, are needed)"
        )
        return Sentence(text, {"enough": ENOUGH})
    listed = _difference(tested[0])
    for row in tested[1:]:
        listed = Sentence(N_("{before}; {then}"), {"before": listed, "then": _difference(row)})
    text = N_("not shown to add to what was known at signing: {differences}")
    if any(row.adds for row in tested):
        text = N_("adds to what was known at signing: {differences}")
    return Sentence(text, {"differences": listed})


def _difference(row: Behaviour) -> Sentence:
    """Return the difference of AUC after the first days."""
    facts: dict[str, Fact] = {
        "days": row.days,
        **with_interval("difference", row.difference, Unit.DIFFERENCE),
    }
    if row.adds:
        text = N_("AUC higher by {difference} with the first {days} days (95% CI {interval})")
        return Sentence(text, facts)
    text = N_(
        "with the first {days} days the difference of AUC is {difference} (95% CI {interval})"
    )
    return Sentence(text, facts)
