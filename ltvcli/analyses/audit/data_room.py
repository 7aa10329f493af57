"""Claims compared with the data room, figure by figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from ltvcli.analyses.audit.claims import Pitch
from ltvcli.analyses.audit.interval_arithmetic import bounded, meet, of
from ltvcli.analyses.audit.measured import Measured
from ltvcli.language import N_
from ltvcli.results import InputFile, Row, Statement, Verdict
from ltvcli.results.audit import CLAIMS, Claim, Compared

DATA = {"margin": N_("Data room"), "revenue": N_("Data room, in revenue")}


class Room(Struct, frozen=True, kw_only=True):
    """The files of the data room, their figures, and the comparison with the claims."""

    inputs: tuple[InputFile, ...] = ()
    as_of: date | None = None
    currency: str | None = None
    measured: tuple[Measured, ...] = ()
    compared: tuple[Compared, ...] = ()
    says: tuple[Statement, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the comparison as rows of the table of claims."""
        return tuple(
            {
                "claim": row.claim,
                "unit": CLAIMS[row.claim].measure,
                "claimed": row.claimed,
                "recomputed": row.value,
                "recomputed_low": row.low,
                "recomputed_high": row.high,
                "source": row.source,
                "agrees": row.agrees,
                "horizon": row.horizon,
                "support": row.support,
            }
            for row in self.compared
        )


def joined(pitch: Pitch, rooms: Sequence[Room]) -> Room:
    """Combine the rooms of orders and of subscriptions, and compare the claims with both."""
    days = [room.as_of for room in rooms if room.as_of]
    return Room(
        inputs=tuple(file for room in rooms for file in room.inputs),
        as_of=max(days, default=None),
        currency=next((room.currency for room in rooms if room.currency), None),
        compared=compared(pitch, [figure for room in rooms for figure in room.measured]),
        says=tuple(says for room in rooms for says in room.says),
    )


def compared(pitch: Pitch, figures: Iterable[Measured]) -> tuple[Compared, ...]:
    """Compare every claim with the same figure of the data, in the order of CLAIMS.

    A claim agrees if the values that are rounded to it overlap the 95% interval of an observed
    figure, or include the measured number where nothing is estimated. A claim that agrees only with
    a formula or a model neither agrees nor disagrees: the data does not support it.
    """
    by_claim: dict[str, list[Measured]] = {}
    for figure in figures:
        by_claim.setdefault(figure.claim, []).append(figure)
    return tuple(
        _compared(key, pitch.claims[key], by_claim[key])
        for key in CLAIMS
        if key in pitch.claims and key in by_claim
    )


def _compared(key: str, claim: Claim, ways: Sequence[Measured]) -> Compared:
    near = [way for way in ways if meet(of(claim), way.span)]
    same = next((way for way in near if not way.by_formula and not way.open), None)
    formula = None if same else next((way for way in near if way.by_formula), None)
    undecided = formula is not None or any(way.open for way in near)
    shown = same or next((way for way in ways if not way.by_formula), ways[0])
    return Compared(
        claim=key,
        source=shown.source,
        claimed=claim.value,
        value=bounded(shown.span.value),
        low=bounded(shown.span.low) if shown.estimated else None,
        high=bounded(shown.span.high) if shown.estimated else None,
        agrees=True if same else None if undecided else False,
        horizon=shown.horizon,
        formula=formula.source if formula else "",
        by_formula=bounded(formula.span.value) if formula else None,
    )


def statement(basis: str, verdict: Verdict) -> Statement:
    """Describe LTV/CAC by the data; without a known margin, LTV is revenue."""
    return Statement(
        label=DATA[basis],
        says=verdict.says,
        grade=verdict.grade,
        upper_bound=verdict.upper_bound,
    )
