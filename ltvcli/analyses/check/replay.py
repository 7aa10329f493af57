"""Replay a rule month by month, as its runs would have evaluated it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.analyses.check import evaluate, states
from ltvcli.results.check import WATCHED, Episode, Replay, RuleState, Standing

if TYPE_CHECKING:
    from ltvcli.analyses.check.evaluate import Months
    from ltvcli.results import Row
    from ltvcli.settings.rules import Rule


def replay(rule: Rule, data: Months) -> Replay:
    """Hold a rule against every month, one run a month.

    Args:
        rule: to be held.
        data: figures by month.
    """
    months = sorted({month for segment in data.segments for month in segment.months})
    standings: dict[str, Standing] = {}
    episodes: list[Episode] = []
    running: dict[str, int] = {}
    decided = 0
    for month in months:
        evaluations = evaluate.at(rule, data, month)
        decided += any(evaluation.holds is not None for evaluation in evaluations)
        for evaluation in evaluations:
            segment = evaluation.segment
            before = standings.get(segment)
            after = states.following(before, evaluation, rule.runs, month.last, is_new=True)
            standings[segment] = after
            if after.state is RuleState.FIRING and segment not in running:
                running[segment] = len(episodes)
                episodes.append(
                    Episode(
                        segment=segment,
                        fired=month.name,
                        resolved="",
                        figure=evaluation.figure,
                        estimate=evaluation.estimate,
                        probability=evaluation.probability,
                    )
                )
            if after.state is RuleState.RESOLVED and segment in running:
                place = running.pop(segment)
                episodes[place] = episodes[place].until(month.name)
    return Replay(rule=rule.name, months=len(months), decided=decided, episodes=tuple(episodes))


def rows(replays: tuple[Replay, ...]) -> tuple[Row, ...]:
    """Return the table `replay`: a row for each time that a rule would have fired."""
    return tuple(
        {
            "rule": replayed.rule,
            "segment": episode.segment or None,
            "fired": episode.fired,
            "resolved": episode.resolved or None,
            "figure": episode.figure,
            "value": episode.estimate.value if episode.estimate else None,
            "value_low": episode.estimate.low if episode.estimate else None,
            "value_high": episode.estimate.high if episode.estimate else None,
            "unit": WATCHED[episode.figure].unit,
            "probability": episode.probability,
        }
        for replayed in replays
        for episode in replayed.episodes
    )
