"""What segments are worth, on whom revenue leans and who costs more than they bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The answer: sentences, tables, and what checks look at."""

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
    """Value each segment, hold it against the others, and look at single customers.

    Args:
        engine: what `facts` were gathered from; with costs, if `losses` are asked for.
        facts: sums over orders or subscriptions, by segment.
        settings: what was given.
        acquisition: what new customers cost, where spend was read; a given CAC beats it.
        losses: look for unprofitable customers.
        columns: of the export, that customers could be told apart by.
        listed: list these customers.

    Raises:
        UsageError: given numbers cannot be used.
        UnansweredError: the horizon asked for is past the data.
    """
    said = comparison.given_for_all(settings)
    found = comparison.answer(settings, facts, acquisition)
    leaning = concentration.answer(engine, found.whole, said)
    costs = _costs(found, facts, settings, said, acquisition) if losses else None
    below = unprofitable.answer(engine, found, costs) if costs else None
    is_margin = "margin" in said or "margin" in found.whole.measured.values
    basis = "margin" if is_margin else "revenue"
    told = found.segments if settings.by else ()
    says = [Statement(says=words.headline(told, leaning))]
    if told:
        says += words.standing(told)
        says += words.costs(told, acquisition)
        says += words.budget(told, found.horizon, basis)
        says += words.undefined(told)
    says += people.leaning(leaning, said=not told)
    if below:
        says += people.losses(below)
        says += people.charged(told, acquisition)
    if not told:
        says += words.askable(columns)
    rows: dict[str, tuple[Row, ...]] = {}
    if told:
        rows["segments"] = tables.segments(told)
    if acquisition:
        rows["acquisition"] = acquisition.by_month
    rows["concentration"] = concentration.table(leaning)
    if below:
        rows["minus"] = tables.unprofitable(below)
    if below and listed:
        rows["minus_customers"] = unprofitable.listed(engine, found)
    return Segments(
        horizon=found.horizon,
        basis=basis,
        says=tuple(says),
        terms=words.terms(
            settings.by,
            basis,
            found.horizon,
            found.shortened,
            settings.discount,
            facts.as_of,
        ),
        tables=rows,
        segments=told,
        concentration=leaning,
        losses=below,
    )


def _costs(
    segmented: Segmented,
    facts: Facts | Subscriptions,
    settings: Settings,
    said: Mapping[str, float],
    acquisition: Acquisition | None,
) -> unprofitable.Costs:
    """Settle what is taken off the revenue of each customer.

    Where spend cannot be told apart by segment, everyone is charged the same.
    """
    cac = [segment.cac.value if segment.cac else None for segment in segmented.segments]
    if acquisition and acquisition.blended and not any(cac):
        cac = [acquisition.blended.value] * len(cac)
    return unprofitable.Costs(
        margin=point(segmented.whole.inputs["margin"]),
        margin_given="margin" in said,
        serve=settings.serve_rate or 0.0,
        cac={code: cac[segmented.places[code]] for code in range(len(facts.segments))},
    )
