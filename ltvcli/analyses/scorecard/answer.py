"""The answer of `ltv scorecard`: front beside trust, and the contradiction where there is one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.analyses.review import chosen
from ltvcli.analyses.review.chosen import Chosen
from ltvcli.analyses.review.figures import Costs, whole_periods
from ltvcli.analyses.scorecard import nps, quadrant, sentences, tables, tiles
from ltvcli.analyses.scorecard.cohorts import shifts
from ltvcli.analyses.scorecard.nps import Survey
from ltvcli.checks.scorecard import scorched_earth
from ltvcli.facts.subscriber_periods import SubscriberPeriods
from ltvcli.facts.trust import KEPT_DAYS
from ltvcli.formulas.periods import Period, Span
from ltvcli.language import N_
from ltvcli.results import Row, Sentence, Statement
from ltvcli.results.scorecard import (
    CohortShift,
    Quadrant,
    ScoreMeaning,
    ScoreTile,
    Wave,
)

if TYPE_CHECKING:
    from ltvcli.facts.periods import PeriodFacts
    from ltvcli.facts.trust import TrustFacts

MOST = 20
"""Groups that are shown; the largest."""
FEWEST = 30
"""Minimum number of customers of a group."""


class Source(Struct, frozen=True, kw_only=True):
    """The input of a scorecard.

    Attributes:
        company: facts about periods of all customers, by channel where that is known.
        rows: segment of each code of `company`.
        grouped: facts about periods by group; None for all customers only.
        trust: cohorts by group.
        survey: answers; None if none were given.
        by: "owner", "team", "channel" or "".
    """

    company: PeriodFacts | SubscriberPeriods
    rows: Sequence[int]
    grouped: PeriodFacts | SubscriberPeriods | None
    trust: TrustFacts
    survey: Survey | None
    by: str


class Scorecard(Struct, frozen=True, kw_only=True):
    """The answer: sentences, tables, and evidence for pages and checks."""

    picked: Chosen
    basis: str
    says: tuple[Statement, ...]
    tables: Mapping[str, tuple[Row, ...]]
    tiles: tuple[ScoreTile, ...]
    shifts: tuple[CohortShift, ...]
    waves: tuple[Wave, ...]
    meaning: ScoreMeaning | None
    quadrants: tuple[Quadrant, ...]


def answer(source: Source, costs: Costs, span: Span, targets: Mapping[str, float]) -> Scorecard:
    """Measure both sides of the last whole period, of all customers and of each group.

    Args:
        source: sums and answers.
        costs: known costs of all customers.
        span: length of the period.
        targets: by figure.

    Raises:
        NoWholePeriodError: the data holds no whole period.
    """
    picked = chosen.choose(source.company, span, chosen.PREVIOUS)
    known = observed(source, span)
    groups = _groups(source.trust) if source.by else {}
    margin = costs.margin if costs.margin is not None else _margin(source)
    scale = 1.0 if margin is None else margin
    shifted = shifts(source.trust, {None: "", **groups}, known, scale)
    waves: list[Wave] = []
    if source.survey is not None:
        waves = [
            wave
            for code, name in ({None: ""} | groups).items()
            for wave in nps.waves(source.survey, span, code, name)
        ]
    measured = [
        tile
        for code, name in ({None: ""} | groups).items()
        for tile in _tiles(source, code, name, picked, known, costs, waves)
    ]
    meaning = None
    if source.survey is not None:
        meaning = nps.meaning(source.survey.answered, source.trust.buckets, scale)
    by_group = {shift.group: shift for shift in shifted}
    quadrants = [
        quadrant.quadrant(
            name, [tile for tile in measured if tile.group == name], by_group.get(name)
        )
        for name in ("", *groups.values())
    ]
    return Scorecard(
        picked=picked,
        basis="revenue" if margin is None else "margin",
        says=tuple(_says(source, measured, shifted, waves, meaning, quadrants)),
        tables={
            "tiles": tables.tiles(tiles.with_targets(measured, targets)),
            "nps": tables.nps(waves),
            "cohorts": tables.cohorts(shifted),
            "quadrants": tables.quadrants(quadrants),
            "scores": tables.scores(meaning),
        },
        tiles=tiles.with_targets(measured, targets),
        shifts=shifted,
        waves=tuple(waves),
        meaning=meaning,
        quadrants=tuple(quadrants),
    )


def observed(source: Source, span: Span) -> list[Period]:
    """List the whole periods all of whose customers have been observed for 90 days."""
    as_of = source.trust.as_of
    return [
        period
        for period in whole_periods(source.company, span)
        if (as_of - period.last).days >= KEPT_DAYS
    ]


def _groups(trust: TrustFacts) -> dict[int | None, str]:
    """Return the largest groups with a name and enough customers."""
    sizes: dict[int, int] = {}
    cells = trust.cells
    for code, customers in zip(cells.grp.tolist(), cells.customers.tolist(), strict=True):
        sizes[code] = sizes.get(code, 0) + customers
    ranked = sorted(sizes, key=lambda code: (-sizes[code], code))
    named = [code for code in ranked if sizes[code] >= FEWEST and trust.groups[code]]
    return {code: trust.groups[code] for code in named[:MOST]}


def _margin(source: Source) -> float | None:
    """Return the measured margin of all time; None where no cost is known."""
    from ltvcli.analyses.review import period_ltv
    from ltvcli.analyses.review.timeline import Timeline

    if isinstance(source.company, SubscriberPeriods):
        return None
    every = Timeline(source.company, source.rows, resampled=False).all_time
    share = float(period_ltv.measured_margin(every)[0])
    return share if math.isfinite(share) else None


def _tiles(
    source: Source,
    code: int | None,
    name: str,
    picked: Chosen,
    known: Sequence[Period],
    costs: Costs,
    waves: Sequence[Wave],
) -> Iterator[ScoreTile]:
    """Yield the tiles of all customers or of a group, front first."""
    facts, rows, known_costs = source.company, source.rows, costs
    if code is not None:
        assert source.grouped is not None
        facts, rows = tiles.of_group(source.grouped, code), (0,)
        known_costs = tiles.costs_of(costs, source.by, name)
    reviewed = list(tiles.reviewed(facts, rows, picked, known_costs, name))
    yield from (tile for tile in reviewed if tile.side == "front")
    yield from (tile for tile in reviewed if tile.side == "trust")
    yield from tiles.retention(source.trust, code, name, known)
    yield from tiles.promoters([wave for wave in waves if wave.group == name], picked, name)


def _says(
    source: Source,
    measured: Sequence[ScoreTile],
    shifted: Sequence[CohortShift],
    waves: Sequence[Wave],
    meaning: ScoreMeaning | None,
    quadrants: Sequence[Quadrant],
) -> Iterator[Statement]:
    """Yield the statements: the contradiction where there is one, else the quadrant, then more."""
    subscribers = isinstance(source.company, SubscriberPeriods)
    first = scorched_earth.worst(shifted)
    burnt = [shift for shift in shifted if shift.scorched]
    if first is not None:
        yield Statement(
            label=sentences.SCORCHED, says=scorched_earth.scorched(first, subscribers=subscribers)
        )
        for shift in burnt:
            if shift is not first:
                yield Statement(
                    label=sentences.SCORCHED,
                    says=scorched_earth.scorched(shift, subscribers=subscribers),
                )
    yield Statement(label=N_("Balance"), says=sentences.of_quadrant(quadrants[0]))
    for shift in shifted:
        if not shift.group and not shift.scorched:
            yield Statement(label=N_("Cohorts"), says=sentences.of_shift(shift))
    company = [wave for wave in waves if not wave.group]
    if company:
        for sentence in sentences.of_wave(company[-1]):
            yield Statement(label=N_("NPS"), says=sentence)
        for wave in reversed(company[:-1]):
            if (left := sentences.left_since(wave)) is not None:
                yield Statement(label=N_("NPS"), says=left)
                break
    if source.survey is not None and meaning is None:
        yield Statement(
            label=N_("NPS"),
            says=Sentence(
                N_(
                    "Whether it predicts who stays is not known yet: that takes 30 promoters and "
                    "30 detractors, observed for 30 days."
                )
            ),
        )
    if meaning is not None:
        yield Statement(
            label=N_("NPS"), says=sentences.of_meaning(meaning, subscribers=subscribers)
        )
        yield Statement(label=N_("NPS"), says=sentences.of_value(meaning))
    yield from sentences.signals(measured)
