from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.stats.retention.mean_churn import last_months

months = st.lists(
    st.integers(0, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1
)


def test_only_the_last_six_months_count_by_their_customers() -> None:
    churn = last_months([9, 10, 100, 100, 100, 100, 100], [9, 10, 0, 1, 2, 3, 4])

    assert churn is not None
    assert (churn.value, churn.left, churn.exposure, churn.months) == (20 / 510, 20, 510, 6)


def test_wilson_interval_of_a_textbook_share() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81 of 263 and 15 of 148.
    for left, exposure, low, high in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)]:
        churn = last_months([exposure], [left])
        assert churn is not None
        assert (churn.low, churn.high) == pytest.approx((low, high), abs=5.1e-5)


@pytest.mark.slow
@given(months)
def test_the_interval_holds_the_rate_and_stays_a_rate(rows: list[tuple[int, int]]) -> None:
    churn = last_months(*zip(*rows, strict=True))

    if sum(opening for opening, _ in rows[-6:]) == 0:
        assert churn is None
    else:
        assert churn is not None
        assert 0 <= churn.low <= churn.value <= churn.high <= 1


def test_nobody_left_has_the_rule_of_three() -> None:
    few, many = last_months([2], [0]), last_months([100, 200], [0, 0])

    assert few is not None
    assert many is not None
    assert (few.low, few.high, many.low, many.high) == (0, 1, 0, 0.01)


@pytest.mark.parametrize(
    ("opening", "left"), [([10], [11]), ([10], [-1]), ([10, 10], [1]), ([float("nan")], [0])]
)
def test_refuses_leavers_who_were_not_there(opening: list[float], left: list[float]) -> None:
    with pytest.raises(ValueError, match="no more leavers"):
        last_months(opening, left)
