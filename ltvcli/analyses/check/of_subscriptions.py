"""Figures of every month of subscriptions that are counted in full, and retention."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from ltvcli.analyses.benchmark import retention
from ltvcli.analyses.check.monthly import Monthly
from ltvcli.analyses.mrr import answer as mrr
from ltvcli.formulas import periods
from ltvcli.results import Estimate, Source

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine
    from ltvcli.results.mrr import Month

RETAINED = ("logo_churn", "nrr", "grr")
AnyValue = TypeVar("AnyValue")


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
        "subscribers": tuple(_exact(month.customers_closing) for month in months),
        "arpu": tuple(_exact(month.arpu) for month in months),
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


def joined(counted: Monthly, valued: Monthly) -> Monthly:
    """Join value per customer with counts; months are those of the counts.

    Args:
        counted: of `monthly`.
        valued: of the same customers, of `of_periods.monthly`.
    """
    places = {month: place for place, month in enumerate(valued.months)}

    def aligned(series: tuple[AnyValue | None, ...]) -> tuple[AnyValue | None, ...]:
        return tuple(series[places[month]] if month in places else None for month in counted.months)

    values = {figure: aligned(series) for figure, series in valued.values.items()}
    return replace(
        valued,
        months=counted.months,
        values=values | dict(counted.values),
        charted={figure: aligned(series) for figure, series in valued.charted.items()},
        beyond={figure: aligned(series) for figure, series in valued.beyond.items()},
        worth=dict(valued.worth) | dict(counted.worth),
    )


def _retained(engine: Engine, month: Month, first: date | None) -> dict[str, Estimate]:
    last = periods.of("month", month.month).last
    return dict(retention.between(engine, month.month - timedelta(days=1), last, first))


def _exact(value: float | None) -> Estimate | None:
    return None if value is None else Estimate(value=float(value), source=Source.MEASURED)


def _worth(month: Month) -> Iterator[tuple[str, float]]:
    """Yield the money that one unit of each figure is worth: the MRR of a month."""
    yield from (("mrr", 1.0), ("arpu", float(month.customers_closing)))
    yield from (("logo_churn", -month.opening), ("nrr", month.opening), ("grr", month.opening))
    if month.arpu is not None:
        yield "subscribers", month.arpu
