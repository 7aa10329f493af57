"""Churned customers and their revenue, by stated reason."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from ltvcli.analyses.leavers import masking, sentences, terms
from ltvcli.analyses.leavers.reasons import Reason
from ltvcli.analyses.leavers.terms import Term
from ltvcli.facts.leavers import Leaver, LeaverFacts, Span, Stayer
from ltvcli.results import Row, Statement
from ltvcli.results.leavers import INVOLUNTARY, NOT_SAID
from ltvcli.stats.inference import two_counts, welch
from ltvcli.units import MONTHS_PER_YEAR, Rate

MONTHS = 3
"""Length of each of the two periods."""
QUOTED = 3
"""Comments for each reason."""
LONGEST = 240
DETRACTOR_UP_TO = 6
DETRACTORS = "detractors"
_NOTHING = Decimal(0)


class Terms(Struct, frozen=True, kw_only=True):
    """Inputs of the answer besides the facts.

    Attributes:
        margin: of revenue; None if it is not known.
        quotes: whether comments are quoted.
        names: of customers, to mask.
    """

    margin: Rate | None
    quotes: bool
    names: masking.Names


class Answer(Struct, frozen=True, kw_only=True):
    """The parts of the report; see `results.leavers`."""

    says: tuple[Statement, ...]
    tables: Mapping[str, tuple[Row, ...]]
    left: int
    stated: int


def answer(facts: LeaverFacts, span: Span, given: Terms) -> Answer:
    """Compare who left in two periods, by reason and by money.

    Args:
        facts: who left, and who answered.
        span: the periods.
        given: margin, and whether comments are quoted.
    """
    now = [leaver for leaver in facts.leavers if leaver.now]
    before = [leaver for leaver in facts.leavers if not leaver.now]
    reasons = _reasons(now, before)
    worth = _months_lost(len(now), facts.at_start) * (given.margin or 1.0)
    distinct = _terms(facts, given)
    groups = {
        "all": now,
        "voluntary": [leaver for leaver in now if leaver.stated != INVOLUNTARY],
        "involuntary": [leaver for leaver in now if leaver.stated == INVOLUNTARY],
    }
    previous = {
        "all": len(before),
        "voluntary": sum(leaver.stated != INVOLUNTARY for leaver in before),
        "involuntary": sum(leaver.stated == INVOLUNTARY for leaver in before),
    }
    total = _monthly(now)
    shown = sentences.Shown(
        now=len(now),
        before=len(before),
        at_start=facts.at_start,
        p=_change(len(now), len(before), facts.at_start, facts.at_start_before),
        monthly=total,
        worth=float(total) * worth,
        first=span.middle,
        last=span.end,
        with_margin=given.margin is not None,
    )
    return Answer(
        says=(
            Statement(says=sentences.headline(shown)),
            *sentences.details(shown, reasons, _observed(now), distinct),
        ),
        tables={
            "lost": tuple(
                {
                    "group": group,
                    "customers": len(members),
                    "customers_before": previous[group],
                    "rate": len(members) / facts.at_start if facts.at_start else None,
                    "monthly": float(_monthly(members)),
                    "contribution": float(_monthly(members)) * worth,
                }
                for group, members in groups.items()
            ),
            "reasons": tuple(_row(reason, total, worth) for reason in reasons),
            "terms": tuple(
                {"term": term.term, "z": term.z, "leavers": term.leavers, "stayers": term.stayers}
                for term in distinct
            ),
            **(
                {"quotes": tuple(_quotes(now, facts.stayers, reasons, given))}
                if given.quotes
                else {}
            ),
        },
        left=len(now),
        stated=sum(leaver.stated != NOT_SAID for leaver in now),
    )


def _monthly(leavers: Sequence[Leaver]) -> Decimal:
    return sum((leaver.monthly for leaver in leavers), _NOTHING)


def _months_lost(left: int, at_start: int) -> float:
    """Return the months churned customers would have paid in a year, at the churn of others."""
    kept = 1 - min(left / at_start, 1) / MONTHS if at_start else 1.0
    return sum(kept**month for month in range(MONTHS_PER_YEAR))


def _change(now: int, before: int, at_start: int, at_start_before: int) -> float:
    """Return the p-value of two numbers of leavers at the same rate."""
    if not at_start or not at_start_before:
        return 1.0
    return two_counts.p_value(now, before, at_start / (at_start + at_start_before))


def _reasons(now: Sequence[Leaver], before: Sequence[Leaver]) -> list[Reason]:
    """Sum customers and revenue by reason, the largest first; unstated reasons come last."""
    names = {leaver.stated for leaver in (*now, *before)}
    reasons = []
    for stated in names:
        members = [leaver for leaver in now if leaver.stated == stated]
        earlier = sum(leaver.stated == stated for leaver in before)
        p = two_counts.p_value(len(members), earlier)
        monthly = _monthly(members)
        reasons.append(
            Reason(stated=stated, customers=len(members), before=earlier, monthly=monthly, p=p)
        )
    return sorted(
        reasons, key=lambda reason: (reason.stated == NOT_SAID, -reason.monthly, reason.stated)
    )


def _row(reason: Reason, total: Decimal, worth: float) -> Row:
    return {
        "reason": reason.stated,
        "customers": reason.customers,
        "customers_before": reason.before,
        "p": reason.p,
        "monthly": float(reason.monthly),
        "contribution": float(reason.monthly) * worth,
        "share": float(reason.monthly / total) if total else None,
    }


def _observed(now: Sequence[Leaver]) -> sentences.Observed | None:
    """Compare the revenue of customers who left because of the price with that of the others."""
    dear = [float(leaver.monthly) for leaver in now if leaver.stated == sentences.TOO_EXPENSIVE]
    rest = [
        float(leaver.monthly)
        for leaver in now
        if leaver.stated not in (sentences.TOO_EXPENSIVE, INVOLUNTARY, NOT_SAID)
    ]
    if min(len(dear), len(rest)) < 2:  # noqa: PLR2004 - no deviation of one
        return None
    samples = [
        welch.Sample(n=len(amounts), mean=statistics.fmean(amounts), sd=statistics.stdev(amounts))
        for amounts in (dear, rest)
    ]
    difference = welch.difference(*samples)
    return sentences.Observed(
        dear=samples[0].mean,
        rest=samples[1].mean,
        low=difference.value - difference.half_width,
        high=difference.value + difference.half_width,
        value=difference.value,
        number=len(dear),
    )


def _terms(facts: LeaverFacts, given: Terms) -> tuple[Term, ...]:
    left = [masking.mask(leaver.comment, given.names) for leaver in facts.leavers if leaver.comment]
    stayed = [
        masking.mask(stayer.comment, given.names) for stayer in facts.stayers if stayer.comment
    ]
    return terms.compared(left, stayed)


def _quotes(
    now: Sequence[Leaver], stayers: Sequence[Stayer], reasons: Sequence[Reason], given: Terms
) -> Iterator[Row]:
    """Return masked comments for each reason, and of detractors, by money at stake."""
    groups: dict[str, list[tuple[Decimal, str]]] = {
        reason.stated: [
            (leaver.monthly, leaver.comment)
            for leaver in now
            if leaver.stated == reason.stated and leaver.comment
        ]
        for reason in reasons
    }
    groups[DETRACTORS] = [
        (stayer.monthly, stayer.comment)
        for stayer in stayers
        if stayer.score <= DETRACTOR_UP_TO and stayer.comment
    ]
    for stated, comments in groups.items():
        different = {
            masking.mask(text, given.names): at_stake for at_stake, text in sorted(comments)
        }
        first = sorted(different.items(), key=lambda quote: (-quote[1], quote[0]))
        for text, at_stake in first[:QUOTED]:
            shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
            yield {"reason": stated, "monthly": float(at_stake), "quote": " ".join(shown.split())}
