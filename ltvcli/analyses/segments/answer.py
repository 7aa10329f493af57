"""Segments: value, concentration of revenue, and unprofitable customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.analyses.segments import comparison, concentration, tables, unprofitable
from ltvcli.analyses.segments import customer_sentences as people
from ltvcli.analyses.segments import sentences as words
from ltvcli.analyses.valuation.estimates import point
from ltvcli.results import Row, Sentence, Statement
from ltvcli.results.segments import Concentration, Losses, Segment

if TYPE_CHECKING:
    from ltvcli.analyses.segments.comparison import Segmented
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.settings.settings import Settings


class Segments(Struct, frozen=True, kw_only=True):
    """The answer: sentences, tables, and evidence for checks."""

    horizon: int
    basis: str
    says: tuple[Statement, ...]
    terms: tuple[Sentence, ...]
    tables: Mapping[str, tuple[Row, ...]]
    segments: tuple[Segment, ...]
    concentration: Concentration
    losses: Losses | None


def answer(
    engine: Engine,
    facts: Facts | Subscriptions,
    settings: Settings,
    acquisition: Acquisition | None = None,
    *,
    losses: bool,
    columns: Sequence[str] = (),
    listed: bool = False,
) -> Segments:
    """Value each segment, compare it with all others, and analyse single customers.

    Args:
        engine: from which `facts` were gathered; with costs, if `losses` are requested.
        facts: sums over orders or subscriptions, by segment.
        settings: as given.
        acquisition: CAC from spend, if spend was read; a given CAC comes first.
        losses: find unprofitable customers.
        columns: of the export, by which customers could be segmented.
        listed: list these customers.

    Raises:
        UsageError: given numbers cannot be used.
        UnansweredError: the requested horizon is beyond the data.
    """
    given = comparison.given_for_all(settings)
    with ThreadPoolExecutor(1) as thread:  # the engine adds up while segments are compared
        sums = thread.submit(concentration.gather, engine, facts)
        segmented = comparison.answer(settings, facts, acquisition)
    leaning = concentration.answer(sums.result(), segmented.everyone, given)
    costs = _costs(segmented, facts, settings, given, acquisition) if losses else None
    below = unprofitable.answer(engine, segmented, costs) if costs else None
    is_margin = "margin" in given or "margin" in segmented.everyone.measured.values
    basis = "margin" if is_margin else "revenue"
    shown = segmented.segments if settings.by else ()
    says = [Statement(says=words.headline(shown, leaning))]
    if shown:
        says += words.differing_segments(shown)
        says += words.costs(shown, acquisition)
        says += words.spend_sentences(shown, segmented.horizon, basis)
        says += words.undefined(shown)
    says += people.concentration_sentences(leaning, in_headline=not shown)
    if below:
        says += people.losses(below)
        says += people.cac_sentences(shown, acquisition)
    if not shown:
        says += words.suggested_columns(columns)
    rows: dict[str, tuple[Row, ...]] = {}
    if shown:
        rows["segments"] = tables.segments(shown)
    if acquisition:
        rows["acquisition"] = acquisition.by_month
    rows["concentration"] = concentration.table(leaning)
    if below:
        rows["minus"] = tables.unprofitable(below)
    if below and listed:
        rows["minus_customers"] = unprofitable.listed(engine, segmented)
    return Segments(
        horizon=segmented.horizon,
        basis=basis,
        says=tuple(says),
        terms=words.terms(
            settings.by,
            basis,
            segmented.horizon,
            segmented.shortened,
            settings.discount,
            facts.as_of,
        ),
        tables=rows,
        segments=shown,
        concentration=leaning,
        losses=below,
    )


def _costs(
    segmented: Segmented,
    facts: Facts | Subscriptions,
    settings: Settings,
    given: Mapping[str, float],
    acquisition: Acquisition | None,
) -> unprofitable.Costs:
    """Return the costs that are deducted from the revenue of each customer.

    If spend is not known by segment, all customers have the same CAC.
    """
    cac = [segment.cac.value if segment.cac else None for segment in segmented.segments]
    if acquisition and acquisition.blended and not any(cac):
        cac = [acquisition.blended.value] * len(cac)
    return unprofitable.Costs(
        margin=point(segmented.everyone.inputs["margin"]),
        margin_given="margin" in given,
        serve=settings.serve_rate or 0.0,
        cac={code: cac[segmented.places[code]] for code in range(len(facts.segments))},
    )
