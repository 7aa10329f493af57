"""The triangle with costs, and in less time without them."""

from __future__ import annotations

from msgspec.structs import asdict

from ltvcli.facts import orders
from tests.shops import AS_OF, engine, shop


def test_without_costs_everything_else_is_the_same() -> None:
    with engine(shop(3, 120, cost=True)) as opened:
        known = orders.gather(opened, AS_OF, None).triangle
        unasked = orders.gather(opened, AS_OF, None, has_cost=False).triangle

    costs = {"cost", "costed_revenue"}
    assert all(getattr(known, name).any() for name in costs)
    assert not any(getattr(unasked, name).any() for name in costs)
    found = {name: column.tolist() for name, column in asdict(unasked).items() if name not in costs}
    assert found == {name: asdict(known)[name].tolist() for name in found}


def test_orders_without_costs_give_the_same_either_way() -> None:
    with engine(shop(4, 120)) as opened:
        either = [
            asdict(orders.gather(opened, AS_OF, None, has_cost=has_cost).triangle)
            for has_cost in (True, False)
        ]

    first, second = (
        {name: (column.dtype, column.tolist()) for name, column in one.items()} for one in either
    )
    assert first == second
