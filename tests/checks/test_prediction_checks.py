"""Findings about predictions: none without a reason, and each with its limits."""

from __future__ import annotations

import pytest

from ltvcli import registry
from ltvcli.checks import predict as checks
from ltvcli.checks.predict import (
    few_carry_repeat_orders,
    forecast_tested_shorter,
    low_backtest_accuracy,
    season_unseen,
)
from tests.formats.prediction_reports import prediction


@pytest.mark.parametrize("name", registry.names(checks))
def test_a_prediction_with_a_good_record_has_no_findings(name: str) -> None:
    assert registry.load(checks, name).check(prediction()) is None


def test_thirteen_months_have_seen_every_season() -> None:
    assert season_unseen.check(prediction(history_days=395)) is not None
    assert season_unseen.check(prediction(history_days=396)) is None


def test_an_untested_forecast_is_not_shown_as_tested_over_less_time() -> None:
    assert forecast_tested_shorter.check(prediction(cutoffs=(), tested_days=0)) is None


def test_the_record_is_that_of_the_forecast_used() -> None:
    assert low_backtest_accuracy.check(prediction(chosen="own-rate")) is not None
    assert low_backtest_accuracy.check(prediction(chosen="hiatus")) is None


def test_five_in_a_hundred_who_order_again_are_few_and_two_of_thirty_are_no_sign() -> None:
    def says(returned: int, carriers: int) -> bool:
        report = prediction(returned=returned, carriers=carriers)
        return few_carry_repeat_orders.check(report) is not None

    assert says(100, 5)
    assert not says(100, 6)
    assert not says(30, 1)
