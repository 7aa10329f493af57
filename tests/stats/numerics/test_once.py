"""Results are kept by the values of the arguments, and only so many."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.numerics import once as kept
from ltvcli.stats.numerics.once import once
from ltvcli.stats.purchases.record import Cells
from ltvcli.stats.retention import shifted_beta_geometric
from ltvcli.stats.retention.renewals import Renewals


def cells(weight: float, dtype: type = float) -> Cells:
    column = np.array([1, 2], dtype=dtype)
    return Cells(frequency=column, recency=column, age=column, weight=column * weight)


@pytest.mark.parametrize(
    ("first", "second", "computed"),
    [
        pytest.param(cells(1), cells(1), 1, id="records of equal arrays"),
        pytest.param(cells(1), cells(2), 2, id="records that differ in one array"),
        pytest.param(cells(1), cells(1, int), 2, id="arrays of another type"),
        pytest.param(np.zeros((2, 3)), np.zeros((3, 2)), 2, id="arrays of another shape"),
        pytest.param(np.eye(2)[:, :1], np.array([[1.0], [0.0]]), 1, id="a view and an array"),
        pytest.param((1, (2,)), (1, 2), 2, id="tuples inside tuples"),
        pytest.param("1", 1, 2, id="text and a number"),
    ],
)
def test_what_is_equal_is_computed_once(first: object, second: object, computed: int) -> None:
    calls: list[object] = []
    noted = once(calls.append)
    noted(first)
    noted(second)

    assert len(calls) == computed


def test_the_oldest_result_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    calls: list[object] = []
    noted = once(calls.append)
    for value in (1, 2, 3, 3, 2, 1):
        noted(value)

    assert calls == [1, 2, 3, 1]


def test_an_error_is_not_kept() -> None:
    results = iter([ValueError("first"), "second"])

    @once
    def unsteady() -> str:
        result = next(results)
        if isinstance(result, Exception):
            raise result
        return result

    with pytest.raises(ValueError, match="first"):
        unsteady()
    assert unsteady() == "second"


def test_a_fit_is_that_of_its_data() -> None:
    few = Renewals(at_risk=np.array([8.0, 4.0]), left=np.array([4.0, 1.0]))
    many = Renewals(at_risk=np.array([80.0, 40.0]), left=np.array([40.0, 10.0]))

    assert shifted_beta_geometric.fit(few) is shifted_beta_geometric.fit(few)
    assert shifted_beta_geometric.fit(many).log_likelihood == pytest.approx(
        10 * shifted_beta_geometric.fit(few).log_likelihood
    )
