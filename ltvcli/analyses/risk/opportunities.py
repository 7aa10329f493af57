"""Opportunities: the next product, and customers who are likely to upgrade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.analyses.risk import buyers, next_products, opportunity_sentences, subscribers, watched
from ltvcli.analyses.risk.tables import tables
from ltvcli.analyses.risk.watched import Scored, Watched
from ltvcli.results import Row, Statement, interval_columns
from ltvcli.results.experiment import Range
from ltvcli.results.risk import (
    AHEAD,
    Expansion,
    NextProduct,
    Offer,
    ProductRecord,
)
from ltvcli.results.risk_record import Bin, Record, Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.moments import Subscribers
    from ltvcli.facts.products import FirstPurchases
    from ltvcli.facts.silences import Silences

    Floats = NDArray[np.float64]

TOP = 0.1
"""Share of the customers, the likeliest, who are shown."""


class Opportunities(Struct, frozen=True, kw_only=True):
    """The parts of the report; see `results.risk`."""

    verdict: Verdict
    says: tuple[Statement, ...]
    tables: Mapping[str, tuple[Row, ...]]
    customers: int
    moved: int
    records: tuple[Record, ...]
    bins: tuple[Bin, ...]
    next_products: tuple[NextProduct, ...] = ()
    product_record: ProductRecord | None = None
    offers: tuple[Offer, ...] = ()
    expansion: tuple[Expansion, ...] = ()


def of_orders(
    days: Sequence[date], moments: Sequence[Silences], purchases: FirstPurchases | None
) -> Opportunities:
    """Return which product comes next, and who is likely to spend more.

    Args:
        days: ascending, the last day of the data at the end.
        moments: customers on each.
        purchases: when they first bought what; None where no column names products.

    Raises:
        TooShortForCallsError: the data does not reach back far enough.
    """
    now = moments[-1]
    spent = now.recent_revenue[buyers.active(now)]
    expanding = _expanding(buyers.over_days(days, moments), spent)
    as_of = days[-1]
    if purchases is None or not len(purchases.customer):
        return _answer(expanding, has_orders=True)
    record = next_products.tested(purchases, as_of - timedelta(days=AHEAD))
    pairs, tried = next_products.pairs(purchases, as_of)
    is_shown = record is not None and _is_above(record.lift)
    shown = pairs if is_shown else ()
    return _answer(
        expanding,
        has_orders=True,
        products=_Products(
            pairs=shown,
            offers=next_products.offers(purchases, shown, as_of),
            record=record,
            tried=tried,
            passed=len(pairs),
        ),
    )


def of_subscribers(days: Sequence[date], moments: Sequence[Subscribers]) -> Opportunities:
    """Return the customers whose MRR is likely to grow.

    Args:
        days: ascending, the last day of the data at the end.
        moments: customers who paid on each.

    Raises:
        TooShortForCallsError: the data does not reach back far enough.
    """
    over = subscribers.over_days(days, moments, lambda moment: moment.later_mrr > moment.mrr)
    return _answer(_expanding(over, moments[-1].mrr), has_orders=False)


class _Expanding(Struct, frozen=True, kw_only=True):
    scored: Scored
    rows: tuple[Expansion, ...]


class _Products(Struct, frozen=True, kw_only=True):
    """Pairs that are shown, and how many were tested and passed.

    Attributes:
        pairs: that are shown.
        offers: of these to customers.
        record: on an earlier day; None where nothing was suggested.
        tried: pairs that were tested.
        passed: pairs beyond chance.
    """

    pairs: tuple[NextProduct, ...]
    offers: tuple[Offer, ...]
    record: ProductRecord | None
    tried: int
    passed: int


def _expanding(over: Watched, spent: Floats) -> _Expanding:
    """Score the customers of the last day, and show the likeliest tenth.

    Nobody is shown unless on an earlier day the top tenth moved up more often than all, beyond
    chance.

    Args:
        over: customers on several days.
        spent: what each customer of the last day spends now.
    """
    from msgspec.structs import replace

    def likeliest(chances: Sequence[Range], usual: float) -> list[int]:
        places = sorted(range(len(chances)), key=lambda place: (-chances[place].value, place))
        return [p for p in places[: round(TOP * len(places))] if chances[p].value > usual]

    scored = watched.score(over, likeliest)
    chosen = next((row for row in scored.records if row.chosen), None)
    if chosen is not None and not (chosen.lift and _is_above(chosen.lift)):
        records = tuple(replace(row, chosen=False) for row in scored.records)
        nothing = replace(scored, verdict=Verdict.NOTHING, records=records, bins=(), listed=())
        return _Expanding(scored=nothing, rows=())
    names = over.attributes.customers[over.day_of == len(over.days) - 1]
    rows = tuple(
        Expansion(
            customer=str(names[place]),
            chance=scored.chances[place],
            spent=float(spent[place]),
            because=because,
        )
        for place, because in zip(scored.listed, scored.because, strict=True)
    )
    return _Expanding(scored=scored, rows=rows)


def _is_above(lift: Range) -> bool:
    return lift.low is not None and lift.low > 1


def _answer(
    expanding: _Expanding, *, has_orders: bool, products: _Products | None = None
) -> Opportunities:
    scored = expanding.scored
    statements: list[Statement] = []
    if products is not None:
        statements += opportunity_sentences.of_products(
            products.pairs, products.record, products.tried, products.passed, len(products.offers)
        )
    elif has_orders:
        statements.append(opportunity_sentences.no_products())
    statements += opportunity_sentences.of_expansion(scored, expanding.rows, has_orders=has_orders)
    drawn = tables(scored.records, scored.bins, (), scored.groups)
    return Opportunities(
        verdict=scored.verdict,
        says=tuple(statements),
        tables={
            "next_products_record": _product_record(products.record) if products else (),
            "next_products": _pairs(products) if products else (),
            "offers": tuple(_offer(offer) for offer in products.offers) if products else (),
            "expansion_record": tuple(_record(row) for row in drawn["record"]),
            "expansion_rates": tuple(_record(row) for row in drawn["rates"]),
            "calibration": tuple(_record(row) for row in drawn["calibration"]),
            "expansion": tuple(_expansion(row) for row in expanding.rows),
        },
        customers=scored.customers,
        moved=scored.came,
        records=scored.records,
        bins=scored.bins,
        next_products=products.pairs if products else (),
        product_record=products.record if products else None,
        offers=products.offers if products else (),
        expansion=expanding.rows,
    )


def _record(row: Row) -> Row:
    """Return a row with the word for those who moved up in place of that for those who left."""
    return {("moved_up" if key == "left" else key): value for key, value in row.items()}


def _pairs(products: _Products) -> tuple[Row, ...]:
    open_to = next_products.open_to(products.offers)
    return tuple(
        {
            "product": pair.product,
            "next": pair.next,
            "customers": pair.customers,
            "bought": pair.bought,
            **interval_columns("share", pair.share),
            "usual": pair.usual,
            **interval_columns("lift", pair.lift),
            "p": pair.p,
            "p_holm": pair.p_holm,
            "offers": open_to.get((pair.product, pair.next), 0),
        }
        for pair in products.pairs
    )


def _product_record(record: ProductRecord | None) -> tuple[Row, ...]:
    if record is None:
        return ()
    row = {
        "cutoff": record.cutoff.isoformat(),
        "customers": record.customers,
        "suggested": record.suggested,
        "top": record.top,
        "bought": record.bought,
        "expected": record.expected,
        **interval_columns("lift_top_tenth", record.lift),
    }
    return (row,)


def _offer(offer: Offer) -> Row:
    return {
        "customer": offer.customer,
        "product": offer.product,
        "next": offer.next,
        "chance": offer.share.value,
        "low": offer.share.low,
        "high": offer.share.high,
    }


def _expansion(row: Expansion) -> Row:
    return {
        "customer": row.customer,
        "chance": row.chance.value,
        "low": row.chance.low,
        "high": row.chance.high,
        "spent": row.spent,
        "because": ", ".join(row.because),
    }
