"""Combined revenue of customers to date, by orders and subscriptions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli.errors import InternalError
from ltvcli.results.combined import Matching

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine

Rows = tuple[dict[str, float | int | str | None], ...]


def answer(engine: Engine, customers: Path, emails: Path) -> tuple[Rows, Matching]:
    """Match customers, and sum their revenue: rows by what they bought, and all.

    Args:
        engine: holds `customers` and `emails` of subscriptions.
        customers: a file of the customers of orders, with the revenue of each.
        emails: a file of their e-mails.

    Raises:
        InternalError: a customer was lost or counted twice.
    """
    engine.run("combined/people", {"customers": str(customers), "emails": str(emails)})
    matched = Matching(**engine.row("combined/matched"))
    sums = engine.row("combined/totals")
    both = sums["both"]
    if (sums["orders_only"] + both, sums["subscriptions_only"] + both, both) != (
        matched.order_customers,
        matched.subscription_customers,
        matched.by_id + matched.by_email,
    ):
        raise InternalError(what=f"customers were lost between {sums} and {matched}")
    groups = ("orders_only", "subscriptions_only", "both")
    everyone = sum(sums[name] for name in groups)
    rows = [
        _row(
            name.replace("_", "-"),
            sums[name],
            everyone,
            sums.get(f"{name}_orders", 0),
            sums.get(f"{name}_subscriptions", 0),
        )
        for name in groups
    ]
    orders = sum(sums.get(f"{name}_orders", 0) for name in groups)
    subscriptions = sum(sums.get(f"{name}_subscriptions", 0) for name in groups)
    return (*rows, _row("all", everyone, everyone, orders, subscriptions)), matched


def _row(
    bought: str, customers: int, everyone: int, orders: Any, subscriptions: float
) -> dict[str, float | int | str | None]:
    revenue = float(orders) + float(subscriptions)
    return {
        "bought": bought,
        "customers": customers,
        "share": customers / everyone,
        "order_revenue": float(orders),
        "subscription_revenue": float(subscriptions),
        "revenue": revenue,
        "revenue_per_customer": revenue / customers if customers else None,
    }
