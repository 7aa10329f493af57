"""When the first months of the data are inflated, and by how many customers."""

from __future__ import annotations

import pytest

from ltvcli.formulas.left_truncation import inflated_months


@pytest.mark.parametrize(
    ("new", "months"),
    [
        pytest.param([90, 30, 30, 30], 1, id="three times the usual month"),
        pytest.param([89, 30, 30, 30], None, id="a little less is a season"),
        pytest.param([300, 100, 46, 45, 30, 30, 30, 30], 3, id="it lasts down to 1.5 times"),
        pytest.param([90, 30, 30], None, id="three months are too few to know a usual one"),
        pytest.param([90, 80, 70, 0, 0, 0, 0, 0], None, id="a closed group"),
        pytest.param([10, 20, 40, 80, 160], None, id="a shop that grows"),
        pytest.param([90, *[30] * 12, *[300] * 24], 1, id="a usual month is one of the next year"),
        pytest.param([], None, id="nobody"),
    ],
)
def test_inflated_first_months_are_counted(new: list[float], months: int | None) -> None:
    found = inflated_months(new)

    assert (found.months if found else None) == months
