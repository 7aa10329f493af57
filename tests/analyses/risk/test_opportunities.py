"""Customers likely to spend more; none are shown without a backtest."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.risk import buyers, opportunities
from ltvcli.analyses.risk import subscribers as of_subscribers
from ltvcli.facts.moments import Subscribers
from ltvcli.facts.silences import Silences
from ltvcli.results.risk import AHEAD, KNOWN
from ltvcli.results.risk_record import Verdict
from tests.analyses.risk.test_watched import subscribers

DAYS = tuple(date(2026, 1, 1) + timedelta(days=AHEAD * n) for n in range(3))


def silences(seed: int, n: int = 1500, growing: float = 0.8) -> Silences:
    """Customers who spend 100 in 90 days; those who order often, and did of late, may double it."""
    draw = np.random.default_rng(seed)
    often = draw.random(n) < 0.4
    silence = draw.integers(1, 60, n)
    doubles = draw.random(n) < np.where(often & (silence < 30), growing, 0.1)
    return Silences(
        customer=np.array([f"c{k}" for k in range(n)], dtype=object),
        order_days=np.where(often, 12, 4) + draw.integers(0, 3, n),
        revenue=np.full(n, 400.0),
        silence=silence,
        tenure=np.full(n, 359),
        recent_days=np.where(often, 4, 1),
        recent_revenue=np.full(n, 100.0),
        gaps=np.full(n, 3),
        usual_gap=draw.integers(10, 60, n).astype(float),
        later_days=np.full(n, 1),
        later_revenue=np.where(doubles, 200.0, 80.0),
    )


def test_a_rise_is_above_the_last_days_and_above_the_average() -> None:
    """Of 100 in the last 90 days and 200 on average, 120 and 239 are no rise; 240 is."""
    once = silences(1, 3)
    weak = replace(once, revenue=np.full(3, 800.0), later_revenue=np.array([120.0, 239.0, 240.0]))
    young = replace(once, tenure=np.full(3, 10), revenue=np.full(3, 100.0))

    assert buyers.has_risen(weak).tolist() == [False, False, True]
    young = replace(young, later_revenue=np.array([119.0, 120.0, 0.0]))
    assert buyers.has_risen(young).tolist() == [False, True, False]


def test_those_without_an_order_in_the_last_days_have_no_part() -> None:
    known = [silences(seed) for seed in (1, 2, 3)]
    gone = np.arange(1500) < 500
    known = [
        replace(moment, recent_revenue=np.where(gone, 0.0, moment.recent_revenue))
        for moment in known
    ]
    over = buyers.over_days(DAYS, known)

    assert np.bincount(over.day_of).tolist() == [1000] * 3
    assert not over.came[over.day_of == 2].any()
    assert "c0" not in over.attributes.customers
    assert {column.name for column in over.attributes.columns} <= set(KNOWN)


def test_the_likeliest_tenth_is_shown_with_a_record_on_a_later_day() -> None:
    answer = opportunities.of_orders(DAYS, [silences(seed) for seed in (1, 2, 3)], None)
    (chosen,) = (row for row in answer.records if row.chosen)

    assert answer.verdict is Verdict.SCORE
    assert chosen.cutoff == DAYS[1]
    assert chosen.lift is not None
    assert chosen.lift.low is not None
    assert chosen.lift.low > 1
    assert len(answer.expansion) == 150
    assert all(row.spent == 100.0 and row.chance.value > 0.5 for row in answer.expansion)
    chances = [row.chance.value for row in answer.expansion]
    assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize("seed", [1, 4])
def test_noise_shows_nobody(seed: int) -> None:
    moments = [silences(seed + k, growing=0.1) for k in range(3)]
    answer = opportunities.of_orders(DAYS, moments, None)

    assert answer.verdict is Verdict.NOTHING
    assert (answer.expansion, answer.tables["expansion"]) == ((), ())


@pytest.mark.slow
def test_subscribers_whose_mrr_grows() -> None:
    """Of those on the plan pro six in ten double their MRR, of others one in twenty."""

    def moment(seed: int) -> Subscribers:
        known = subscribers(1500, seed)
        draw = np.random.default_rng(seed)
        chance = np.where((known.plan == "pro") & (known.tenure > 300), 0.6, 0.05)
        grows = draw.random(1500) < chance
        return replace(known, later_mrr=np.where(grows, 2 * known.mrr, known.mrr))

    columns = of_subscribers.attributes([moment(1)]).columns
    assert {column.name for column in columns} <= set(KNOWN)
    answer = opportunities.of_subscribers(DAYS, [moment(seed) for seed in (1, 2, 3)])

    assert answer.verdict is Verdict.SCORE
    assert len(answer.expansion) == 150
    assert all("plan pro ▲" in row.because for row in answer.expansion)
