"""Findings about segments, and their order."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from ltvcli.checks.segments import (
    channel_not_worth_more,
    losing_segment,
    segment_carries_most,
    segment_unknown,
    small_segments,
    top_carries_value,
    young_segments,
)
from ltvcli.results import Severity
from ltvcli.results.segments import Budget, SegmentsReport
from tests.formats.segment_reports import (
    CONCENTRATION,
    LESS,
    SMALL,
    SPEAKS,
    estimate,
    minus,
    segment,
    segments,
)


def test_many_customers_in_small_segments_weigh_more() -> None:
    few = small_segments.check(segments(segment("web"), segment("mail"), SMALL))
    many = small_segments.check(segments(segment("web"), replace(SMALL, customers=30)))

    assert few is not None
    assert many is not None
    assert (few.severity, many.severity) == (Severity.INFO, Severity.WARNING)


@pytest.mark.parametrize(
    "calm",
    [
        pytest.param(segments(segment("all", share=1.0)), id="the only segment"),
        pytest.param(
            segments(segment("web", share=0.1), replace(SMALL, share=0.9)), id="small ones together"
        ),
        pytest.param(
            segments(segment("web", share=None), segment("mail", share=None)), id="no revenue"
        ),
    ],
)
def test_one_segment_carries_only_beside_others(calm: SegmentsReport) -> None:
    assert segment_carries_most.check(calm) is None


def test_a_tenth_without_a_segment_is_not_worth_a_word() -> None:
    assert (
        segment_unknown.check(segments(segment("a", customers=90), segment("", customers=10)))
        is None
    )
    assert segment_unknown.check(segments(segment(""))) is None


@pytest.mark.parametrize(("months", "option"), [(6, "--horizon 6mo"), (5, "")])
def test_young_segments_get_their_common_horizon_as_an_option(months: int, option: str) -> None:
    found = young_segments.check(segments(segment("web"), segment("mail", horizon=months)))

    assert found is not None
    assert found.option == option


@pytest.mark.parametrize("budget", [Budget.MORE, Budget.UNKNOWN, None])
def test_only_what_is_surely_not_worth_it_is_a_finding(budget: Budget | None) -> None:
    assert channel_not_worth_more.check(segments(replace(LESS, budget=budget))) is None


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"net": 0.0}, id="just nothing"),
        pytest.param({"of": 29, "net": -9.0}, id="too few to judge"),
        pytest.param({"net": -9.0, "gathered": 2}, id="small ones together"),
    ],
)
def test_a_segment_loses_with_enough_customers_all_together(changed: dict[str, Any]) -> None:
    assert losing_segment.check(minus(**changed)) is None


def test_without_segments_the_business_itself_may_lose() -> None:
    losses = minus(net=-9.0).losses
    assert losses is not None
    found = losing_segment.check(
        replace(
            SPEAKS["losing-segment"], losses=replace(losses, unprofitable=losses.unprofitable[:1])
        )
    )

    assert found is not None
    assert "{segment}" not in found.says.text


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"ltv_without": estimate(54.0)}, id="just a tenth"),
        pytest.param({"ltv_without": None}, id="unknown"),
        pytest.param({"ltv": estimate(-60.0)}, id="a value below 0"),
        pytest.param({"ltv_without": estimate(10.0), "left_out": 0}, id="nobody left out"),
    ],
)
def test_a_few_customers_carry_only_more_than_a_tenth(changed: dict[str, Any]) -> None:
    calm = segments(concentration=replace(CONCENTRATION, **changed))

    assert top_carries_value.check(calm) is None
