"""What declining prospects saved, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.analyses.risk import declined
from ltvcli.analyses.risk.prospects import Scored
from ltvcli.results.experiment import Range
from ltvcli.results.risk import Prospect
from tests.analyses.risk.customers import level, table


def prospect(name: str, expected: float | None) -> Prospect:
    return Prospect(
        name=name,
        chance=Range(value=0.3, low=0.2, high=0.4),
        multiple=1.0,
        percentile=0.5,
        expected=None if expected is None else Range(value=expected, low=None, high=None),
        word=None,
        because=(),
        alike=10,
        alike_left=3,
    )


CAC = 40.0
ROWS = (
    prospect("a", -120 - CAC),
    prospect("b", 300 - CAC),
    prospect("c", -50 - CAC),
    prospect("d", None),
)
SPREADS = {
    "a": (np.array([0, 1]), np.array([3.0, 4.0])),
    "b": (np.array([1, 2]), np.array([4.0, 0.0])),
    "c": (np.array([3]), np.array([12.0])),
}
SCORED = Scored(prospects=ROWS, spreads=SPREADS)


def test_avoided_losses_less_forgone_profit() -> None:
    total = declined.saved(ROWS, SCORED, 4)

    assert total.avoided.value == 160 + 90
    assert total.forgone.value == 260
    assert total.net.value == -10
    assert (total.declined, total.unknown) == (4, 1)
    assert (total.alike, total.alike_left) == (30, 9)


def test_prospects_like_the_same_customers_err_together() -> None:
    """Of customer 1 both a and b have 4, which add up to 8, not to the root of 32."""
    total = declined.saved(ROWS[:2], SCORED, 4)

    assert total.net.high is not None
    half = total.net.high - total.net.value
    assert half == pytest.approx(1.959964 * np.sqrt(3**2 + 8**2))


def test_owners_add_up_to_all() -> None:
    answer = declined.declined(SCORED, {"a": "Ann", "b": "Ben", "c": "Ann"}, 4)
    nets = {owner: figures.net.value for owner, figures in answer.by_owner.items()}

    assert nets == {"": 0.0, "Ann": 250.0, "Ben": -260.0}
    assert sum(nets.values()) == answer.total.net.value


def test_who_declined_is_read_from_the_usual_columns() -> None:
    attributes = table(level("Deal Owner", np.array([1, 0]), ("Ann", "Ben")))

    assert declined.owners(attributes) == {"c0": "Ben", "c1": "Ann"}
    assert declined.owners(table(level("reason", np.array([1, 0]), ("x", "y")))) == {}
