"""An engine that notes its answers, so that two engines can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

import numpy as np
from msgspec import Struct, field

from ltvcli.analyses.predict import priority_customers
from ltvcli.facts import orders, periods, purchases, spend, subsets
from ltvcli.facts.orders import AS_IT_IS, Numbering

ORDERS = {
    "customer": "text",
    "customer_key": "text",
    "day": "date",
    "amount": "decimal(18, 4)",
    "cost": "decimal(18, 4)",
    "serve": "decimal(18, 4)",
    "counted": "boolean",
    "segment": "text",
}
"""The columns of the table that reading fills, and their types."""


class Noted(Struct):
    """Passes everything on to an engine, and notes what it answers."""

    engine: Any
    notes: list[tuple[str, Any]] = field(default_factory=list)
    ran: set[str] = field(default_factory=set)

    def run(self, name: str, parameters: Mapping[str, Any] | None = None) -> None:
        self.ran.add(name)
        self.engine.run(name, parameters or {})

    def columns(self, name: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        self.ran.add(name)
        columns: dict[str, Any] = self.engine.columns(name, parameters or {})
        self.notes.append((name, {key: values.copy() for key, values in columns.items()}))
        return columns

    def row(self, name: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        self.ran.add(name)
        row: dict[str, Any] = self.engine.row(name, parameters or {})
        self.notes.append((name, dict(row)))
        return row

    def fill(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> None:
        self.engine.fill(name, columns)


class Data(Struct, frozen=True):
    """What reading would have put into an engine: rows of orders, and segments of customers."""

    rows: Sequence[Sequence[Any]]
    as_of: date
    customers: Mapping[str, str] = field(default_factory=dict)
    numbering: Numbering = AS_IT_IS


def fill(engine: Any, data: Data) -> None:
    """Fill `orders` and `customer_segments`; amounts go as text, which is exact."""
    sent: dict[str, tuple[str, list[Any]]] = {
        name: ("text", [None if row[place] is None else str(row[place]) for row in data.rows])
        for place, name in enumerate(ORDERS)
    }
    engine.fill("sent", sent)
    cast = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in ORDERS.items())
    engine.create_table("orders", f"select {cast} from sent")
    known = data.customers
    engine.fill(
        "customer_segments",
        {"customer": ("text", [*known]), "segment": ("text", [*known.values()])},
    )


def ask(engine: Noted, data: Data, sales: Any, *, briefly: bool = False) -> None:
    """Ask everything that calc, cohorts, segments and predict ask of orders.

    Args:
        engine: holds `orders`.
        data: what is in it.
        sales: an engine that holds spend.
        briefly: every query once.
    """
    for by_segment in (True,) if briefly else (False, True):
        facts = orders.gather(
            engine,
            data.as_of,
            None,
            by_segment=by_segment,
            with_costs=True,
            numbering=data.numbering,
        )
    subsets.above(engine, facts, Decimal("120.5"))
    _cohorts(engine, facts)
    _segments(engine, facts)
    _predict(engine, facts)
    for span in ("quarter",) if briefly else get_args(orders.Span):
        engine.notes.append((span, periods.gather(engine, facts, span)))
    # In scripts, in place of facts/periods/visits and what follows it.
    engine.run("facts/periods/buyers", {"weekly": False})
    engine.columns("facts/periods/returned")
    engine.run("facts/periods/buyers_in_quarters")
    engine.columns("facts/periods/returned_in_quarters")
    known = facts.as_of - timedelta(days=150)
    engine.row("facts/periods/known_customers", {"known": known, "last": facts.as_of})
    engine.row("facts/periods/customers_by", {"known": known})
    days = (facts.first, facts.as_of)
    engine.notes.append(("spend", spend.gather(sales, *days, 1.0, facts.segments, engine)))
    # Scripts ask it of every number of customers; of few, each is a bucket of its own.
    engine.run("facts/orders/buckets_of_few", {"few": orders.BUCKETS})
    orders.triangle(engine)


def _cohorts(engine: Noted, facts: orders.Facts) -> None:
    orders.triangle(engine, has_cost=False)
    orders.triangle(engine)
    engine.columns("cohorts/sums")
    engine.columns("cohorts/active_customers")
    orders.conversions(engine, facts.as_of)


def _segments(engine: Noted, facts: orders.Facts) -> None:
    engine.row("segments/concentration")
    known = {"segment": ("integer", [0, 2]), "cac": ("double", [12.3456, 7.1])}
    for given in (True, False):
        engine.fill("winning", known)
        parameters = {"months": 3, "margin": 0.437, "margin_given": given, "serve_rate": 0.0351}
        engine.columns("segments/unprofitable", parameters)
        engine.row("segments/unprofitable_traits")
        engine.columns("segments/unprofitable_customers")


def _predict(engine: Noted, facts: orders.Facts) -> None:
    share = purchases.sample(engine, facts)
    cuts = [(facts.as_of - timedelta(days=back), 91) for back in (91, 154, 300)]
    purchases.known(engine, facts, cuts)
    records = purchases.customer_records(engine, facts)
    purchases.weeks(engine, facts, share)
    for slot in range(2):
        purchases.spends(engine, slot)
    purchases.first_purchases(engine, facts)
    purchases.new_customers(engine, facts, 400)
    purchases.returns(engine, facts, 30, 182, 91)
    chance = np.random.default_rng(3)
    size = len(records.frequency)
    columns = {
        name: chance.random(size) * 1000 ** (name in ("flat",))
        for name in ("orders", "flat", "rate", "none_within", "alive")
    }
    nothing = np.array([])
    ends = dict.fromkeys(("orders_low", "orders_high", "value_low", "value_high"), nothing)
    purchases.forecast(engine, records, {**columns, **ends})
    ends = {name: chance.random(size) * 3 for name in ends}
    purchases.forecast(engine, records, {**columns, **ends})
    engine.notes.append(("priority", priority_customers.outstanding(engine, 0.4321)))
