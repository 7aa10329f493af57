"""Purchases of customers, and the models fitted to them: what a prediction is computed from."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.predict import backtest, reissued_ids
from ltvcli.analyses.predict.backtest import Holdout
from ltvcli.analyses.predict.forecasts import DAYS, Outlook, outlook
from ltvcli.errors import NobodyReturnsError
from ltvcli.facts import purchases as records_of
from ltvcli.facts.engine import leaving_a_core
from ltvcli.stats.numerics import array_memory
from ltvcli.stats.numerics.reproducible_sum import dot

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.purchases import FirstPurchases, Standing, Weeks
    from ltvcli.results.prediction import ReissuedIds

LEAST_REPEATS = 10
"""Purchases after the first, below which no model is fitted."""


class Measured(Struct, frozen=True, kw_only=True):
    """The purchases of customers, and the models fitted to them.

    `share` of all customers is in the sample. `past` are purchases by week, `firsts` first ones,
    `standing` all customers by record, with `repeats` purchases after the first. `seen` are the
    forecasts of today, `holdouts` those of the backtest, newest first.
    """

    share: float
    past: Weeks
    standing: Standing
    firsts: FirstPurchases
    reissued_ids: ReissuedIds | None
    repeats: float
    seen: Outlook
    holdouts: tuple[Holdout, ...]


def measure(engine: Engine, facts: Facts, days: int) -> Measured:
    """Gather the purchases of customers, and fit the models to them.

    Models are fitted while the engine computes. What they need comes first; what does not depend
    on them is asked before any result, so that a script has it, too.

    Args:
        engine: from which `facts` were gathered.
        facts: sums over orders.
        days: of the horizon.

    Raises:
        NobodyReturnsError: too few customers bought again.
    """
    share = records_of.sample(engine, facts)
    past = records_of.weeks(engine, facts, share)
    array_memory.keep_freed()
    with ThreadPoolExecutor(1) as threads:
        held_out = backtest.begin(engine, facts, past, days, threads)
        with leaving_a_core(engine):
            standing = records_of.customer_records(engine, facts)
            cells, spend = backtest.records(
                np.arange(len(standing.frequency)),
                standing.frequency,
                standing.span_days,
                standing.age_days,
                standing.customers,
                standing.spend,
            )
            spends = records_of.spends(engine)
            today = threads.submit(
                outlook, facts.as_of, days / DAYS, cells, spend, past, 0, spends, 1 / share
            )
            firsts = records_of.first_purchases(engine, facts)
            reissued = reissued_ids.find(engine, facts)
            repeats = dot(cells.weight, cells.frequency)
            if repeats < LEAST_REPEATS:
                raise NobodyReturnsError(repeats=round(repeats), enough=LEAST_REPEATS)
        return Measured(
            share=share,
            past=past,
            standing=standing,
            firsts=firsts,
            reissued_ids=reissued,
            repeats=repeats,
            seen=today.result(),
            holdouts=held_out.result(),
        )
