"""The tables of a scorecard, for JSON and CSV."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.analyses.review.tables import compared
from ltvcli.results import Row, interval_columns
from ltvcli.results.scorecard import CohortShift, Quadrant, ScoreMeaning, ScoreTile, Wave


def tiles(measured: Sequence[ScoreTile]) -> tuple[Row, ...]:
    """Return the table `tiles`; `owner` is the owner, team or channel, null for all customers."""
    return tuple(
        {
            "side": tile.side,
            "tile": tile.figure,
            "owner": tile.group or None,
            "period": tile.period,
            **compared(tile),
            "source": tile.now.source,
        }
        for tile in measured
    )


def nps(waves: Sequence[Wave]) -> tuple[Row, ...]:
    """Return the table `nps`: the answers of each wave."""
    return tuple(
        {
            "wave": wave.name,
            "owner": wave.group or None,
            "promoters": wave.promoters,
            "passives": wave.passives,
            "detractors": wave.detractors,
            "nps": wave.nps.value,
            "low": wave.nps.low,
            "high": wave.nps.high,
            "response_rate": wave.response_rate,
            "customers": wave.customers,
            "left_since": wave.left,
            "left_among_answers": wave.left_answered,
        }
        for wave in waves
    )


def cohorts(shifts: Sequence[CohortShift]) -> tuple[Row, ...]:
    """Return the table `cohorts`: the last cohort of each group beside those before it."""
    return tuple(
        {
            "owner": shift.group or None,
            "cohort": shift.cohort,
            "base": shift.base,
            "customers": shift.customers,
            "usual_customers": shift.new.before,
            **interval_columns("customers_change", shift.new.change),
            "retention": shift.retention.now,
            "retention_before": shift.retention.before,
            **interval_columns("retention_change", shift.retention.change),
            "ltv": shift.ltv.now,
            "ltv_before": shift.ltv.before,
            **interval_columns("ltv_change", shift.ltv.change),
            "horizon": shift.horizon,
            "standardised": shift.standardised,
            **interval_columns("cost", shift.cost),
            "discounts": shift.discounts,
            "discounts_before": shift.discounts_before,
            "refunds": shift.refunds,
            "refunds_before": shift.refunds_before,
            "p": shift.p,
            "scorched_earth": shift.scorched,
        }
        for shift in shifts
    )


def quadrants(courses: Sequence[Quadrant]) -> tuple[Row, ...]:
    """Return the table `quadrants`: which way front and trust go."""
    return tuple(
        {
            "owner": quadrant.group or None,
            "front": quadrant.front.name.lower(),
            "trust": quadrant.trust.name.lower(),
        }
        for quadrant in courses
    )


def scores(meaning: ScoreMeaning | None) -> tuple[Row, ...]:
    """Return the table `scores`: retention and value after the first answer, by its score."""
    if meaning is None:
        return ()
    return tuple(
        {
            "group": group.name,
            "days": meaning.days,
            "customers": group.customers,
            **interval_columns("kept", group.kept),
            "p_kept": group.p_kept,
            **interval_columns("worth", group.value),
            "p_worth": group.p_value,
        }
        for group in meaning.groups
    )
