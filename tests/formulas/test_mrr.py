"""Worked examples that vendors print, to the digit."""

import pytest

from ltvcli.formulas import lifetime_value, mrr


def test_chartmogul_arpa():
    assert mrr.arpu(mrr=100 + 100 + 300 + 500 + 500, customers=5) == 300


def test_chartmogul_lifetime_value():
    assert lifetime_value.constant_churn(arpu=100, margin=1, churn=0.05) == 2000


def test_chartmogul_mrr_churn():
    assert mrr.gross_mrr_churn(100, churn=10, contraction=10) == 0.2
    assert mrr.net_mrr_churn(100, churn=10, contraction=10, expansion=10, reactivation=0) == 0.1


def test_chartmogul_day_from_100_to_120_with_10_of_it_new():
    grown = 120 - 100 - 10
    net = mrr.net_mrr_churn(100, churn=0, contraction=0, expansion=grown, reactivation=0)
    assert net == -0.1


def test_profitwell_lifetime_value_when_churn_rises_from_4_to_6_percent():
    before, after = (lifetime_value.constant_churn(10, 1, churn) for churn in (0.04, 0.06))
    assert before == 250
    assert round(after, 2) == 166.67
    assert round(after / before - 1, 2) == -0.33


def test_recurly_lifetime_value_is_arps_times_1_plus_d_over_d_plus_churn():
    value = lifetime_value.constant_churn(arpu=50, margin=1, churn=0.05, discount=0.1)
    assert value == pytest.approx(50 * 1.1 / (0.1 + 0.05), rel=1e-15)


def test_dg_commerce_average_order_times_ten_a_year_over_a_churn_of_a_tenth():
    assert lifetime_value.basic(aov=2000, margin=1, frequency=10, lifespan=12 / 0.1) == 200_000


def test_nothing_at_the_opening_gives_no_rate():
    assert mrr.grr(0, churn=0, contraction=0) is None
    assert mrr.nrr(0, churn=0, contraction=0, expansion=0) is None
    assert mrr.logo_churn(0, 0) is None
    assert mrr.arpu(0, 0) is None
    assert mrr.quick_ratio(new=5, expansion=0, reactivation=0, contraction=0, churn=0) is None
