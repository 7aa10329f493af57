"""What anyone can forecast with a spreadsheet."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.forecasts.naive_forecasts import hiatus, own_rate, typical_gap
from ltvcli.stats.purchases.record import Cells


def cells(*rows: tuple[float, float, float, float]) -> Cells:
    names = ("frequency", "recency", "age", "weight")
    return Cells(**dict(zip(names, np.array(rows).T, strict=True)))


KNOWN = cells((0, 0, 20, 5), (4, 20, 26, 1), (2, 2, 30, 1), (1, 0.2, 0.4, 1))


def test_everybody_goes_on_as_before() -> None:
    assert own_rate(KNOWN, 13.0).tolist() == pytest.approx([0, 2, 26 / 30, 13])


def test_the_long_silent_are_given_up() -> None:
    assert hiatus(KNOWN, 13.0, 10.0).tolist() == pytest.approx([0, 2, 0, 13])


def test_nine_in_ten_orders_follow_within_the_typical_gap() -> None:
    found = typical_gap(cells((9, 9, 20, 1), (1, 7, 20, 1)), 0.0, 52.0)

    assert found == 1  # nine gaps of a week, one of seven
    assert typical_gap(cells((8, 8, 20, 1), (2, 14, 20, 1)), 0.0, 52.0) == 7


def test_the_usual_silence_has_limits() -> None:
    assert typical_gap(KNOWN, 12.0, 52.0) == 12
    assert typical_gap(cells((0, 0, 9, 1)), 4.0, 52.0) == 52
