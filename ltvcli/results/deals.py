"""Deals: what a reader of their figures must know."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DealCopies:
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
