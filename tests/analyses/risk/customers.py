"""Customers with known chances of leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ltvcli.facts.attributes import Attribute, Attributes, Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

BASE = -1.6
"""Log-odds of leaving of a customer in the middle: one in six."""


def number(name: str, values: Floats, *, is_whole: bool = False) -> Attribute:
    return Attribute(name=name, kind=Kind.NUMBER, values=values, is_whole=is_whole)


def level(name: str, codes: NDArray[np.int64], levels: tuple[str, ...]) -> Attribute:
    return Attribute(name=name, kind=Kind.LEVEL, values=codes.astype(float), levels=levels)


def table(*columns: Attribute) -> Attributes:
    ids = np.array([f"c{n}" for n in range(len(columns[0].values))], dtype=object)
    return Attributes(customers=ids, columns=columns)


def simulated(n: int, seed: int, strength: float = 1.0) -> tuple[Attributes, Bools, Floats]:
    """Draw customers whose chance depends on three of five columns, none of them alone.

    Args:
        n: customers.
        seed: of the draw.
        strength: 0 for chances that no column has anything to do with.
    """
    draw = np.random.default_rng(seed)
    size, age = draw.normal(size=n), draw.uniform(0, 10, n)
    plan, noise = draw.integers(0, 3, n), draw.normal(size=n)
    channel = draw.integers(0, 5, n)
    log_odds = BASE + strength * (0.8 * size + np.sin(age) + 0.9 * (plan == 1))
    chance = 1 / (1 + np.exp(-log_odds))
    attributes = table(
        number("size", size),
        number("age of company", age),
        level("plan", plan, ("basic", "pro", "team")),
        number("noise", noise),
        level("channel", channel, ("a", "b", "c", "d", "e")),
    )
    return attributes, draw.random(n) < chance, chance
