"""Map the columns of a sheet of subscriptions to roles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from ltvcli.errors import (
    MissingColumnError,
    MissingIntervalError,
    MissingRecurringAmountError,
    NoColumnError,
    NotAUnitError,
    TotalTimesCountError,
    UnknownRoleError,
)
from ltvcli.language import N_
from ltvcli.read import profiles
from ltvcli.read.columns.amount_set import keep_one_set
from ltvcli.read.columns.header_lookup import ambiguous, first_tier, key, position_of, recognise
from ltvcli.read.columns.header_scale import scale_of
from ltvcli.read.columns.mapping import DECIMAL, Columns
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.profiles import Profile
from ltvcli.read.subscriptions import intervals, shapes
from ltvcli.read.subscriptions.intervals import Interval
from ltvcli.read.subscriptions.shapes import Shape

ROLES = {
    "customer": N_("subscriber: an ID or an e-mail address"),
    "subscription": N_("subscription of the row"),
    "plan": N_("plan"),
    "start": N_("first day"),
    "created": N_("first day, if no better column is known"),
    "end": N_("first day after the end"),
    "asked": N_("date of the cancellation request"),
    "trial_start": N_("first day of the trial"),
    "trial_end": N_("first day after the trial"),
    "period_start": N_("first day of the period billed last"),
    "period_end": N_("first day after the period billed last"),
    "paused": N_("date of the pause"),
    "month": N_("month of the row"),
    "date": N_("date of payment"),
    "renewal": N_("which delivery or renewal it is; blank or 0 for single purchases"),
    "tenure": N_("months since the beginning"),
    "churned": N_("whether the customer has left"),
    "mrr": N_("recurring total of the row per month, whatever the interval"),
    "arr": N_("recurring total of the row per year, whatever the interval"),
    "amount": N_("amount per interval, for all units, before discounts in other columns"),
    "price": N_("amount per interval of one unit, if there is no amount"),
    "quantity": N_("quantity, if there is only a price"),
    "discount": N_("discount not yet in the amount, per interval: 5.00 or 10%"),
    "discount_percent": N_("discount not yet in the amount, in per cent"),
    "taken": N_("discount already taken off the amount"),
    "tax": N_("tax in the amount, subtracted"),
    "interval": N_("how often it is billed: month, year, 3 months"),
    "interval_count": N_("number of intervals that one amount covers"),
    "currency": N_("currency code"),
    "status": N_("state of the subscription"),
    "ends_with_period": N_("whether it ends with the period that is paid"),
    "renews": N_("whether it renews when the paid period ends"),
}
_CENT = 0.01
_PAID_SO_FAR = {"revenue", "amountpaid", "支払金額", "決済金額"}
"""Headers that, beside a first day, are of what was paid so far and not of what recurs."""
MONEY = ("mrr", "arr", "amount", "price")
_TOTAL = re.compile(r"\b(mrr|arr|total|recurring revenue|合計|総額|月額合計)\b|合計|総額")
NUMBERS = (*MONEY, "quantity", "interval_count", "tenure", "taken", "tax")
UNIT = "unit"  # not a column: --map unit=cents
_UNITS = ("whole", "cents")
_SHOWN = 40
_WANTED = 12


class Meaning(Struct, frozen=True, kw_only=True):
    """The roles of the columns of one sheet.

    Attributes:
        columns: role to column.
        shape: what a row is.
        interval: of every row, if --map gave it instead of a column.
        minor_units: amounts are in cents, or whatever the currency's smallest unit is.
        ends_when_asked: the day of cancelling is used as the end, for lack of a better one.
        has_plans: the plan of each row is read.
    """

    columns: Columns
    shape: Shape
    interval: Interval | None
    minor_units: bool
    ends_when_asked: bool
    has_plans: bool = True

    @property
    def money(self) -> str:
        """The role that holds the paid amount."""
        return next(role for role in MONEY if role in self.columns.position)

    @property
    def is_generic(self) -> bool:
        """Return whether no known export has these headers."""
        return not self.columns.profile.recognise


def understand(sheet: Sheet, chosen: Mapping[str, str]) -> Meaning:
    """Find the roles of the columns of a sheet of subscriptions.

    >>> from pathlib import Path
    >>> header = ("customer", "start date", "end date", "amount", "interval")
    >>> sheet = Sheet(name="subs.csv", shape="csv", header=header, digest="", path=Path())
    >>> understand(sheet, {}).shape
    'spans'

    Args:
        sheet: what was opened.
        chosen: role to header, as typed with --map; also interval=month and unit=cents.

    Raises:
        UnknownRoleError: `chosen` names a role that does not exist.
        NoColumnError: `chosen` names a header that does not exist.
        AmbiguousColumnError: several columns would do.
        MissingColumnError: no column would do.
        MissingRecurringAmountError: no column holds what is paid.
        TotalTimesCountError: --map price names a total, which would be multiplied by a count.
        MissingIntervalError: amounts are there, but not what time they are for.
        NotAUnitError: --map unit is neither whole nor cents.
        OtherSetError: the discount belongs to another amount.
    """
    header = sheet.header
    name = recognise(header, "subscriptions") or profiles.GENERIC_SUBSCRIPTIONS
    profile = profiles.load(name)
    typed, interval = _typed(sheet, chosen)
    skipped = {*typed, *(MONEY if typed.keys() & {*MONEY} else ())}
    skipped |= {"interval", "interval_count", "mrr", "arr"} if interval else set()
    positions = dict(typed)
    for role, tiers in profile.columns.items():
        hits = [] if role in skipped else first_tier(sheet.stored, tiers)
        if len(hits) > 1:
            raise ambiguous(sheet.name, role, hits, header)
        if hits:
            positions[role] = hits[0]
    if "start" not in positions and positions.keys() & {"end", "asked", "trial_end"}:
        positions |= {"start": positions["created"]} if "created" in positions else {}
    keep_one_set(sheet, profile, positions, typed, MONEY, profiles.GENERIC_SUBSCRIPTIONS)
    shape = shapes.of(profile, positions)
    amount = positions.get("amount") if shape == "spans" and "amount" not in typed else None
    if amount is not None and key(header[amount]) in _PAID_SO_FAR:
        positions.pop("amount")
    kept = shapes.useful(positions, shape)
    columns = Columns(
        profile=profile,
        position={role: kept[role] for role in ROLES if role in kept},
        header=header,
        decimal=chosen.get(DECIMAL),
    )
    _nothing_missing(sheet, profile, kept, shape)
    if "price" in typed and "quantity" in kept:
        _not_a_total(sheet, kept)
    meaning = Meaning(
        columns=columns,
        shape=shape,
        interval=interval,
        minor_units=_is_cents(chosen.get(UNIT), profile, header, kept),
        ends_when_asked="end" in kept and positions["end"] == positions.get("asked"),
    )
    by_period = shape == "payments" and "period_end" in kept
    by_period |= shape == "spans" and {"period_start", "period_end"} <= kept.keys()
    if not (
        interval
        or by_period
        or "interval" in kept
        or {"mrr", "arr"} & kept.keys()
        or shape == "months"
    ):
        raise MissingIntervalError(file=sheet.name, column=columns.name(meaning.money))
    return meaning


def _typed(sheet: Sheet, chosen: Mapping[str, str]) -> tuple[dict[str, int], Interval | None]:
    """Read --map: columns, and an interval that holds for every row."""
    positions: dict[str, int] = {}
    interval = None
    for role, text in chosen.items():
        if role in (DECIMAL, UNIT):
            continue
        if role not in ROLES:
            near = get_close_matches(role, ROLES, cutoff=0.5) or ROLES
            raise UnknownRoleError(role=role, known=", ".join(near))
        try:
            positions[role] = position_of(role, text, sheet.header)
        except NoColumnError:
            interval = intervals.parse(text) if role == "interval" else None
            if not interval or interval == intervals.ONCE:
                raise
    return positions, interval


def _is_cents(
    typed: str | None, profile: Profile, header: Sequence[str], positions: Mapping[str, int]
) -> bool:
    """Return whether amounts are in the smallest unit: as typed, by profile, or by header.

    Args:
        typed: what --map unit says, if anything.
        profile: what is known of the export.
        header: of the sheet.
        positions: role to position.
    """
    if typed and typed not in _UNITS:
        raise NotAUnitError(text=typed)
    if typed:
        return typed == "cents"
    money = [role for role in MONEY if role in positions]
    return profile.minor_units or bool(money and scale_of(header[positions[money[0]]]) == _CENT)


def _not_a_total(sheet: Sheet, positions: Mapping[str, int]) -> None:
    """Check that a column typed as the price of one unit is not called a total."""
    price, quantity = sheet.header[positions["price"]], sheet.header[positions["quantity"]]
    words = re.sub(r"[\s_.-]+", " ", price).casefold()
    if hit := _TOTAL.search(words):
        role = {"mrr": "mrr", "recurring revenue": "mrr", "arr": "arr"}.get(hit[0], "amount")
        flag = f'--map {role}="{price}"'
        raise TotalTimesCountError(file=sheet.name, column=price, quantity=quantity, flag=flag)


def _nothing_missing(
    sheet: Sheet, profile: Profile, positions: Mapping[str, int], shape: Shape
) -> None:
    needed = ["customer", shapes.BEGIN[shape], *profile.required]
    missing = [role for role in needed if role not in positions]
    if not missing and not positions.keys() & {*MONEY}:
        raise MissingRecurringAmountError(
            file=sheet.name, label=profile.label, columns=", ".join(sheet.header[:_SHOWN])
        )
    if missing:
        tiers = [tier for role in missing for tier in profile.columns.get(role, ())]
        raise MissingColumnError(
            file=sheet.name,
            label=profile.label,
            roles=", ".join(missing),
            wanted=", ".join([alias for tier in tiers for alias in tier][:_WANTED]),
            flags=" ".join(f"--map {role}=COLUMN" for role in missing),
            columns=", ".join(sheet.header[:_SHOWN]),
            missing=tuple(missing),
            positions=dict(positions),
            is_generic=not profile.recognise,
        )
