"""The value of cohorts, and the trend from older to newer ones."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from ltvcli.analyses.cohorts import (
    conversion,
    left_truncation,
    recurring,
    sentences,
    triangle,
)
from ltvcli.analyses.cohorts import (
    tables as cohort_tables,
)
from ltvcli.analyses.cohorts import (
    terms as cohort_terms,
)
from ltvcli.analyses.cohorts import (
    trend as cohort_trend,
)
from ltvcli.analyses.cohorts.triangle import Cells
from ltvcli.analyses.valuation.by_age import longest_observed
from ltvcli.choices import SUBSCRIPTIONS_METRIC, Metric, Period
from ltvcli.errors import InternalError, SubscriptionsMetricError
from ltvcli.facts import orders as order_facts
from ltvcli.formulas.bands import ENOUGH_CUSTOMERS
from ltvcli.results import Estimate, Row, Sentence, Statement
from ltvcli.results.cohorts import CohortEvidence, Conversion
from ltvcli.units import Rate, month_index, monthly_from_yearly

if TYPE_CHECKING:
    from ltvcli.analyses.cohorts.recurring import Closing
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.results.left_truncation import LeftTruncation
    from ltvcli.settings.assumptions import Assumptions


class Cohorts(Struct, frozen=True, kw_only=True):
    """The answer: sentences, tables, and evidence for checks."""

    horizon: int
    basis: str
    says: tuple[Statement, ...]
    terms: tuple[Sentence, ...]
    tables: Mapping[str, tuple[Row, ...]]
    figures: Conversion
    evidence: CohortEvidence
    left_truncation: LeftTruncation | None


def answer(
    engine: Engine,
    facts: Facts | Subscriptions,
    settings: Assumptions,
    by: Period,
    metric: Metric,
    acquisition: Acquisition | None = None,
) -> Cohorts:
    """Analyse each cohort from its first orders or its first paid days on.

    Args:
        engine: from which `facts` were gathered.
        facts: sums over orders or subscriptions.
        settings: margin, cac, discount, retention_cost.
        by: length of the period in which the customers of a cohort were acquired.
        metric: to show at each age; `cohorts` has the value to date in any case.
        acquisition: CAC by month, if spend was read; a given CAC comes first.

    Raises:
        UsageError: there is no such metric of orders, or of subscriptions.
        UnansweredError: nobody paid, or the start dates of customers are not known.
        InternalError: the cohorts do not add up to the input, to the cent.
    """
    subscribed = None if isinstance(facts, order_facts.Facts) else facts
    if subscribed:
        recurring.refuse_unknown(subscribed, metric, settings)
    elif metric == SUBSCRIPTIONS_METRIC:
        raise SubscriptionsMetricError(metric=metric)
    cells = _cells(engine, facts, by, metric, settings.margin)
    revenue = _revenue(engine.columns("cohorts/sums"), cells, facts.net_revenue, facts.orders)
    closings = recurring.closings(engine, subscribed, cells) if subscribed else []
    discount = monthly_from_yearly(settings.discount or 0.0)
    truncation = left_truncation.find_in_orders(facts, settings)
    skipped = 0
    if truncation and truncation.old:
        since = month_index(truncation.since)
        skipped = int((cells.months < since).sum())
    trend = cohort_trend.compare(cells, metric, discount, skipped)
    acquisition = None if settings.cac is not None else acquisition
    costs = cohort_tables.costs(cells, settings.cac, acquisition)
    figures, returned = Conversion(), [Conversion()] * len(cells.months)
    if not subscribed:
        counts = order_facts.conversions(engine, facts.as_of)
        returned = conversion.by_cohort(counts, cells.months, cells.span)
        figures = conversion.of_all(counts)
    rows = cohort_tables.cohorts(cells, revenue, costs, returned, discount, facts.as_of, closings)
    horizon = longest_observed(facts.observed, facts.customers)
    evidence = _evidence(cells, facts, settings, costs, closings)
    return Cohorts(
        horizon=horizon,
        basis=cells.basis,
        says=sentences.statements(metric, cells.basis, trend, rows, figures, evidence, acquisition),
        terms=cohort_terms.terms(
            by,
            metric,
            cells.basis,
            settings.discount,
            settings.cac,
            facts.as_of,
            subscribed=subscribed is not None,
        ),
        tables={
            "cohorts": rows,
            "triangle": cohort_tables.triangle(cells, metric, discount),
            "by_age": cohort_tables.by_age(cells, metric, discount, horizon),
            "trend": cohort_tables.trend(trend),
            **({"acquisition": acquisition.by_month} if acquisition else {}),
        },
        figures=figures,
        evidence=evidence,
        left_truncation=truncation,
    )


def _cells(
    engine: Engine,
    facts: Facts | Subscriptions,
    by: Period,
    metric: Metric,
    margin: Rate | None,
) -> Cells:
    """Sum facts by cohort; active customers and opening MRR only if the metric needs them."""
    buyers = opening = None
    if metric == "retention":
        is_orders = isinstance(facts, order_facts.Facts)
        name = "cohorts/active_customers" if is_orders else "cohorts/paying_customers"
        buyers = engine.columns(name)
    elif metric == SUBSCRIPTIONS_METRIC:
        opening = engine.columns("cohorts/opening_mrr")
    return triangle.of(facts, buyers, by, margin, opening=opening)


def _revenue(
    sums: Mapping[str, Any], cells: Cells, net_revenue: Decimal, orders: int
) -> list[Decimal]:
    """Return the exact revenue of each cohort."""
    revenue = [Decimal(0)] * len(cells.months)
    for month, text in zip(sums["cohort"].tolist(), sums["revenue"].tolist(), strict=True):
        revenue[int(np.searchsorted(cells.months, month, side="right")) - 1] += Decimal(text)
    if sum(revenue) != net_revenue or sums["orders"].sum() != orders:
        raise InternalError(what=f"cohorts bring {sum(revenue)}, the input {net_revenue}")
    return revenue


def _evidence(
    cells: Cells,
    facts: Facts | Subscriptions,
    settings: Assumptions,
    costs: Sequence[Estimate | None],
    closings: Sequence[Closing],
) -> CohortEvidence:
    customers = cells.customers[:-1, 0]
    last = int(facts.observed.cohort.max())
    until = month_index(facts.as_of)
    over = facts.as_of.day == monthrange(facts.as_of.year, facts.as_of.month)[1]
    return CohortEvidence(
        cohorts=int((customers > 0).sum()),
        small=int(((customers > 0) & (customers < ENOUGH_CUSTOMERS)).sum()),
        customers=facts.customers,
        revenue=float(facts.net_revenue),
        unfinished=round(float(cells.unfinished[-1].sum()), cohort_tables.DECIMALS),
        cac_known=any(estimate is not None for estimate in costs),
        months_since_new=until - last - (not over),
        retention_cost=settings.retention_cost,
        mrr=float(sum(closing.mrr for closing in closings)) if closings else None,
        paying=sum(closing.customers for closing in closings) if closings else None,
    )
