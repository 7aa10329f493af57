"""A reason for leaving, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason: customers of both periods, and what the later ones paid a month."""

    stated: str
    customers: int
    before: int
    monthly: Decimal
    p: float
