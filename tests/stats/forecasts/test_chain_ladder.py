"""The chain ladder: Mack's example, and laws for any of its forecasts."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ltvcli.stats.forecasts import chain_ladder
from ltvcli.stats.forecasts.chain_ladder import growth

# Taylor & Ashe (1983), Journal of Econometrics 23, 37-61; the oldest cohort first.
CLAIMS = [
    [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
    [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
    [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
    [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
    [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
    [396132, 1333217, 2180715, 2985752, 3691712],
    [440832, 1288463, 2419861, 3483130],
    [359480, 1421128, 2864498],
    [376686, 1363294],
    [344014],
]


def flat(
    table: list[list[int]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Cumulative rows as cohort, activity and amount, each cohort and activity in steps back."""
    cohort, activity, amount = [], [], []
    for row in table:
        for age, value in enumerate(np.diff([0, *row])):
            cohort.append(len(row) - 1)
            activity.append(len(row) - 1 - age)
            amount.append(float(value))
    return np.array(cohort), np.array(activity), np.array(amount)


def test_reserve_and_error_are_those_that_mack_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mack (1993), ASTIN Bulletin 23(2), table 4: 18,681 thousand, standard error 13%."""
    monkeypatch.setattr(chain_ladder, "_LEAST_AGES", 99)  # Mack carries nothing past the triangle

    found = growth(*flat(CLAIMS), 9.0)

    assert found is not None
    assert found.future == pytest.approx(18_680_856, rel=1e-6)
    assert found.error == pytest.approx(2_447_095, rel=1e-5)


def test_part_of_a_step_gives_a_proportional_value() -> None:
    half, whole = growth(*flat(CLAIMS), 0.5), growth(*flat(CLAIMS), 1.0)

    assert half is not None
    assert whole is not None
    assert half.future == pytest.approx(whole.future / 2)


def test_beyond_the_oldest_age_growth_goes_on_ever_more_slowly() -> None:
    tail = [growth(*flat(CLAIMS), 9.0 + more) for more in range(4)]
    more = np.diff([one.future for one in tail if one])

    assert len(more) == 3
    assert (more > 0).all()
    assert (np.diff(more) < 0).all()


def test_money_times_ten_is_ten_times_the_forecast() -> None:
    cohort, activity, amount = flat(CLAIMS)
    one, ten = growth(cohort, activity, amount, 6.0), growth(cohort, activity, amount * 10, 6.0)

    assert one is not None
    assert ten is not None
    assert ten.future == pytest.approx(10 * one.future)
    assert ten.error == pytest.approx(10 * one.error)


def test_cohorts_of_three_steps_are_too_few() -> None:
    assert growth(*flat([[3, 4, 5], [3, 4], [3]]), 1.0) is None


def test_a_step_without_customers_has_no_effect() -> None:
    cohort, activity, amount = flat(CLAIMS)
    there = cohort != 4
    found = growth(cohort[there], activity[there], amount[there], 3.0)

    assert found is not None
    assert 0 < found.future < 1e8
    assert np.isfinite(found.error)
