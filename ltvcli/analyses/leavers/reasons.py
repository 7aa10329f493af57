"""A reason for leaving, and the revenue lost to it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class Reason(Struct, frozen=True, kw_only=True):
    """A reason: customers of both periods, and the monthly revenue of those of the later one."""

    stated: str
    customers: int
    before: int
    monthly: Decimal
    p: float
