"""The SQL of amounts from the numbers of a row, of files and of tables of a database alike.

How a price is multiplied by pieces differs: a file keeps a row whose product is too large.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ltvcli.read.columns.amount_set import TOTALS
from ltvcli.read.columns.mapping import Columns

MONEY = "decimal(18, 4)"
Product = Callable[[str, str], str]
"""Writes the SQL of a price times a quantity."""


def amount(numbers: Mapping[str, str], product: Product) -> str:
    """Write the SQL of the amount of a row: a total, or pieces times their price.

    Args:
        numbers: SQL of the numbers, by role.
        product: writes the SQL of pieces times their price.
    """
    total = next((numbers[role] for role in TOTALS if role in numbers), None)
    return total or _pieces("price", numbers, product)


def cost(numbers: Mapping[str, str], product: Product) -> str:
    """Write the SQL of the cost of a row; "" without a column of costs.

    Args:
        numbers: SQL of the numbers, by role.
        product: writes the SQL of pieces times what one cost.
    """
    if "unit_cost" in numbers:
        return _pieces("unit_cost", numbers, product)
    return numbers.get("cost", "")


def minus(numbers: Mapping[str, str]) -> str:
    """Write the SQL of refunds and discounts that the amount still holds, "" if there are none."""
    taken = [
        f"coalesce(abs({numbers[role]}), 0)" for role in ("refund", "discount") if role in numbers
    ]
    return f"cast({' + '.join(taken)} as {MONEY})" if taken else ""


def refunded(columns: Columns, numbers: Mapping[str, str]) -> str:
    """Write the SQL of whether an order states its refund, or has it deducted."""
    if columns.is_net:
        return "true"
    return f"coalesce({numbers['refund']} <> 0, false)" if "refund" in numbers else ""


def _pieces(role: str, numbers: Mapping[str, str], product: Product) -> str:
    quantity = numbers.get("quantity")
    return numbers[role] if quantity is None else product(numbers[role], quantity)
