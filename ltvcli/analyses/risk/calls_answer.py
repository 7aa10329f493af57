"""Customers of orders: how well silence predicts churn, whom to call, and effects of calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ltvcli.analyses.risk import calls, sentences, trials
from ltvcli.analyses.risk.answer import Answer
from ltvcli.analyses.risk.record import bins as binned
from ltvcli.analyses.risk.record import record
from ltvcli.analyses.risk.tables import tables
from ltvcli.errors import TooShortForCallsError
from ltvcli.results import Row, Statement
from ltvcli.results.risk import (
    AHEAD,
    BASE,
    ENOUGH,
    SILENCE,
    Call,
    LastCalls,
)
from ltvcli.results.risk_record import Verdict

if TYPE_CHECKING:
    from ltvcli.facts.silences import Silences


def answer(
    earlier: Sequence[tuple[date, Silences]],
    now: Silences,
    as_of: date,
    margin: float,
    last: LastCalls | None,
) -> Answer:
    """Test silence on the newest earlier day, and list whom to call as of today.

    Args:
        earlier: customers as of earlier days, the newest last.
        now: customers as of the last day of the data.
        as_of: that day.
        margin: share of revenue that is kept.
        last: what became of the last list; None if none was given.

    Raises:
        TooShortForCallsError: the data does not reach back far enough.
    """
    usable = [(day, silences) for day, silences in earlier if len(silences.customer)]
    if len(usable) <= 1:
        raise TooShortForCallsError(days=(calls.CUTOFFS - 1) * AHEAD)
    *older, (cutoff, newest) = usable
    trial = calls.tested(cutoff, [silences for _, silences in older], newest)
    n, left = len(trial.left), int(trial.left.sum())
    listed: tuple[Call, ...] = ()
    if min(left, n - left) < ENOUGH:
        verdict = Verdict.TOO_FEW
    elif trials.is_beyond(trial, BASE, SILENCE):
        verdict = Verdict.SCORE
        cells = calls.learn([silences for _, silences in usable])
        listed = calls.listed(now, cells, as_of, margin)
    else:
        verdict = Verdict.NOTHING
    is_score = verdict is Verdict.SCORE
    records = tuple(
        record(trial, model, chosen=is_score and model == SILENCE) for model in (BASE, SILENCE)
    )
    bins = binned(trial.chances[SILENCE], trial.left) if is_score else ()
    chosen = records[-1] if is_score else None
    headline = sentences.headline(verdict, chosen, "", n, left)
    return Answer(
        verdict=verdict,
        says=(
            Statement(says=headline),
            *sentences.of_last(last),
            *sentences.of_calls(listed),
            *sentences.details(chosen, None, bins, (), ()),
        ),
        tables={
            "customers": rows_of(listed),
            **tables(records, bins, (), ()),
        },
        records=records,
        bins=bins,
        columns=(),
        groups=(),
        calls=listed,
        customers=n,
        left=left,
    )


def rows_of(listed: Sequence[Call]) -> tuple[Row, ...]:
    """Return the list as a table."""
    return tuple(_call(call) for call in listed)


def _call(call: Call) -> Row:
    silent = f"silent {call.silence} days, usually at most {call.usual}"
    return {
        "customer": call.customer,
        "arm": "control" if call.control else "call",
        "day": call.day.isoformat(),
        "chance": call.chance.value,
        "low": call.chance.low,
        "high": call.chance.high,
        "at_stake": call.at_stake,
        "because": ", ".join(call.because) if call.silence is None else silent,
        "silence": call.silence,
        "usual_gap": call.usual,
        "control": call.control,
        "owner": None,
        "due": call.due.isoformat(),
    }
