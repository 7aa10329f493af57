"""Months that subscribers will pay: by hand, and compared with written-out sums."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ltvcli.analyses.predict.retention_forecasts import (
    MEAN_CHURN,
    NO_CHURN,
    SBG,
    Leaving,
    by_month,
    future_payments,
    spread,
)
from ltvcli.stats.retention import mean_churn
from ltvcli.stats.retention import shifted_beta_geometric as sbg
from ltvcli.stats.retention.renewals import Renewals

# Half leave at the first renewal, then a quarter: churn 0.5 and spread 1.
SEEN = Renewals(at_risk=np.array([800.0, 400.0]), left=np.array([400.0, 100.0]))
CHURN = mean_churn.MeanChurn(
    value=0.1, low=0.08, high=0.12, left=100.0, exposure=1000.0, months=6
)  # fmt: skip


def leaving(**changed: Any) -> Leaving:
    known: dict[str, Any] = {"every": 1, "churn": CHURN, "fitted": sbg.fit(SEEN), "unfitted": ""}
    return Leaving(**known | changed)


def of(*months: int) -> Any:
    return np.array(months)


def test_one_churn_for_all_ages() -> None:
    found = future_payments(leaving(), MEAN_CHURN, of(0, 30), 2)

    # 1, 0.9 and 0.81 are there after 0, 1 and 2 months; today is in the middle of a paid month.
    assert found.months.tolist() == pytest.approx([0.95 + 0.855] * 2)
    assert found.stay.tolist() == pytest.approx([0.81, 0.81])


def test_who_stayed_longer_stays_longer() -> None:
    found = future_payments(leaving(), SBG, of(0, 1, 2), 1)

    # Of those at the start, after one and after two renewals, 1/2, 1/4 and 1/6 leave next.
    assert found.stay.tolist() == pytest.approx([1 / 2, 3 / 4, 5 / 6])
    assert found.months.tolist() == pytest.approx([3 / 4, 7 / 8, 11 / 12])


def test_a_yearly_plan_can_end_once_a_year() -> None:
    found = future_payments(leaving(every=12), SBG, of(0, 11, 12), 12)

    assert found.stay.tolist() == pytest.approx([1 / 2, 1 / 2, 3 / 4])
    # The first leaves at the end of the year, the second after the month that is paid.
    assert found.months.tolist() == pytest.approx([11.75, 0.75 + 11 * 0.5, 11.875])


def test_a_new_customer_pays_all_of_the_first_month() -> None:
    found = future_payments(leaving(), SBG, of(0), 3, new=True)

    assert found.months.tolist() == pytest.approx([1 + 0.5 + 0.375])
    assert by_month(leaving(), SBG, 3).tolist() == pytest.approx([1, 1.5, 1.875])
    assert by_month(leaving(), MEAN_CHURN, 2).tolist() == pytest.approx([1, 1.9])


def test_the_last_month_may_be_one_in_part() -> None:
    whole, part = (future_payments(leaving(), NO_CHURN, of(5), months) for months in (3, 2.5))

    assert (whole.months[0], part.months[0]) == (3.0, 2.5)
    assert whole.variance[0] == 0.0


def test_a_discount_makes_later_months_worth_less() -> None:
    found = future_payments(leaving(), NO_CHURN, of(5), 2, 0.01)

    assert found.worth[0] == pytest.approx(1.01**-0.5 + 1.01**-1.5)
    assert found.months[0] == 2.0


def test_the_variance_is_that_of_simulated_customers() -> None:
    chance = np.random.default_rng(7)
    left = chance.geometric(0.1, 200_000)  # the month whose middle is the last one paid
    paid = np.minimum(left - 0.5, 12.0)
    found = future_payments(leaving(), MEAN_CHURN, of(3), 12)

    assert found.months[0] == pytest.approx(paid.mean(), rel=0.01)
    assert found.variance[0] == pytest.approx(paid.var(), rel=0.03)


def test_more_leavers_leave_less_open() -> None:
    few = Renewals(at_risk=SEEN.at_risk / 10, left=SEEN.left / 10)
    known = spread(leaving(), SBG, of(0, 1), np.array([1.0, 3.0]), 12)
    open_ = spread(leaving(fitted=sbg.fit(few)), SBG, of(0, 1), np.array([1.0, 3.0]), 12)

    assert 0 < known < open_ / 2
    plain = spread(leaving(), MEAN_CHURN, of(0), np.ones(1), 12)
    churns = (
        mean_churn.MeanChurn(value=rate, low=0, high=1, left=1, exposure=9, months=6)
        for rate in (0.12, 0.08)
    )
    low, high = (
        future_payments(leaving(churn=churn), MEAN_CHURN, of(0), 12).months[0] for churn in churns
    )  # fmt: skip
    middle = future_payments(leaving(), MEAN_CHURN, of(0), 12).months[0]
    assert plain == pytest.approx((high - low) / middle / (2 * 1.959964), rel=1e-4)


def test_where_nobody_left_the_churn_that_nobody_would_notice_counts() -> None:
    none = mean_churn.last_months([100, 100, 100], [0, 0, 0])
    assert none is not None
    found = future_payments(leaving(churn=none, fitted=None), SBG, of(0), 1)

    assert found.stay[0] == pytest.approx(0.99)
