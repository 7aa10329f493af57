"""Shares of a sum of money, exact to the smallest unit: the shares add up to the sum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

CENT = Decimal("0.01")


def smallest_unit(amount: Decimal, digits: int) -> Decimal:
    """Return the smallest unit of an amount: that of its currency, or finer if it has more digits.

    >>> smallest_unit(Decimal("100000.0000"), 0), smallest_unit(Decimal("10.5"), 2)
    (Decimal('1'), Decimal('0.01'))
    >>> smallest_unit(Decimal("10.125"), 2)
    Decimal('0.001')
    """
    exponent = amount.normalize().as_tuple().exponent
    finer = -exponent if isinstance(exponent, int) else 0
    return Decimal(1).scaleb(-max(digits, finer))


def divided(amount: Decimal, shares: Sequence[Decimal], unit: Decimal) -> list[Decimal]:
    """Divide an amount by shares that add up to 1, by largest remainders; earlier ones first.

    Args:
        amount: a multiple of `unit`, 0 or more.
        shares: of it, adding up to 1.
        unit: the smallest sum of money.

    >>> divided(Decimal(100), [Decimal("0.333"), Decimal("0.333"), Decimal("0.334")], Decimal(1))
    [Decimal('33'), Decimal('33'), Decimal('34')]
    >>> divided(Decimal("0.05"), [Decimal("0.5"), Decimal("0.5")], Decimal("0.01"))
    [Decimal('0.03'), Decimal('0.02')]
    """
    exact = [amount * share / unit for share in shares]
    floors = [value.to_integral_value(ROUND_FLOOR) for value in exact]
    missing = int((amount / unit).to_integral_value() - sum(floors))
    order = sorted(range(len(exact)), key=lambda place: (floors[place] - exact[place], place))
    for place in order[:missing]:
        floors[place] += 1
    return [count * unit for count in floors]


def rounded(amount: Decimal, unit: Decimal) -> Decimal:
    """Round an amount to a whole number of units, half to even.

    >>> rounded(Decimal("12.345"), Decimal("0.01"))
    Decimal('12.34')
    """
    return (amount / unit).to_integral_value(ROUND_HALF_EVEN) * unit
