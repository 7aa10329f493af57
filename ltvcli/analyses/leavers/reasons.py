"""A reason for leaving, and the revenue lost to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason: customers of both periods, and the monthly revenue of those of the later one."""

    stated: str
    customers: int
    before: int
    monthly: Decimal
    p: float
