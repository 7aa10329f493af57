from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.stats.retention.renewals import count

cells = st.lists(
    st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 50), st.integers(0, 11)),
    min_size=1,
).map(lambda rows: [(age, ended, n, min(known, age - 1)) for age, ended, n, known in rows])


@given(cells)
def test_every_customer_is_at_risk_from_sight_to_age_and_leaves_once(
    rows: list[tuple[int, bool, int, int]],
) -> None:
    seen = count(*zip(*rows, strict=True))

    for renewal, (at_risk, left) in enumerate(zip(seen.at_risk, seen.left, strict=True), 1):
        assert at_risk == sum(n for age, _, n, known in rows if known < renewal <= age)
        assert left == sum(n for age, ended, n, _ in rows if ended and age == renewal)


@given(cells)
def test_splitting_and_shuffling_cells_changes_nothing(
    rows: list[tuple[int, bool, int, int]],
) -> None:
    split = [(a, e, part, k) for a, e, n, k in reversed(rows) for part in (n // 3, n - n // 3)]

    whole, parts = count(*zip(*rows, strict=True)), count(*zip(*split, strict=True))

    np.testing.assert_array_equal(whole.at_risk, parts.at_risk)
    np.testing.assert_array_equal(whole.left, parts.left)


def test_customers_without_renewals_do_not_change_the_fit() -> None:
    assert count([0, 0], [False, False], [5, 7]).left.size == 0


def test_left_truncated_survivors_do_not_change_the_fit() -> None:
    assert count([3], [False], [5], known_from=3).at_risk.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("age", "ended", "customers", "known_from"),
    [
        pytest.param(-1, False, 1, 0, id="negative age"),
        pytest.param(1.5, False, 1, 0, id="half a period"),
        pytest.param(float("nan"), False, 1, 0, id="no age"),
        pytest.param(0, True, 1, 0, id="left before the first renewal"),
        pytest.param(3, True, 1, 3, id="left before coming into sight"),
        pytest.param(3, True, -1, 0, id="negative customers"),
        pytest.param(3, True, float("inf"), 0, id="endless customers"),
    ],
)
def test_invalid_renewals_are_errors(
    age: float, ended: bool, customers: float, known_from: float
) -> None:
    with pytest.raises(ValueError, match=r"whole periods|into sight|customers must"):
        count([age], [ended], [customers], known_from)
