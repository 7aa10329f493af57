"""Further files, recognised by their headers: deals, answers, cancellations, events.

| header                                              | read as       |
| Deal ID, Owner, Customer, Closed on, Commission     | deals         |
| Timestamp, Email Address, How likely are you to ... | survey        |
| customer, day, reason, comment                      | cancellations |
| user ID, timestamp, event                           | events        |
| customer, date, total, reason                       | None (orders) |
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from ltvcli.read import profiles
from ltvcli.read.columns.folding import folded
from ltvcli.read.columns.header_lookup import first_tier, recognise
from ltvcli.read.subscriptions import shapes

Kind = Literal["deals", "survey", "cancellations", "events"]
PREFIX: Mapping[Kind, str] = {
    "deals": "deal", "survey": "survey", "cancellations": "cancellation", "events": "event",
}  # fmt: skip
"""What the roles of --map about each kind begin with."""
NEEDED: Mapping[Kind, Sequence[Sequence[str]]] = {
    "deals": (
        ("deal",),
        ("deal_signed",),
        ("deal_customer", "deal_email"),
        ("deal_commission", "deal_owner", "deal_stage"),
    ),
    "survey": (("survey_score",), ("survey_day",), ("survey_customer", "survey_email")),
    "cancellations": (
        ("cancellation_day",),
        ("cancellation_customer", "cancellation_email"),
        ("cancellation_reason", "cancellation_feedback"),
    ),
    "events": (("event_name",), ("event_day",), ("event_customer", "event_email")),
}
"""Of each group, one role that a file with usual headers must have."""
_AMOUNTS = ("amount", "order_total", "line_total", "price")


def kind_of(header: Sequence[str], chosen: Mapping[str, str]) -> Kind | None:
    """Return the kind of a header; None for orders, subscriptions, spend, and unclear ones.

    A known export is what it is. Usual headers of orders, with an amount, are those of orders.

    Args:
        header: of the file.
        chosen: role to header, as typed with --map; a role of a kind decides.
    """
    for kind, prefix in PREFIX.items():
        typed = [column for role, column in chosen.items() if role.startswith(prefix)]
        if any(column in header for column in typed):
            return kind
    if any(recognise(header, kind) for kind in ("orders", "subscriptions", "spend")):
        return None
    for kind in PREFIX:
        if recognise(header, kind):
            return kind
    orders = profiles.load(profiles.GENERIC).columns
    is_bought = any(first_tier(header, orders.get(role, ())) for role in _AMOUNTS) and bool(
        first_tier(header, orders["date"])
    )
    for kind, groups in NEEDED.items():
        if (kind == "survey" or not is_bought) and all(
            any(_has(header, kind, role) for role in roles) for roles in groups
        ):
            return None if shapes.usual(header) else kind
    return None


def _has(header: Sequence[str], kind: Kind, role: str) -> bool:
    """Return whether a column has a usual name of a role."""
    usual = profiles.load(f"generic_{kind}")
    if first_tier(header, usual.columns.get(role, ())):
        return True
    patterns = [re.compile(folded(text)) for text in usual.questions.get(role, ())]
    return any(pattern.search(folded(name)) for pattern in patterns for name in header)
