"""Customers who seem new because the data begins after their first order."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ltvcli.units import Money


class LeftTruncation(Struct, frozen=True, kw_only=True):
    """First months of the data in which far more customers seem new than in a usual month.

    `customers` seem new before `since`, `extra` more than usual. An average customer has brought
    `ltv` in the first `months`, and `without` if those before `since` are excluded; `difference` is
    their effect. All are None with too few later customers. `old` if they bring more than later
    customers, as customers do who were acquired before the data begins.
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
