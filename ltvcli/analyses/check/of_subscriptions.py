"""Figures of every month of subscriptions, in total or by plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ltvcli.analyses.benchmark import retention
from ltvcli.analyses.check.monthly import Monthly
from ltvcli.analyses.mrr import answer as mrr
from ltvcli.formulas import periods
from ltvcli.results import Estimate, Source

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine
    from ltvcli.results.mrr import Month, PlanMonth

RETAINED = ("logo_churn", "nrr", "grr")


def monthly(engine: Engine, as_of: date, first: date | None, named: Collection[str]) -> Monthly:
    """Measure the named figures of all customers in every whole month.

    Retention is that of the customers who paid at the end of the month before.

    Args:
        engine: holds the subscriptions, as `facts.subscriptions.gather` left it.
        as_of: cut-off date of the data.
        first: first day of the data.
        named: figures that rules name.
    """
    months = [month for month in mrr.answer(engine, as_of) if month.complete]
    values: dict[str, tuple[Estimate | None, ...]] = {
        "mrr": tuple(_exact(month.closing) for month in months),
        "customers": tuple(_exact(month.customers_closing) for month in months),
        "arpu": tuple(_exact(month.arpu) for month in months),
        "new_customers": tuple(_exact(month.customers_new) for month in months),
    }
    if any(figure in RETAINED for figure in named):
        kept = [_retained(engine, month, first) for month in months]
        values |= {figure: tuple(month.get(figure) for month in kept) for figure in RETAINED}
    return Monthly(
        segment="",
        months=tuple(periods.of("month", month.month) for month in months),
        values={figure: series for figure, series in values.items() if figure in named},
        worth=dict(_worth(months[-1])) if months else {},
    )


def by_plan(engine: Engine, as_of: date, named: Collection[str]) -> tuple[Monthly, ...]:
    """Measure MRR, paying customers and ARPU of each plan in every whole month, largest first.

    A plan has the months from its first customer on.

    Args:
        engine: holds the subscriptions, as `facts.subscriptions.gather` left it.
        as_of: cut-off date of the data.
        named: figures that rules name.
    """
    plans: dict[str, list[PlanMonth]] = {}
    for month in mrr.by_plan(engine, as_of):
        if month.complete and month.plan is not None:
            plans.setdefault(month.plan, []).append(month)
    ranked = sorted(plans, key=lambda plan: (-plans[plan][-1].closing, plan))
    return tuple(_of_plan(plan, plans[plan], named) for plan in ranked)


def _of_plan(plan: str, months: Sequence[PlanMonth], named: Collection[str]) -> Monthly:
    values = {
        "mrr": tuple(_exact(month.closing) for month in months),
        "customers": tuple(_exact(month.customers_closing) for month in months),
        "arpu": tuple(
            _exact(month.closing / month.customers_closing) if month.customers_closing else None
            for month in months
        ),
    }
    return Monthly(
        segment=plan,
        months=tuple(periods.of("month", month.month) for month in months),
        values={figure: series for figure, series in values.items() if figure in named},
        worth={"mrr": 1.0, "arpu": float(months[-1].customers_closing)},
    )


def _retained(engine: Engine, month: Month, first: date | None) -> dict[str, Estimate]:
    last = periods.of("month", month.month).last
    return dict(retention.between(engine, month.month - timedelta(days=1), last, first))


def _exact(value: float | None) -> Estimate | None:
    return None if value is None else Estimate(value=float(value), source=Source.MEASURED)


def _worth(month: Month) -> Iterator[tuple[str, float]]:
    """Yield by figure what one unit of it is worth: MRR of a month."""
    yield from (("mrr", 1.0), ("arpu", float(month.customers_closing)))
    yield from (("logo_churn", -month.opening), ("nrr", month.opening), ("grr", month.opening))
    if month.arpu is not None:
        yield from (("customers", month.arpu), ("new_customers", month.arpu))
