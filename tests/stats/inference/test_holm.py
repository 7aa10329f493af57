"""Holm's correction of several tests."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.stats import contingency

from ltvcli.stats.inference import holm, relative_risk


def test_a_single_test_stays_as_it_is() -> None:
    assert holm.adjusted([0.03]) == [0.03]
    assert holm.adjusted([]) == []


def test_p_values_keep_their_order_and_never_pass_one() -> None:
    assert holm.adjusted([0.9, 0.001, 0.8, 0.02]) == pytest.approx([1.0, 0.004, 1.0, 0.06])


def test_a_smaller_p_value_never_comes_out_larger() -> None:
    p_values = [random.Random(7).random() ** 3 for _ in range(40)]
    found = holm.adjusted(p_values)

    assert [found[n] for n in np.argsort(p_values)] == sorted(found)
    assert all(one >= p for one, p in zip(found, p_values, strict=True))


def test_of_many_true_nulls_one_in_twenty_families_errs() -> None:
    chance = np.random.default_rng(1)
    errs = [min(holm.adjusted(chance.random(10).tolist())) < 0.05 for _ in range(2000)]

    assert 0.035 < np.mean(errs) < 0.065


def test_a_relative_risk_is_that_of_scipy() -> None:
    found = relative_risk.risk(12, 80, 25, 400)
    other = contingency.relative_risk(12, 80, 25, 400)
    interval = other.confidence_interval(0.95)

    assert found is not None
    assert found.ratio == pytest.approx(other.relative_risk)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))


def test_the_p_value_of_a_relative_risk_is_that_of_the_table() -> None:
    found = relative_risk.risk(12, 80, 25, 400)
    table = [[12, 68], [25, 375]]

    assert found is not None
    assert found.p == pytest.approx(contingency.chi2_contingency(table, correction=False).pvalue)


def test_where_something_never_happened_there_is_no_interval() -> None:
    assert relative_risk.risk(0, 80, 25, 400) is None
    assert relative_risk.risk(5, 80, 0, 400) is None


def test_what_happens_to_everyone_is_no_difference() -> None:
    found = relative_risk.risk(80, 80, 400, 400)

    assert found is not None
    assert (found.ratio, found.p) == (1.0, 1.0)
