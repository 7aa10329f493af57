"""Whether a sheet holds orders or subscriptions, told by its headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ltvcli.read.mapping import recognise
from ltvcli.read.profiles import ROLES as ORDER_ROLES
from ltvcli.read.sheet import Sheet
from ltvcli.read.subscriptions import shapes
from ltvcli.read.subscriptions.columns import ROLES, UNIT

Kind = Literal["orders", "subscriptions"]

_ONLY_SUBSCRIPTIONS = {*ROLES, UNIT} - ORDER_ROLES.keys()
_ONLY_ORDERS = ORDER_ROLES.keys() - ROLES.keys()


def of(sheet: Sheet, chosen: Mapping[str, str] | None = None) -> Kind:
    """Tell what to read a sheet as, where nobody said.

    A known export is what it is; one that can be both (ecforce) is orders, because one-off orders
    would be left out of subscriptions. Any other file is subscriptions if it says when one began
    and how it is billed or when it ended, how often it is billed, which renewal a row is, how many
    months somebody stayed, or which month a row is about.

    Args:
        sheet: what was opened.
        chosen: roles as typed with --map; one that only subscriptions have decides.
    """
    if recognise(sheet.header):
        return "orders"
    if recognise(sheet.header, "subscriptions"):
        return "subscriptions"
    if _ONLY_SUBSCRIPTIONS & (chosen or {}).keys() or shapes.usual(sheet.header):
        return "subscriptions"
    return "orders"


def chosen_for(kind: Kind, chosen: Mapping[str, str]) -> dict[str, str]:
    """Leave out the roles that only the other kind has, where both kinds were given together."""
    other = _ONLY_ORDERS if kind == "subscriptions" else _ONLY_SUBSCRIPTIONS
    return {role: column for role, column in chosen.items() if role not in other}
