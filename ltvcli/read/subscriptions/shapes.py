"""The unit of a row of subscriptions: a part of a subscription, a month, a payment, a tenure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Literal

from ltvcli.read import profiles
from ltvcli.read.columns.header_lookup import first_tier
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


def of(profile: Profile, positions: Mapping[str, int]) -> Shape:
    """Return the shape of the rows, by the roles that have a column."""
    for shape in BEGIN:
        if profile.shape == shape:
            return shape
    if (
        "tenure" in positions
        and positions.keys() & {"churned", "status"}
        and "start" not in positions
    ):
        return "tenure"
    if "start" in positions:
        return "spans"
    if "date" in positions:
        return "payments"
    return "months" if "month" in positions else "spans"


def usual(header: Sequence[str]) -> Shape | None:
    """Return the shape by usual words alone; None if they may be words of orders.

    >>> usual(["customer", "start date", "end date"]), usual(["customer", "date", "total"])
    ('spans', None)
    """
    generic = profiles.load(profiles.GENERIC_SUBSCRIPTIONS)
    roles = {role for role, tiers in generic.columns.items() if first_tier(header, tiers)}
    if {"tenure", "churned"} <= roles:
        return "tenure"
    if "start" in roles and roles & _RECURS:
        return "spans"
    if roles & {"interval", "renewal"}:
        return "payments" if "date" in roles else "spans"
    return "months" if "month" in roles and "date" not in roles else None


def useful(positions: Mapping[str, int], shape: Shape) -> dict[str, int]:
    """Return the roles of use in this shape, each piece of information once."""
    drop = {"created", *_USELESS[shape]}
    if positions.get("end") == positions.get("asked"):
        drop.add("asked")
    if "mrr" in positions:
        drop |= {"arr", "amount", "price", "interval", "interval_count"}
    elif positions.keys() & {"amount", "price"}:
        drop.add("arr")
    elif "arr" in positions:
        drop |= {"interval", "interval_count"}
    if "amount" in positions:
        drop.add("price")
    if "price" in drop or "price" not in positions:
        drop.add("quantity")
    if "churned" in positions and shape == "tenure":
        drop.add("status")
    return {role: position for role, position in positions.items() if role not in drop}
