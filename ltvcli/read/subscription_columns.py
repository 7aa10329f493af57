"""Which columns say what about a subscription, and which of four shapes the rows have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from ltvcli.errors import (
    MissingColumnError,
    MissingIntervalError,
    NoColumnError,
    NotAUnitError,
    UnknownRoleError,
)
from ltvcli.language import N_
from ltvcli.read import intervals, profiles
from ltvcli.read.intervals import Interval
from ltvcli.read.mapping import DECIMAL, Columns, ambiguous, first_tier, position_of, recognise
from ltvcli.read.profiles import Profile
from ltvcli.read.sheet import Sheet

Shape = Literal["spans", "months", "tenure", "payments"]

ROLES = {
    "customer": N_("who subscribes: an id or an e-mail address"),
    "subscription": N_("which subscription the row belongs to"),
    "plan": N_("which plan it is"),
    "start": N_("first day"),
    "created": N_("first day, where nothing better is known"),
    "end": N_("first day it no longer runs"),
    "asked": N_("when the customer asked to cancel"),
    "trial_start": N_("first day of the trial"),
    "trial_end": N_("first day after the trial"),
    "period_start": N_("first day of the period that was billed last"),
    "period_end": N_("first day after the period that was billed last"),
    "paused": N_("when it was paused"),
    "month": N_("which month the row is about"),
    "date": N_("when it was paid"),
    "renewal": N_("which delivery or renewal it is; blank or 0 for single purchases"),
    "tenure": N_("months since the beginning"),
    "churned": N_("whether the customer has left"),
    "mrr": N_("amount per month"),
    "amount": N_("amount per interval, before the discounts in columns of their own"),
    "quantity": N_("how many units the amount is for, multiplied"),
    "discount": N_("discount not yet in the amount, per interval; 10% or 5.00"),
    "discount_percent": N_("discount not yet in the amount, in per cent"),
    "taken": N_("discount already taken off the amount"),
    "tax": N_("tax in the amount, subtracted"),
    "interval": N_("how often it is billed: month, year, 3 months"),
    "interval_count": N_("how many intervals one amount is for"),
    "currency": N_("currency code"),
    "status": N_("what state the subscription is in"),
}
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
NUMBERS = ("mrr", "amount", "quantity", "interval_count", "tenure", "taken", "tax")
UNIT = "unit"  # not a column: --map unit=cents
UNITS = ("whole", "cents")
_SHOWN = 40
_WANTED = 12
_NEEDED: Mapping[Shape, tuple[str, ...]] = {
    "spans": ("customer", "start"),
    "months": ("customer", "month"),
    "tenure": ("customer", "tenure"),
    "payments": ("customer", "date"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one sheet holds.

    Attributes:
        columns: role to column.
        shape: what a row is.
        interval: of every row, where --map said it instead of a column.
        quantity: of every row, likewise.
        minor_units: amounts are in cents, or whatever the currency's smallest unit is.
        end_is_asked: the day of cancelling stands for the end.
    """

    columns: Columns
    shape: Shape
    interval: Interval | None
    quantity: Decimal | None
    minor_units: bool
    end_is_asked: bool


def understand(sheet: Sheet, chosen: Mapping[str, str]) -> Meaning:
    """Find out what the columns of a sheet of subscriptions mean.

    Args:
        sheet: what was opened.
        chosen: role to header, as typed with --map; also interval=month, quantity=1, unit=cents.

    Raises:
        UnknownRoleError: `chosen` names a role that does not exist.
        NoColumnError: `chosen` names a header that does not exist.
        AmbiguousColumnError: several columns would do.
        MissingColumnError: no column would do.
        MissingIntervalError: amounts are there, but not what time they are for.
        NotAUnitError: --map unit is neither whole nor cents.
    """
    profile = profiles.load(
        recognise(sheet.header, "subscriptions") or profiles.GENERIC_SUBSCRIPTIONS
    )
    typed, interval, quantity = _typed(sheet, chosen)
    found = dict(typed)
    for role, tiers in profile.columns.items():
        if role in typed or (role, True) in (
            ("interval", bool(interval)),
            ("quantity", bool(quantity)),
        ):
            continue
        hits = first_tier(sheet.header, tiers)
        if len(hits) > 1:
            raise ambiguous(sheet.name, role, hits, sheet.header)
        if hits:
            found[role] = hits[0]
    shape = _shape(profile, found)
    end_is_asked = "end" in found and found["end"] == found.get("asked")
    _tidy(found, shape)
    _nothing_missing(sheet, profile, found, shape)
    if not _has_interval(found, shape) and interval is None:
        raise MissingIntervalError(file=sheet.name, column=sheet.header[found["amount"]])
    unit = chosen.get(UNIT)
    if unit and unit not in UNITS:
        raise NotAUnitError(text=unit)
    return Meaning(
        columns=Columns(
            profile=profile,
            position={role: found[role] for role in ROLES if role in found},
            header=sheet.header,
            decimal=chosen.get(DECIMAL),
        ),
        shape=shape,
        interval=interval,
        quantity=quantity,
        minor_units=unit == "cents" if unit else profile.minor_units,
        end_is_asked=end_is_asked,
    )


def shape_of(sheet: Sheet) -> Shape | None:
    """Tell by its usual headers what the rows of a sheet are; None if they are no subscriptions."""
    generic = profiles.load(profiles.GENERIC_SUBSCRIPTIONS)
    found = {role for role, tiers in generic.columns.items() if first_tier(sheet.header, tiers)}
    if {"tenure", "churned"} <= found:
        return "tenure"
    if "start" in found and found & {"end", "interval", "mrr"}:
        return "spans"
    if found & {"interval", "renewal"}:
        return "payments" if "date" in found else "spans"
    return "months" if "month" in found and "date" not in found else None


def _typed(
    sheet: Sheet, chosen: Mapping[str, str]
) -> tuple[dict[str, int], Interval | None, Decimal | None]:
    found: dict[str, int] = {}
    interval = quantity = None
    for role, text in chosen.items():
        if role in (DECIMAL, UNIT):
            continue
        if role not in ROLES:
            raise UnknownRoleError(role=role, known=", ".join(ROLES))
        try:
            found[role] = position_of(role, text, sheet.header)
        except NoColumnError:
            if role == "interval":
                interval = intervals.parse(text)
            if role == "quantity":
                quantity = _number(text)
            if not (role == "interval" and interval) and not (role == "quantity" and quantity):
                raise
    return found, interval, quantity


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _shape(profile: Profile, found: dict[str, int]) -> Shape:
    if profile.shape:
        return profile.shape  # type: ignore[return-value]
    if "start" not in found and "created" in found and found.keys() & {"end", "asked", "trial_end"}:
        found["start"] = found["created"]
    if "tenure" in found and found.keys() & {"churned", "status"} and "start" not in found:
        return "tenure"
    if "start" in found:
        return "spans"
    if "date" in found:
        return "payments"
    return "months" if "month" in found else "spans"


def _tidy(found: dict[str, int], shape: Shape) -> None:
    """Drop what the shape has no use for, and what is said twice."""
    drop = {
        "spans": {"created", "month", "date", "renewal", "tenure", "churned"},
        "months": {*DATES, "created", "renewal", "tenure", "churned", "interval", "interval_count"},
        "tenure": {*DATES, "created", "month", "renewal"},
        "payments": {
            "start",
            "created",
            "end",
            "asked",
            "trial_start",
            "trial_end",
            "paused",
            "month",
            "tenure",
            "churned",
        },
    }[shape]
    if "end" in found and found["end"] == found.get("asked"):
        drop.add("asked")
    if "mrr" in found and "amount" in found:
        drop |= {"amount"}
    if "mrr" in found or shape == "months":
        drop |= {"interval", "interval_count"}
    if shape == "tenure" and "churned" in found:
        drop.add("status")
    for role in drop:
        found.pop(role, None)


def _nothing_missing(
    sheet: Sheet, profile: Profile, found: Mapping[str, int], shape: Shape
) -> None:
    needed = [*_NEEDED[shape], *profile.required]
    missing = [role for role in needed if role not in found]
    if not found.keys() & {"amount", "mrr"}:
        missing.append("amount")
    if missing:
        wanted = [
            alias for role in missing for tier in profile.columns.get(role, ()) for alias in tier
        ]
        raise MissingColumnError(
            file=sheet.name,
            label=profile.label,
            roles=", ".join(missing),
            wanted=", ".join(wanted[:_WANTED]),
            flags=" ".join(f"--map {role}=COLUMN" for role in missing),
            columns=", ".join(sheet.header[:_SHOWN]),
        )


def _has_interval(found: Mapping[str, int], shape: Shape) -> bool:
    """Tell whether what an amount is for is known: said, or a month, or a period with an end."""
    if shape == "payments":
        return "interval" in found or "period_end" in found
    return shape == "months" or "mrr" in found or "interval" in found
