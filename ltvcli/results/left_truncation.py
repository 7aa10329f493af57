"""Customers who look new because the data begins late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ltvcli.units import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftTruncation:
    """First months of the data in which far more customers look new than in a usual month.

    `customers` look new before `since`, `extra` of them more than usual. An average customer
    brought `ltv` in the first `months`, and `without` where those before `since` are left out;
    the `difference` is what they move. All None where too few came later to tell. `old` where they
    bring more than those who came later, as customers do who were there before the data begins.
    """

    since: date
    customers: int
    extra: int
    usual: float
    months: int | None
    ltv: Money | None
    without: Money | None
    difference: Money | None
    difference_low: Money | None
    difference_high: Money | None
    old: bool
