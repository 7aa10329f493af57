"""Segments of customers: their names, and exact sums of each.

| values of two columns | name of the segment |
| web, JP               | web · JP            |
| web, unknown          | web · –             |
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.errors import TooManySegmentsError
from ltvcli.units import Money

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine

SEPARATOR = "\x1f"
"""Separates the values of several columns that make up one segment."""
JOINED = " · "
NOTHING = "–"
MOST_SEGMENTS = 10_000


class Totals(Struct, frozen=True, kw_only=True):
    """Exact sums over the customers of one segment; `first` is None where none has an order."""

    customers: int
    orders: int
    net_revenue: Decimal
    first: date | None
    largest_customer_revenue: Money


def segment_names(engine: Engine, query: str) -> tuple[str, ...]:
    """Assign customers to segments by a query, and return the names of these by code.

    Raises:
        TooManySegmentsError: there are more than can be compared.
    """
    names = engine.columns(query)
    if len(names["segment"]) > MOST_SEGMENTS:
        raise TooManySegmentsError(count=len(names["segment"]), most=MOST_SEGMENTS)
    return tuple(map(_name, names["segment"], names["further"]))


def _name(first: str, further: str) -> str:
    r"""Return the name of a segment: the values that are known of it.

    >>> _name("web\x1f\x1f", "\x1fJP\x1f")
    'web · JP · –'
    """
    both = zip_longest(first.split(SEPARATOR), further.split(SEPARATOR), fillvalue="")
    values = [value or further_value for value, further_value in both]
    return JOINED.join(value or NOTHING for value in values) if any(values) else ""


def segment_totals(
    engine: Engine, total: Mapping[str, Any], by_segment: bool
) -> tuple[Totals, ...]:
    """Return the sums of each segment, by code.

    Args:
        engine: holds `customers`, with the codes of their segments.
        total: sums of all customers.
        by_segment: whether there are segments; else all customers are one.
    """
    if not by_segment:
        values = {name: total[name] for name in Totals.__struct_fields__}
        values["largest_customer_revenue"] = float(values["largest_customer_revenue"])
        return (Totals(**values),)
    columns = {
        key: values.tolist()
        for key, values in engine.columns("facts/orders/segment_totals").items()
    }
    columns["net_revenue"] = [Decimal(text) for text in columns["net_revenue"]]
    rows = zip(*columns.values(), strict=True)
    return tuple(Totals(**dict(zip(columns, row, strict=True))) for row in rows)
