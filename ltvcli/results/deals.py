"""Properties of deals that a reader of their figures must know."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from ltvcli.results.sentences import Quantity
from ltvcli.units import Unit


class DealCopies(Struct, frozen=True, kw_only=True):
    """A deal that was exported several times, and not as the same.

    Attributes:
        deal: its ID.
        differ: copies that are won differ in customer, owner, day or commission.
        lost: a copy is not won.
        commission: of the last copy, which counts; None if it has none.
        least: commission of any copy that is won.
        most: commission of any copy that is won.
    """

    deal: str
    differ: bool
    lost: bool
    commission: Decimal | None
    least: Decimal | None
    most: Decimal | None


def money(amount: Decimal) -> Quantity:
    """Return an exact amount for a sentence."""
    return Quantity(float(amount), Unit.MONEY)


def names(deals: Sequence[str], most: int = 5) -> str:
    """Return the first IDs, and how many more there are.

    Args:
        deals: their IDs.
        most: that are named.

    >>> names(["D1", "D2"]), names(["D1", "D2", "D3"], 2)
    ('D1, D2', 'D1, D2 +1')
    """
    shown = ", ".join(deals[:most])
    return f"{shown} +{len(deals) - most}" if len(deals) > most else shown
