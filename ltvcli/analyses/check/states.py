"""Derive the state of a rule from its results: ok, pending, firing, no data, resolved."""

from __future__ import annotations

from datetime import date

from ltvcli.results.check import Evaluation, RuleState, Standing

ALERTS = (RuleState.FIRING, RuleState.RESOLVED, RuleState.NO_DATA)
"""States that are sent to channels when a rule enters them."""


def following(
    before: Standing | None, evaluation: Evaluation, needed: int, on: date, *, is_new: bool
) -> Standing:
    """Return the state that follows on a run.

    A rule fires once its condition has held in `needed` runs in a row; runs on the same data count
    once. Where nothing can be decided, it neither counts nor breaks a row. What fired is resolved
    by the first run in which the condition does not hold, and ok after that.

    Args:
        before: the state after the run before; None for the first.
        evaluation: in this run.
        needed: runs in a row until the rule fires.
        on: the last day of the data.
        is_new: whether this run saw other data than the one before.

    >>> held = Evaluation(rule="r", segment="", month="2026-10", figure="cac", estimate=None,
    ...     usual=None, limit=50.0, probability=0.9, p_value=None, holds=True, missing=None)
    >>> first = following(None, held, 2, date(2026, 10, 31), is_new=True)
    >>> first.state, following(first, held, 2, date(2026, 11, 30), is_new=True).state
    (<RuleState.PENDING: 'pending'>, <RuleState.FIRING: 'firing'>)
    """
    row = before.runs if before else 0
    alarmed = before is not None and before.alarmed
    if evaluation.holds is None:
        state, runs = RuleState.NO_DATA, row
    elif evaluation.holds:
        runs = row + 1 if is_new or not row else row
        fires = alarmed or runs >= needed
        state, alarmed = (RuleState.FIRING, True) if fires else (RuleState.PENDING, alarmed)
    else:
        repeated = before is not None and before.state is RuleState.RESOLVED and not is_new
        state = RuleState.RESOLVED if alarmed or repeated else RuleState.OK
        runs, alarmed = 0, False
    stays = before is not None and before.state is state
    return Standing(
        state=state,
        since=before.since if before is not None and stays else on,
        runs=runs,
        alarmed=alarmed,
    )


def is_alert(before: Standing | None, after: Standing) -> bool:
    """Return whether a change of state is sent to channels.

    Data that was never there is no news; data that is missing where something was known before is.
    """
    if before is not None and before.state is after.state:
        return False
    if after.state is RuleState.NO_DATA:
        return before is not None
    return after.state in ALERTS
