"""CAC by hand: blended, paid and marginal CAC are never mixed, and no spend is dropped."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from ltvcli.analyses.acquisition import cac as acquisition
from ltvcli.analyses.acquisition.estimates import average, with_count_noise
from ltvcli.facts.spend import Acquired
from ltvcli.results.acquisition import Acquisition, ChannelCost
from ltvcli.stats.inference.jackknife import Spread, spread
from tests.spends import Day, summed


def days(month: int, count: int, segment: int = 0) -> list[tuple[date, int]]:
    """Customers of the first days of a month, one a day."""
    return [(date(2026, month, 1) + timedelta(days=n), segment) for n in range(count)]


def spread_over(channel: str, month: int, amount: float) -> list[Day]:
    """Spend of a month: all on its first day, nothing on its last."""
    last = (date(2026, month % 12 + 1, 1) if month < 12 else date(2027, 1, 1)) - timedelta(days=1)
    return [(channel, date(2026, month, 1), amount), (channel, last, 0)]


def answer(found: Acquired | None) -> Acquisition:
    assert found is not None
    return acquisition.answer(found)


def channel(found: Acquisition, name: str) -> ChannelCost:
    (one,) = [one for one in found.channels if one.channel == name]
    return one


# Two months, two channels with spend, one without, and customers of whom nothing is known.
SPEND = [
    *spread_over("google", 9, 600),
    *spread_over("google", 10, 300),
    *spread_over("meta", 9, 300),
    *spread_over("meta", 10, 0),
]
SEGMENTS = ("", "Google", "facebook", "organic")
NAMES = {"meta": ["facebook"]}
CUSTOMERS = [
    *days(9, 10, 1), *days(9, 2, 2), *days(9, 7, 3), *days(9, 1, 0),
    *days(10, 5, 1), *days(10, 5, 3),
]  # fmt: skip
FOUND = answer(summed(SPEND, CUSTOMERS, segments=SEGMENTS, names=NAMES))


def test_blended_is_all_spend_over_all_new_customers() -> None:
    assert (FOUND.spend, FOUND.customers) == (1200, 30)
    assert FOUND.blended is not None
    assert FOUND.blended.value == 40


def test_paid_is_all_spend_over_customers_of_channels_with_spend() -> None:
    assert FOUND.paid_customers == 17
    assert FOUND.paid is not None
    assert FOUND.paid.value == pytest.approx(1200 / 17)


def test_each_channel_has_its_own_cost() -> None:
    google, meta, organic, nobody = (
        channel(FOUND, name) for name in ("google", "meta", "organic", "")
    )

    assert (google.spend, google.customers, google.cac and google.cac.value) == (900, 15, 60)
    assert (meta.spend, meta.customers, meta.cac and meta.cac.value) == (300, 2, 150)
    assert meta.segments == ("facebook",)
    assert (organic.spend, organic.customers, organic.cac) == (None, 12, None)
    assert (nobody.spend, nobody.customers, nobody.cac) == (None, 1, None)


def test_channels_of_a_month_add_up_to_the_month() -> None:
    for month in ("2026-09", "2026-10"):
        rows = [row for row in FOUND.by_month if row["month"] == month]
        whole, *parts = rows
        assert whole["channel"] is None
        for key in ("spend", "customers"):
            assert sum(row[key] or 0 for row in parts) == whole[key]  # type: ignore[misc]


def test_a_month_of_a_channel_without_customers_is_shown() -> None:
    (row,) = [
        row for row in FOUND.by_month if (row["month"], row["channel"]) == ("2026-10", "meta")
    ]

    assert (row["spend"], row["customers"], row["cac"]) == (0, 0, None)


def test_the_interval_is_that_of_the_count_of_customers() -> None:
    assert FOUND.blended is not None
    assert FOUND.blended.low == pytest.approx(1200 / 42.83, rel=1e-3)  # exact: 20.24 to 42.83
    assert FOUND.blended.high == pytest.approx(1200 / 20.24, rel=1e-3)


def test_months_and_segments_are_found_by_name() -> None:
    september = acquisition.of_month(FOUND, 12 * 2026 + 8)
    facebook = acquisition.of_segment(FOUND, "facebook")

    assert september is not None
    assert (september.spend, september.customers, september.complete) == (900, 20, True)
    assert acquisition.of_month(FOUND, 12 * 2026 + 7) is None
    assert facebook is not None
    assert facebook.channel == "meta"
    assert acquisition.of_segment(FOUND, "unheard of") is None


def test_only_days_both_are_known_of_count() -> None:
    spend = [("", date(2026, 9, day), 10.0) for day in range(10, 21)]
    found = answer(summed(spend, days(9, 30), first=date(2026, 9, 12)))

    assert (found.first, found.last) == (date(2026, 9, 12), date(2026, 9, 20))
    assert (found.customers, found.spend, found.outside) == (9, 90, 20)
    assert [month.complete for month in found.months] == [False]


def test_spend_goes_with_the_customers_of_the_lag_later() -> None:
    spend = [("", date(2026, 8, 31), 0.0), *[("", date(2026, 9, 30), 100.0)]]
    found = answer(summed(spend, [*days(9, 30), *days(10, 30)], lag=12 * 30 / 365.2425))

    assert found.lag_days == 30
    assert (found.first, found.last) == (date(2026, 9, 30), date(2026, 10, 30))
    assert [month.spend for month in found.months] == [0, 100]
    assert [month.customers for month in found.months] == [1, 30]


def test_no_day_in_common_is_nothing() -> None:
    assert summed([("", date(2025, 9, 1), 1.0)], days(9, 3)) is None


def test_without_new_customers_there_is_no_cost() -> None:
    found = answer(summed(spread_over("", 9, 100), []))

    assert (found.blended, found.spend, found.months[0].cac) == (None, 100, None)


@pytest.mark.parametrize(
    ("spend", "segments", "because"),
    [
        pytest.param("", SEGMENTS, acquisition.SPEND_WITHOUT_CHANNELS, id="spend names none"),
        pytest.param("google", ("",), acquisition.CUSTOMERS_WITHOUT_CHANNELS, id="nobody asked"),
        pytest.param("tiktok", SEGMENTS, acquisition.NO_CHANNEL_IN_COMMON, id="none in common"),
        pytest.param("organic", SEGMENTS, acquisition.NOBODY_PAID_FOR, id="nobody of it came"),
    ],
)
def test_without_channels_on_both_sides_there_is_only_a_blended_cost(
    spend: str, segments: tuple[str, ...], because: str
) -> None:
    found = answer(summed(spread_over(spend, 9, 100), days(9, 10), segments=segments))

    assert found.blended is not None
    assert (found.blended.value, found.paid, found.paid_customers) == (10, None, None)
    if found.channels and because == acquisition.NO_CHANNEL_IN_COMMON:
        assert [one.customers for one in found.channels] == [None, 10, 0, 0, 0]
    assert found.paid_missing is not None
    assert found.paid_missing.text == because


def test_customers_of_days_without_spend_of_their_channel_are_not_counted_with_it() -> None:
    spend = [*spread_over("google", 9, 100), *spread_over("google", 10, 100)]
    spend += spread_over("meta", 10, 50)
    found = answer(summed(spend, [*days(9, 4, 1), *days(10, 5, 1)], segments=("google", "meta")))
    meta = channel(found, "meta")
    rest = [row for row in found.by_month if row["channel"] == "meta" and row["spend"] is None]

    assert (meta.customers, meta.cac and meta.cac.value) == (5, 10)
    assert [(row["month"], row["customers"], row["cac"]) for row in rest] == [("2026-09", 4, None)]


def test_segments_of_several_columns_are_the_channel_in_them() -> None:
    segments = ("Google · JP", "google · US", "email · JP")
    customers = [*days(9, 4, 0), *days(9, 6, 1), *days(9, 3, 2)]
    found = answer(summed(spread_over("google", 9, 100), customers, segments=segments))

    assert channel(found, "google").segments == segments[:2]
    assert channel(found, "google").customers == 10


def test_six_whole_months_give_the_marginal_cac() -> None:
    spend, customers = [], []
    for month, count in zip(range(1, 8), (10, 14, 12, 18, 10, 20, 13), strict=True):
        spend += spread_over("google", month, 1000 + 50 * count)
        customers += days(month, count)
    found = answer(summed(spend, customers, segments=("google", "organic")))

    assert found.marginal is not None
    assert found.marginal.value == pytest.approx(50)
    assert channel(found, "google").marginal == found.marginal
    assert found.blended is not None
    assert found.blended.value > 100


def test_too_few_months_are_reported() -> None:
    assert FOUND.marginal is None
    assert FOUND.marginal_missing is not None
    assert FOUND.marginal_missing.facts["months"].value == 2  # type: ignore[union-attr]


def test_an_ltv_to_cac_takes_the_noise_of_the_count_along() -> None:
    ratio = with_count_noise(Spread(value=3.0, error=0.0, degrees=99), 900)

    assert ratio.error == pytest.approx(0.1)


@pytest.mark.slow
@pytest.mark.parametrize("usual", [60, 400])
def test_ltv_to_cac_holds_the_truth_90_to_99_times_in_100(usual: int) -> None:
    """Customers come by chance, about as many as `usual`, and bring 40 each, spread wide."""
    chance = np.random.default_rng(usual)
    spend, held, rounds = 20.0 * usual, 0, 600
    for _ in range(rounds):
        customers = int(chance.poisson(usual))
        brought = chance.exponential(40, customers)
        bucket = chance.integers(0, 100, customers) if customers > 100 else np.arange(customers)
        groups = [brought[bucket != one].mean() for one in np.unique(bucket)]
        cac = spend / customers
        found = spread(np.array([brought.mean(), *groups]) / cac)
        assert found is not None
        wide = with_count_noise(found, customers)
        held += abs(wide.value - 2.0) <= wide.half_width

    assert 0.90 <= held / rounds <= 0.99


@pytest.mark.slow
@pytest.mark.parametrize("usual", [3, 30, 300])
def test_a_cac_holds_the_truth_at_least_93_times_in_100(usual: int) -> None:
    chance = np.random.default_rng(usual)
    held, rounds = 0, 2000
    for _ in range(rounds):
        found = average(10.0 * usual, int(chance.poisson(usual)))
        held += found is None or (found.low or 0) <= 10.0 <= (found.high or 0)

    assert held / rounds >= 0.93
