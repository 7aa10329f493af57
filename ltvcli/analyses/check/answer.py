"""The tables of `ltv check`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ltvcli.analyses.check.monthly import Monthly
from ltvcli.results import Row
from ltvcli.results.check import WATCHED, RuleState, Watch


def rules(watches: Iterable[Watch]) -> tuple[Row, ...]:
    """Return the table `rules`: a row for each rule and segment."""
    return tuple(_rule(watch) for watch in watches)


def _rule(watch: Watch) -> Row:
    evaluation, standing = watch.evaluation, watch.standing
    estimate = evaluation.estimate
    return {
        "rule": evaluation.rule,
        "segment": evaluation.segment or None,
        "state": standing.state,
        "figure": evaluation.figure,
        "month": evaluation.month or None,
        "value": estimate.value if estimate else None,
        "value_low": estimate.low if estimate else None,
        "value_high": estimate.high if estimate else None,
        "unit": WATCHED[evaluation.figure].unit,
        "limit": evaluation.limit,
        "usual": evaluation.usual,
        "when": watch.when,
        "sure": watch.sure,
        "probability": evaluation.probability,
        "p_value": evaluation.p_value,
        "since": standing.since.isoformat(),
        "holds_since": evaluation.holds_since or None,
        "months": evaluation.months,
        "runs": standing.runs,
        "runs_needed": watch.runs,
        "money": evaluation.money,
        "severity": watch.severity,
        "missing": evaluation.missing,
        "told": ", ".join(watch.delivered) or None,
        "undelivered": ", ".join(watch.undelivered) or None,
    }


def why(watches: Iterable[Watch]) -> tuple[Row, ...]:
    """Return the table `why`: contributions to the change of LTV of each segment with an alarm."""
    rows: dict[tuple[str, str], Row] = {}
    for watch in watches:
        if watch.standing.state is not RuleState.FIRING:
            continue
        evaluation = watch.evaluation
        for contribution in evaluation.parts:
            rows[evaluation.segment, contribution.factor] = {
                "segment": evaluation.segment or None,
                "figure": evaluation.moved,
                "factor": contribution.factor,
                "contribution": contribution.contribution,
                "contribution_low": contribution.low,
                "contribution_high": contribution.high,
                "distinguishable": contribution.distinguishable,
            }
    return tuple(rows.values())


def figures(by: str, segments: Sequence[Monthly]) -> tuple[Row, ...]:
    """Return the table `figures`: the figures of the last month that rules were evaluated against.

    Args:
        by: what customers are segmented by; "" for all together.
        segments: with their figures.
    """
    return tuple(
        {
            "by": by or None,
            "segment": segment.segment or None,
            "month": segment.months[-1].name,
            "figure": figure,
            "value": estimate.value,
            "value_low": estimate.low,
            "value_high": estimate.high,
            "unit": WATCHED[figure].unit,
            "source": estimate.source,
        }
        for segment in segments
        if segment.months
        for figure, values in segment.values.items()
        for estimate in values[-1:]
        if estimate is not None
    )
