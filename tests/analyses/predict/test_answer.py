"""Predictions: their inputs, their backtest, and what they refuse."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from scipy import stats

from ltvcli.analyses.predict import answer
from ltvcli.analyses.predict.answer import Prediction
from ltvcli.errors import (
    HorizonPastPredictionError,
    NobodyReturnsError,
    TooFewToPredictError,
    TooShortToPredictError,
    UnknownNameError,
)
from ltvcli.facts import orders as facts
from ltvcli.facts import purchases as cells_of
from ltvcli.results import Row
from ltvcli.settings.settings import Settings
from ltvcli.stats.purchases import bg_nbd
from ltvcli.stats.purchases.record import Cells, NotFitted
from tests.reference import Order
from tests.shops import engine
from tests.simulated import Law, followed, known, last_day, simulated

DAYS, AHEAD = 540, 182
AS_OF = last_day(DAYS)
EVERYTHING = simulated(1, 500, DAYS, AHEAD)
SHOP = known(EVERYTHING, AS_OF)
SIX = Settings(horizon=6.0)
CDNOW = Path(__file__).parents[4] / "shared/data/cdnow/CDNOW_sample.txt"


def predict(
    orders: Sequence[Order],
    settings: Settings = SIX,
    model: str = "auto",
    as_of: date = AS_OF,
    by_segment: bool = False,
) -> Prediction:
    with engine(orders) as opened:
        found = facts.gather(opened, as_of, None, by_segment=by_segment)
        return answer.answer(opened, found, settings, model)


@cache
def forecast() -> Prediction:
    """Predict the shop, once for all tests that only look."""
    return predict(SHOP)


def future(found: Prediction) -> Row:
    return found.tables["totals"][1]


def histories(orders: Sequence[Order], day: date, length: int) -> list[tuple[int, int, int, int]]:
    """Days after the first with an order, span, age, and such days in the period that follows."""
    on: dict[str, set[date]] = {}
    for one in orders:
        on.setdefault(one.customer, set()).add(one.day)
    rows = []
    for days in on.values():
        before = sorted(one for one in days if one <= day)
        if before:
            after = sum(day < one <= day + timedelta(days=length) for one in days)
            span, age = (before[-1] - before[0]).days, (day - before[0]).days
            rows.append((len(before) - 1, span, age, after))
    return rows


def test_the_backtest_is_what_a_script_finds_that_looks_at_each_customer() -> None:
    rows = [row for row in forecast().tables["backtest"] if row["model"] == "bg-nbd"]
    assert len(rows) == 4
    for row in rows:
        day, length = date.fromisoformat(str(row["cutoff"])), forecast().evidence.tested_days
        each = np.array(histories(SHOP, day, length), dtype=float)
        record = Cells(
            frequency=each[:, 0],
            recency=each[:, 1] / 7,
            age=each[:, 2] / 7,
            weight=each[:, 0] * 0 + 1,
        )
        fitted = bg_nbd.fit(record)
        assert not isinstance(fitted, NotFitted)
        expected, actual = fitted.expected(record, length / 7), each[:, 3]

        assert row["customers"] == len(each)
        assert row["actual"] == actual.sum()
        assert row["orders_bias"] == pytest.approx(expected.sum() / actual.sum() - 1, abs=1e-4)
        assert row["rmse"] == pytest.approx(np.sqrt(((expected - actual) ** 2).mean()), rel=1e-4)
        assert row["mae"] == pytest.approx(np.abs(expected - actual).mean(), rel=1e-4)
        rho = stats.spearmanr(expected, actual).statistic
        assert row["spearman"] == pytest.approx(rho, abs=1e-3)


def test_plain_rules_score_as_anyone_would_score_them() -> None:
    row = next(row for row in forecast().tables["backtest"] if row["model"] == "own-rate")
    length = forecast().evidence.tested_days
    each = histories(SHOP, date.fromisoformat(str(row["cutoff"])), length)
    own = np.array([x / max(age, 7) * length for x, _, age, _ in each])
    actual = np.array([after for *_, after in each])

    assert row["predicted"] == pytest.approx(own.sum())
    assert row["rmse"] == pytest.approx(np.sqrt(((own - actual) ** 2).mean()))
    assert row["spearman"] == pytest.approx(stats.spearmanr(own, actual).statistic)


def test_later_data_is_not_used() -> None:
    oldest = min(str(row["cutoff"]) for row in forecast().tables["backtest"])
    day = date.fromisoformat(oldest)
    changed = [one if one.day <= day else replace(one, amount=one.amount * 3) for one in SHOP]
    changed = [one for place, one in enumerate(changed) if one.day <= day or place % 2]
    changed += [one for one in SHOP if one.day == AS_OF]

    def at_oldest(found: Prediction) -> dict[str, float]:
        rows = [row for row in found.tables["backtest"] if row["cutoff"] == oldest]
        return {
            f"{row['model']} {key}": float(row[key] or 0)
            for row in rows
            for key in ("predicted", "predicted_value")
        }

    there, here = at_oldest(predict(changed)), at_oldest(forecast())
    for key in ("auto predicted", "auto predicted_value"):  # which learn from all other cut-offs
        assert there.pop(key) != here.pop(key)
    assert there == pytest.approx(here, rel=1e-9)


@pytest.mark.slow
def test_the_same_orders_in_another_order_are_the_same_bytes() -> None:
    assert repr(predict(SHOP[::-1])) == repr(predict(SHOP))


@pytest.mark.slow
def test_money_times_ten_changes_money_only() -> None:
    ten = predict([replace(one, amount=one.amount * 10) for one in SHOP])

    assert future(ten)["orders"] == pytest.approx(future(forecast())["orders"])
    for key in ("value", "value_low", "value_high"):
        assert future(ten)[key] == pytest.approx(10 * float(future(forecast())[key] or 0), rel=1e-6)


@pytest.mark.slow
def test_the_value_of_an_order_is_anchored_on_the_plain_mean_of_repeat_purchases() -> None:
    """Doubling every first order, which no repeat order is, leaves the forecast value alone."""
    first: dict[str, date] = {}
    for one in sorted(SHOP, key=lambda one: one.day):
        first.setdefault(one.customer, one.day)
    doubled = [
        replace(one, amount=one.amount * 2) if one.day == first[one.customer] else one
        for one in SHOP
    ]
    there, here = (float(future(found)["value"] or 0) for found in (predict(doubled), forecast()))

    assert there == pytest.approx(here, rel=0.02)


@pytest.mark.slow
def test_groups_add_up_to_the_totals() -> None:
    orders = [replace(one, segment="web" if hash_of(one) % 3 else "ads") for one in SHOP]
    found = predict(orders, by_segment=True)

    for table in ("segments", "cohorts"):
        rows = found.tables[table]
        for key in ("orders", "value"):
            whole = float(future(found)[key] or 0)
            assert sum(float(row[key] or 0) for row in rows) == pytest.approx(whole)
            past = found.tables["totals"][0][key]
            assert sum(float(row[f"past_{key}"] or 0) for row in rows) == pytest.approx(past)
    assert {row["segment"] for row in found.tables["segments"]} == {"web", "ads"}


def hash_of(one: Order) -> int:
    return int(one.customer.removeprefix("c"))


def test_past_and_future_are_apart_and_the_past_is_what_was_ordered() -> None:
    past = forecast().tables["totals"][0]

    assert past["orders"] == len({(one.customer, one.day) for one in SHOP})
    assert past["value"] == pytest.approx(float(sum(one.amount for one in SHOP)))


def test_margin_and_discount_lower_the_value_and_the_middle_of_each_month_counts() -> None:
    plain = float(future(forecast())["value"] or 0)
    less = predict(SHOP, dataclasses.replace(SIX, margin=0.4, discount=0.21))

    assert less.basis == "margin"
    assert future(less)["orders"] == future(forecast())["orders"]
    assert float(future(less)["value"] or 0) == pytest.approx(0.4 * plain * less.worth)
    assert 1.21**-0.5 < less.worth < 1.21**-0.2
    assert less.tables["totals"][0]["value"] == pytest.approx(
        0.4 * float(forecast().tables["totals"][0]["value"] or 0)
    )


def test_a_simulated_shop_is_predicted_within_its_interval() -> None:
    orders, value = followed(EVERYTHING, AS_OF, forecast().evidence.horizon_days)

    assert (
        float(future(forecast())["orders_low"] or 0)
        < orders
        < float(future(forecast())["orders_high"] or 0)
    )
    assert (
        float(future(forecast())["value_low"] or 0)
        < value
        < float(future(forecast())["value_high"] or 0)
    )
    assert float(future(forecast())["orders"] or 0) == pytest.approx(orders, rel=0.15)


def test_what_the_engine_holds_of_each_customer_adds_up() -> None:
    with engine(SHOP) as opened:
        found = facts.gather(opened, AS_OF, None)
        answered = answer.answer(opened, found, SIX)
        row = opened.execute(
            "select count(*), sum(orders), sum(flat + rate * greatest(revenue, 0)), "
            "min(none_within), max(none_within), min(alive), max(alive) "
            "from standing join forecast using (frequency, span_step, silence_step)"
        ).fetchone()

    assert row is not None
    customers, orders, value, least, most, *alive = row
    assert customers == found.customers
    assert orders == pytest.approx(future(answered)["orders"])
    assert value == pytest.approx(future(answered)["value"])
    assert 0 <= least <= most <= 1
    assert 0 <= min(alive) <= max(alive) <= 1


def test_the_stated_share_orders_nothing_for_ninety_days() -> None:
    with engine(SHOP) as opened:
        found = facts.gather(opened, AS_OF, None)
        answer.answer(opened, found, SIX)
        rows = opened.execute(
            "select customer, none_within from standing "
            "join forecast using (frequency, span_step, silence_step)"
        ).fetchall()
    end = AS_OF + timedelta(days=90)
    came = {one.customer for one in EVERYTHING if AS_OF < one.day <= end}
    silent = np.array([who not in came for who, _ in rows])
    said = np.array([chance for _, chance in rows])

    spread = np.sqrt((said * (1 - said)).sum())
    assert abs(silent.sum() - said.sum()) < 3 * spread
    order = np.argsort(said)
    for tenth in np.array_split(order, 5):
        assert silent[tenth].mean() == pytest.approx(said[tenth].mean(), abs=0.1)


def test_one_model_alone_is_left_as_it_is() -> None:
    alone = predict(SHOP, model="own-rate")
    rates = [x / max(age, 7) for x, _, age, _ in histories(SHOP, AS_OF, 0)]

    assert alone.evidence.chosen == "own-rate"
    expected = sum(rates) * alone.evidence.horizon_days
    assert future(alone)["orders"] == pytest.approx(expected)
    assert [row["model"] for row in alone.tables["backtest"] if row["chosen"]] == ["own-rate"] * 4


@pytest.mark.slow
def test_steps_of_days_move_the_total_by_less_than_a_thousandth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cells_of, "TO_THE_DAY", 0)
    coarse = predict(SHOP)

    assert float(future(coarse)["orders"] or 0) == pytest.approx(
        float(future(forecast())["orders"] or 0), rel=2e-3
    )


def test_a_new_customer_is_worth_the_first_order_and_what_follows() -> None:
    whole, *thirds = forecast().tables["new"]

    assert whole["segment"] is None
    assert float(whole["value"] or 0) > float(whole["first_order"] or 0)
    assert [row["size"] for row in thirds] == [1, 2, 3]
    firsts = [float(row["first_order"] or 0) for row in thirds]
    assert firsts == sorted(firsts)
    assert sum(int(row["customers"] or 0) for row in thirds) == whole["customers"]


@pytest.mark.slow
def test_under_thirteen_months_the_season_is_a_stated_doubt() -> None:
    young = predict(known(EVERYTHING, last_day(300)), as_of=last_day(300))

    assert 0.5 < young.evidence.calendar_half_width < 0.6
    assert young.evidence.calendar is None
    assert young.evidence.half_width > 0.2
    assert any("13 months" in one.says.text for one in young.says)


def test_tenths_of_the_forecast_are_held_against_what_happened() -> None:
    rows = forecast().tables["deciles"]

    assert [row["decile"] for row in rows] == list(range(1, 11))
    assert sum(float(row["orders"] or 0) for row in rows) == pytest.approx(
        future(forecast())["orders"]
    )
    newest = next(row for row in forecast().tables["backtest"] if row["chosen"])
    assert sum(float(row["actual"] or 0) for row in rows) == pytest.approx(newest["actual"])


def test_thirty_customers_are_the_least() -> None:
    few = [one for one in SHOP if hash_of(one) < 25]
    with pytest.raises(TooFewToPredictError):
        predict(few)


def test_eight_weeks_are_the_least() -> None:
    newest = [one for one in SHOP if one.day > AS_OF - timedelta(days=50)]
    with pytest.raises(TooShortToPredictError):
        predict(newest, Settings(horizon=1.0))


def test_without_repeat_orders_there_is_nothing_to_predict() -> None:
    firsts: dict[str, Order] = {}
    for one in SHOP:
        firsts.setdefault(one.customer, one)
    with pytest.raises(NobodyReturnsError):
        predict(list(firsts.values()))


def test_a_horizon_far_past_the_data_is_refused() -> None:
    with pytest.raises(HorizonPastPredictionError):
        predict(SHOP, Settings(horizon=60.0))


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        predict(SHOP, model="oracle")


@pytest.mark.slow
def test_a_single_acquisition_day_is_answered_and_reported() -> None:
    first = {one.customer: one.day for one in reversed(SHOP)}
    start = min(first.values())
    orders = [replace(one, day=one.day - (first[one.customer] - start)) for one in SHOP]
    found = predict([*orders, Order("c0", AS_OF, Decimal(5))])

    assert found.evidence.first_weeks == 1
    assert math.isfinite(float(future(found)["orders"] or 0))


@pytest.mark.slow
def test_orders_of_one_value_each_are_no_trouble() -> None:
    days = {(one.customer, one.day): replace(one, amount=Decimal(10)) for one in SHOP}
    found = predict(list(days.values()))

    assert float(future(found)["value"] or 0) == pytest.approx(
        10 * float(future(found)["orders"] or 0), rel=1e-6
    )


@pytest.mark.slow
def test_regular_buyers_who_never_leave_are_answered() -> None:
    orders = [
        Order(f"c{who}", AS_OF - timedelta(days=who + 28 * turn), Decimal(10))
        for who in range(60)
        for turn in range(15)
    ]
    found = predict(orders)

    assert float(future(found)["orders"] or 0) == pytest.approx(60 * 6.5, rel=0.2)


@pytest.mark.slow
@pytest.mark.skipif(not CDNOW.exists(), reason="no shared data")
def test_cdnow_is_predicted_as_well_as_published_forecasts_predict_it() -> None:
    """39 weeks after 39 weeks: 1,882 orders and 70,976.39 in money followed.

    Of the published forecasts the hiatus rule is nearest in total (-2.2% of orders, -4.4% of
    money) with an RMSE of 2.02; Pareto/NBD is nearest by customer (RMSE 1.6028, correlation .6302)
    and 11.5% too low. The mixture is nearer than both in total, and as near by customer but for a
    thousandth: raising a model to the right total costs that much, and Pareto/NBD alone far more
    (1.62).
    """
    orders = []
    for line in CDNOW.read_text().splitlines():
        _, who, day, _, amount = line.split()
        on = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        orders.append(Order(who, on, Decimal(amount)))
    cut = date(1997, 9, 30)
    with engine(known(orders, cut)) as opened:
        found = facts.gather(opened, cut, None)
        answered = answer.answer(opened, found, Settings(horizon=273 / 30.436875))
        rows = opened.execute(
            "select customer, orders, flat + rate * revenue from standing "
            "join forecast using (frequency, span_step, silence_step)"
        ).fetchall()
    each: dict[str, int] = {}
    for who, _ in {(o.customer, o.day) for o in orders if cut < o.day <= cut + timedelta(days=273)}:
        each[who] = each.get(who, 0) + 1
    actual = np.array([each.get(who, 0) for who, *_ in rows])
    expected = np.array([one for _, one, _ in rows])

    assert actual.sum() == 1882
    assert abs(expected.sum() / 1882 - 1) < 0.022
    assert abs(sum(one for *_, one in rows) / 70_976.39 - 1) < 0.044
    assert np.sqrt(((expected - actual) ** 2).mean()) < 1.6028 * 1.002
    assert np.corrcoef(expected, actual)[0, 1] > 0.6302 - 0.003
    low, high = (float(future(answered)[f"orders_{end}"] or 0) for end in ("low", "high"))
    assert low < 1882 < high


LAWS = [Law(season=0.3), Law(season=0.3, leaves="any-time", r=0.5, alpha=10)]


@pytest.mark.slow
def test_intervals_have_their_nominal_coverage() -> None:
    """80% intervals of orders and money of shops with a season, known for 8 to 50 months."""
    held = []
    for number in range(30):
        days = (244, 396, 609, 913, 1522)[number % 5]
        ahead = min(days, 365)
        law = replace(LAWS[number % 2], peak=number * 0.618 % 1)
        orders = simulated(100 + number, 400, days, ahead, law)
        shop = known(orders, last_day(days))
        found = predict(shop, Settings(horizon=ahead / 30.44), as_of=last_day(days))
        actual = followed(orders, last_day(days), found.evidence.horizon_days)
        row = future(found)
        held.append(
            [
                float(row[f"{key}_low"] or 0) <= total <= float(row[f"{key}_high"] or 0)
                for key, total in zip(("orders", "value"), actual, strict=True)
            ]
        )

    for share in np.mean(held, axis=0):
        assert 0.65 <= share <= 0.95  # 80%, and two standard errors


def test_orders_that_halved_are_found_and_the_interval_is_wider() -> None:
    first: dict[str, date] = {}
    for one in sorted(SHOP, key=lambda one: one.day):
        first.setdefault(one.customer, one.day)
    since = AS_OF - timedelta(weeks=20)
    halved = [
        one
        for place, one in enumerate(SHOP)
        if one.day <= since or one.day == first[one.customer] or place % 2
    ]
    steady, changed = forecast().evidence, predict([*halved, SHOP[-1]]).evidence

    assert (steady.changed, steady.changed_since) == (0.0, None)
    assert changed.changed_since is not None
    assert abs((changed.changed_since - since).days) <= 56
    assert -0.7 < changed.changed < -0.3
    assert changed.half_width > 1.3 * steady.half_width
