"""What a row of a file of subscriptions is: a stretch of one, a month, a payment, a tenure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Literal

from ltvcli.read import profiles
from ltvcli.read.columns.mapping import first_tier
from ltvcli.read.profiles import Profile

Shape = Literal["spans", "months", "tenure", "payments"]

BEGIN: Mapping[Shape, str] = {
    "spans": "start",
    "months": "month",
    "tenure": "tenure",
    "payments": "date",
}
"""The role that a row of each shape cannot do without."""

DATES = (
    "start",
    "end",
    "asked",
    "trial_start",
    "trial_end",
    "period_start",
    "period_end",
    "paused",
    "date",
)
_RECURS = {"end", "interval", "mrr", "arr", "period_end", "ends_with_period", "renews"}
"""Roles that beside a first day show that a row is a subscription."""
_USELESS: Mapping[Shape, Set[str]] = {
    "spans": {"month", "date", "renewal", "tenure", "churned"},
    "months": {
        *DATES,
        "renewal",
        "tenure",
        "churned",
        "interval",
        "interval_count",
        "ends_with_period",
        "renews",
    },
    "tenure": {*DATES, "month", "renewal", "ends_with_period", "renews"},
    "payments": {*DATES, "month", "tenure", "churned", "ends_with_period", "renews"}
    - {"date", "period_start", "period_end"},
}


def of(profile: Profile, found: Mapping[str, int]) -> Shape:
    """Return the shape of the rows, by the roles that have a column."""
    for shape in BEGIN:
        if profile.shape == shape:
            return shape
    if "tenure" in found and found.keys() & {"churned", "status"} and "start" not in found:
        return "tenure"
    if "start" in found:
        return "spans"
    if "date" in found:
        return "payments"
    return "months" if "month" in found else "spans"


def usual(header: Sequence[str]) -> Shape | None:
    """Return the shape by usual words alone; None if they may as well be of orders.

    >>> usual(["customer", "start date", "end date"]), usual(["customer", "date", "total"])
    ('spans', None)
    """
    generic = profiles.load(profiles.GENERIC_SUBSCRIPTIONS)
    found = {role for role, tiers in generic.columns.items() if first_tier(header, tiers)}
    if {"tenure", "churned"} <= found:
        return "tenure"
    if "start" in found and found & _RECURS:
        return "spans"
    if found & {"interval", "renewal"}:
        return "payments" if "date" in found else "spans"
    return "months" if "month" in found and "date" not in found else None


def useful(found: Mapping[str, int], shape: Shape) -> dict[str, int]:
    """Return the roles of use in this shape, each piece of information once."""
    drop = {"created", *_USELESS[shape]}
    if found.get("end") == found.get("asked"):
        drop.add("asked")
    if "mrr" in found:
        drop |= {"arr", "amount", "price", "interval", "interval_count"}
    elif found.keys() & {"amount", "price"}:
        drop.add("arr")
    elif "arr" in found:
        drop |= {"interval", "interval_count"}
    if "amount" in found:
        drop.add("price")
    if "price" in drop or "price" not in found:
        drop.add("quantity")
    if "churned" in found and shape == "tenure":
        drop.add("status")
    return {role: position for role, position in found.items() if role not in drop}
