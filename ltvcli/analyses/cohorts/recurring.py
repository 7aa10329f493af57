"""Cohorts of subscribers: refused metrics, and their MRR at the end."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from ltvcli.analyses.valuation.given import refuse_what_takes_orders
from ltvcli.choices import ORDERS_METRIC, Metric
from ltvcli.errors import InternalError, NobodyPaidError, OrdersMetricError, UndatedCohortsError
from ltvcli.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from ltvcli.analyses.cohorts.triangle import Cells
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.settings.assumptions import Assumptions

    Columns = Mapping[str, Any]


class Closing(Struct, frozen=True, kw_only=True):
    """Customers of a cohort who pay at the end of the cut-off date, and their MRR."""

    customers: int
    mrr: Decimal


def refuse_unknown(facts: Subscriptions, metric: Metric, settings: Assumptions) -> None:
    """Refuse metrics and options that subscriptions do not have.

    Args:
        facts: sums over subscriptions.
        metric: as requested.
        settings: as given.

    Raises:
        TakesOrdersError: an option that does not apply to subscriptions was typed.
        OrdersMetricError: the metric counts orders.
        NobodyPaidError: there is no customer.
        UndatedCohortsError: the file has lifetimes of customers, but not their start dates.
    """
    refuse_what_takes_orders(settings)
    if metric == ORDERS_METRIC:
        raise OrdersMetricError(metric=metric)
    if not facts.customers:
        raise NobodyPaidError(as_of=facts.as_of.isoformat())
    if not facts.dated:
        raise UndatedCohortsError


def closings(engine: Engine, facts: Subscriptions, cells: Cells) -> list[Closing]:
    """Return paying customers and MRR at the end of the cut-off date, by cohort.

    Args:
        engine: from which `facts` were gathered.
        facts: sums over subscriptions.
        cells: sums of cohorts.

    Raises:
        InternalError: the cohorts do not add up to the MRR of all subscriptions, to the last digit.
    """
    columns = engine.columns("cohorts/closing_mrr", {"as_of": facts.as_of})
    rows = zip(*(columns[key].tolist() for key in ("cohort", "paying", "yearly")), strict=True)
    yearly = [Decimal(0)] * len(cells.months)
    customers = [0] * len(cells.months)
    for month, paying, text in rows:
        row = int(np.searchsorted(cells.months, month, side="right")) - 1
        yearly[row] += Decimal(text)
        customers[row] += paying
    total = engine.row("cohorts/closing_total", {"as_of": facts.as_of})["yearly"]
    if sum(yearly) != total:
        raise InternalError(what=f"the MRR of cohorts misses {total} a year")
    return [
        Closing(customers=paying, mrr=each / MONTHS_PER_YEAR)
        for paying, each in zip(customers, yearly, strict=True)
    ]
