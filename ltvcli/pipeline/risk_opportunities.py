"""Opportunities to sell more: the steps of `ltv risk --opportunities`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__, customer_ids
from ltvcli.language import N_
from ltvcli.pipeline import load, report, risk_calls
from ltvcli.pipeline.steps import Step
from ltvcli.results import Sentence
from ltvcli.results.risk import AHEAD, RiskReport
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.analyses.risk.opportunities import Opportunities
    from ltvcli.pipeline.load import Loaded


def run(
    inputs: Sequence[Any],
    settings: Settings,
    step: Step,
    *,
    plain_ids: bool,
    rejects: Path | None = None,
) -> RiskReport:
    """Find the next product of customers, and who is likely to move up.

    Args:
        inputs: paths, globs, "-" or pandas data frames of orders or subscriptions.
        settings: what was given.
        step: called with the name of each step as it begins.
        plain_ids: show IDs as they are, not hashes of them.
        rejects: where to write the rows that were excluded.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.risk import models

    models.require()
    with load.load(inputs, settings, rejects, step, command="risk", by="product") as loaded:
        step(N_("Learning, and looking back"))
        key = None if plain_ids else risk_calls.ids_key(loaded, settings)
        answered = _of_orders(loaded) if loaded.kind == "orders" else _of_subscribers(loaded)
        reading, kind = loaded.reading, loaded.kind
    return report.with_findings(
        settings,
        RiskReport(
            command="risk",
            version=__version__,
            as_of=reading.as_of,
            currency=reading.currency,
            inputs=reading.inputs,
            given=report.given_settings(settings, set(risk_calls.SETTINGS) - {"margin"}),
            says=answered.says,
            terms=(*_terms(kind), customer_ids.term(settings, plain=plain_ids)),
            main="next_products" if answered.next_products else "expansion",
            tables=risk_calls.hidden(answered.tables, key),
            verdict=answered.verdict,
            customers=answered.customers,
            left=answered.moved,
            records=answered.records,
            bins=answered.bins,
            next_products=answered.next_products,
            product_record=answered.product_record,
            offers=answered.offers,
            expansion=answered.expansion,
        ),
    )


def _terms(kind: str) -> tuple[Sentence, ...]:
    days = {"days": AHEAD}
    if kind != "orders":
        return (Sentence(N_("moved up: a higher MRR {days} days later"), days),)
    return (
        Sentence(N_("next product: first bought within {days} days after the first order"), days),
        Sentence(
            N_("moved up: spent 20% more in {days} days than in those before, and than on average"),
            days,
        ),
    )


def _of_orders(loaded: Loaded[Any]) -> Opportunities:
    from ltvcli.analyses.risk import opportunities
    from ltvcli.facts import products, silences

    engine, as_of = loaded.engine, loaded.reading.as_of
    days = [*risk_calls.earlier(as_of), as_of]
    known = [silences.gather(engine, day, AHEAD) for day in days]
    purchases = products.gather(engine, as_of) if loaded.by_segment else None
    return opportunities.of_orders(days, known, purchases)


def _of_subscribers(loaded: Loaded[Any]) -> Opportunities:
    from ltvcli.analyses.risk import opportunities

    days = [*risk_calls.earlier(loaded.reading.as_of), loaded.reading.as_of]
    return opportunities.of_subscribers(days, risk_calls.subscribers(loaded.engine, days))
