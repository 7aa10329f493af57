"""NPS wave by wave, who did not answer, and whether scores predict who stays."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.review.timeline import samples
from ltvcli.analyses.valuation.observed import p_value
from ltvcli.facts.trust import PASSIVE, PROMOTER
from ltvcli.formulas import periods
from ltvcli.formulas.periods import Period, Span
from ltvcli.results import Estimate, Source
from ltvcli.results.scorecard import ScoreGroup, ScoreMeaning, Wave
from ltvcli.stats.inference import holm, jackknife, net_promoter
from ltvcli.stats.numerics.normal import Z_95
from ltvcli.units import Rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.trust import Answered, Answers, Base

    Floats = NDArray[np.float64]

SURE = 0.05
KINDS = ("promoters", "passives", "detractors")


class Survey(Struct, frozen=True, kw_only=True):
    """Answers, the customers of each wave by group, and results after first answers.

    `bases` are by period and code of a group; `days` is the median day of each wave.
    """

    answers: Answers
    bases: Mapping[Period, Mapping[int, Base]]
    answered: Answered | None


def days_of_waves(answers: Answers, span: Span) -> dict[Period, date]:
    """Return the median day of the answers of each period that has any."""
    by_period: dict[Period, list[tuple[date, int]]] = {}
    for day, count in zip(answers.day.tolist(), answers.answers.tolist(), strict=True):
        by_period.setdefault(periods.of(span, day), []).append((day, count))
    return {period: _median(days) for period, days in sorted(by_period.items())}


def _median(days: list[tuple[date, int]]) -> date:
    """Return the day by which half of the answers were given."""
    half = sum(count for _, count in days) / 2
    reached = 0
    for day, count in sorted(days):
        reached += count
        if reached >= half:
            return day
    return max(days)[0]


def waves(survey: Survey, span: Span, code: int | None, name: str) -> Iterator[Wave]:
    """Yield the waves of a group, the oldest first.

    Args:
        survey: answers and customers.
        span: length of a wave.
        code: of the group; None for all customers.
        name: of the group.
    """
    answers = survey.answers
    of_group = np.ones(len(answers.score), dtype=np.bool_)
    if code is not None:
        of_group = answers.grp == code
    numbers = np.array([periods.of(span, day).number for day in answers.day.tolist()])
    for period in sorted(survey.bases):
        inside = of_group & (numbers == period.number)
        counts = _counts(answers.score[inside], answers.answers[inside])
        score = net_promoter.score(*counts)
        if score is None:
            continue
        customers = [
            base for key, base in survey.bases[period].items() if code is None or key == code
        ]
        promoters, passives, detractors = counts
        yield Wave(
            name=period.name,
            group=name,
            promoters=promoters,
            passives=passives,
            detractors=detractors,
            nps=Estimate(value=score.value, low=score.low, high=score.high, source=Source.MEASURED),
            customers=sum(base.customers for base in customers),
            answered=sum(base.answers for base in customers),
            left=sum(base.gone for base in customers),
            left_answered=sum(base.gone_answers for base in customers),
        )


def _counts(score: NDArray[np.int64], weights: NDArray[np.int64]) -> tuple[int, int, int]:
    """Count promoters, passives and detractors."""
    promoters = int(weights[score >= PROMOTER].sum())
    detractors = int(weights[score < PASSIVE].sum())
    return promoters, int(weights.sum()) - promoters - detractors, detractors


def change(now: Wave, before: Wave) -> Estimate:
    """Return the change from one wave to another, with the interval of a difference."""
    scores = [
        net_promoter.score(wave.promoters, wave.passives, wave.detractors) for wave in (now, before)
    ]
    errors = [score.error for score in scores if score is not None]
    half = Z_95 * math.hypot(*errors)
    value = now.nps.value - before.nps.value
    return Estimate(value=value, low=value - half, high=value + half, source=Source.MEASURED)


def meaning(answered: Answered | None, buckets: int, margin: Rate) -> ScoreMeaning | None:
    """Compare retention and value after the first answer, by its score.

    Promoters, passives and detractors are each compared with all others, six comparisons in all.

    Args:
        answered: customers by score and bucket; None where too few were observed.
        buckets: of the jackknife.
        margin: share of revenue that counts.
    """
    if answered is None:
        return None
    kinds = (
        answered.score >= PROMOTER,
        (answered.score >= PASSIVE) & (answered.score < PROMOTER),
        answered.score < PASSIVE,
    )

    def total(column: NDArray[np.float64] | NDArray[np.int64], rows: NDArray[np.bool_]) -> Floats:
        of_bucket = np.bincount(answered.bucket[rows], weights=column[rows], minlength=buckets)
        return samples(of_bucket.astype(np.float64))

    measured = []
    tests: list[float] = []
    with np.errstate(divide="ignore", invalid="ignore"):
        for name, rows in zip(KINDS, kinds, strict=True):
            customers, rest = (total(answered.customers, chosen) for chosen in (rows, ~rows))
            figures: list[Estimate] = []
            for column, scale in ((answered.kept, 1.0), (answered.revenue, margin)):
                values = scale * total(column, rows) / customers
                figures.append(_estimate(values, math.inf if figures else 1.0))
                tests.append(_p(values - scale * total(column, ~rows) / rest))
            measured.append((name, int(customers[0]), figures))
    adjusted = holm.adjusted(tests)
    groups = tuple(
        ScoreGroup(
            name=name,
            customers=customers,
            kept=kept,
            value=value,
            p_kept=adjusted[2 * place],
            p_value=adjusted[2 * place + 1],
        )
        for place, (name, customers, (kept, value)) in enumerate(measured)
        if customers
    )
    return ScoreMeaning(
        days=answered.days,
        groups=groups,
        tells=_tells([(group.kept.value, group.p_kept) for group in groups]),
        tells_value=_tells([(group.value.value, group.p_value) for group in groups]),
    )


def _tells(groups: list[tuple[float, float]]) -> bool:
    """Return whether promoters are above detractors and one of them differs from the rest."""
    (best, best_p), (worst, worst_p) = groups[0], groups[-1]
    return best > worst and min(best_p, worst_p) < SURE


def _estimate(values: Floats, most: float) -> Estimate:
    spread = jackknife.spread(values)
    value = float(values[0]) if np.isfinite(values[0]) else 0.0
    if spread is None:
        return Estimate(value=value, source=Source.MEASURED)
    low, high = value - spread.half_width, value + spread.half_width
    return Estimate(value=value, low=max(low, 0.0), high=min(high, most), source=Source.MEASURED)


def _p(replicates: Floats) -> float:
    spread = jackknife.spread(replicates)
    return 1.0 if spread is None or spread.error == 0 else p_value(spread)
