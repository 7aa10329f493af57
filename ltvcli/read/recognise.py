"""Recognise by headers whether a sheet holds orders or subscriptions.

| headers                                              | read as                     |
| Name, Email, Financial Status, Created at, Total     | orders (of Shopify)         |
| customer, date, total                                | orders                      |
| customer, start date, end date, amount, interval     | subscriptions               |
| Campaign, Day, Amount spent (USD), Impressions       | refused: give it with --spend |
| event, time, distinct_id, $insert_id                 | refused: give it with --events |
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from ltvcli.errors import AmbiguousColumnError, NoColumnError, NotOrdersError
from ltvcli.language import N_
from ltvcli.read import profiles
from ltvcli.read.columns import excluded_values
from ltvcli.read.columns.header_lookup import first_tier, position_of, recognise
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.profiles import ROLES as ORDER_ROLES
from ltvcli.read.subscriptions import shapes
from ltvcli.read.subscriptions.columns import ROLES, UNIT

Kind = Literal["orders", "subscriptions"]

SPEND = N_("it lists ad spend; give it with --spend.")
EVENTS = N_("it lists events; give it with --events, to ltv risk or ltv predict.")

_ONLY_SUBSCRIPTIONS = {*ROLES, UNIT} - ORDER_ROLES.keys()
_ONLY_ORDERS = ORDER_ROLES.keys() - ROLES.keys()


def of(sheet: Sheet, chosen: Mapping[str, str] | None = None) -> Kind:
    """Return the kind of a sheet, if nobody gave it.

    A known export is what it is; one that can be both (ecforce) is orders, because one-off orders
    would be left out of subscriptions. Any other file is subscriptions if it says when one began
    and how it is billed or when it ended, how often it is billed, which renewal a row is, how many
    months somebody stayed, or which month a row is about.

    Args:
        sheet: what was opened.
        chosen: roles as typed with --map; one that only subscriptions have decides.

    Raises:
        NotOrdersError: it is a report of ad spend, or a log of events.
    """
    if recognise(sheet.stored):
        return "orders"
    if recognise(sheet.stored, "subscriptions"):
        return "subscriptions"
    if "customer" not in (chosen or {}) and (spend := _spend(sheet.stored)):
        label = profiles.load(spend).label
        raise NotOrdersError(file=sheet.name, label=label, because=SPEND)
    if "customer" not in (chosen or {}) and (log := recognise(sheet.stored, "events")):
        label = profiles.load(log).label
        raise NotOrdersError(file=sheet.name, label=label, because=EVENTS)
    if _ONLY_SUBSCRIPTIONS & (chosen or {}).keys() or shapes.usual(sheet.stored):
        return "subscriptions"
    return "orders"


def _spend(header: Sequence[str]) -> str | None:
    """Name the profile of ad spend: of a known report, or by words where nobody bought anything."""
    if known := recognise(header, "spend"):
        return known
    orders = profiles.load(profiles.GENERIC).columns
    words = profiles.load(profiles.GENERIC_SPEND).columns["spend"][:1]
    if any(first_tier(header, orders[role]) for role in ("customer", "order")):
        return None
    return profiles.GENERIC_SPEND if first_tier(header, words) else None


def split(
    sheets: Sequence[Sheet], chosen: Mapping[str, str], saved: Collection[str] = ()
) -> dict[Kind, list[Sheet]]:
    """Sort sheets by kind; kinds without a sheet are omitted.

    A role decides for the sheets that have its column. What is no column of any sheet, such as
    interval=month, decides only where nothing else makes one a sheet of subscriptions.

    Args:
        sheets: what was opened.
        chosen: roles of --map.
        saved: those of them that were not typed: they may be of other files in the same folder, so
            that a missing column decides nothing. A saved interval decides only for sheets without
            IDs of orders.
    """
    kinds = [
        of(sheet, {role: column for role, column in chosen.items() if _has([sheet], column)})
        for sheet in sheets
    ]
    if "subscriptions" not in kinds:
        unknown = {
            role: column
            for role, column in chosen.items()
            if (role not in saved or role == "interval") and not _has(sheets, column)
        }
        typed = {role: column for role, column in unknown.items() if role not in saved}
        kinds = [of(sheet, typed if _has_orders(sheet) else unknown) for sheet in sheets]
    by_kind: dict[Kind, list[Sheet]] = {"orders": [], "subscriptions": []}
    for sheet, kind in zip(sheets, kinds, strict=True):
        by_kind[kind].append(sheet)
    return {kind: members for kind, members in by_kind.items() if members}


def roles_of_other_kind(kind: Kind) -> AbstractSet[str]:
    """Return the roles of --map that files of a kind do not have, but the other kind does."""
    return _ONLY_ORDERS if kind == "subscriptions" else _ONLY_SUBSCRIPTIONS


def chosen_for(
    kind: Kind, chosen: Mapping[str, str], sheets: Mapping[Kind, Sequence[Sheet]]
) -> dict[str, str]:
    """Drop roles and columns that only the other kind has, if both were given together.

    Args:
        kind: of file that is going to be read.
        chosen: role to header, as typed with --map.
        sheets: opened files by kind.
    """
    elsewhere = [
        sheet for other_kind, members in sheets.items() if other_kind != kind for sheet in members
    ]
    return {
        role: column
        for role, column in chosen.items()
        if role not in roles_of_other_kind(kind)
        and (_has(sheets[kind], column) or not _has(elsewhere, column))
    }


def excluded_for(
    kind: Kind, excluded: Sequence[str], sheets: Mapping[Kind, Sequence[Sheet]]
) -> tuple[str, ...]:
    """Drop --exclude entries for columns that only the other kind has.

    Args:
        kind: of file that is going to be read.
        excluded: COLUMN=VALUE, as typed with --exclude.
        sheets: opened files by kind.
    """
    sheets_of_other_kind = [
        sheet for other_kind, members in sheets.items() if other_kind != kind for sheet in members
    ]
    return tuple(
        text
        for text in excluded
        if excluded_values.has_column(text, sheets[kind])
        or not excluded_values.has_column(text, sheets_of_other_kind)
    )


def _has_orders(sheet: Sheet) -> bool:
    return bool(first_tier(sheet.stored, profiles.load(profiles.GENERIC).columns["order"]))


def _has(sheets: Sequence[Sheet], column: str) -> bool:
    for sheet in sheets:
        try:
            position_of("", column, sheet.header)
        except NoColumnError:
            continue
        except AmbiguousColumnError:
            pass
        return True
    return False
