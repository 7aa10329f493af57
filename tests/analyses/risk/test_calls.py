"""Call lists by hand, and the results of earlier calls."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.risk import calls, calls_answer, last_calls
from ltvcli.errors import TooShortForCallsError
from ltvcli.facts.silences import Silences
from ltvcli.results.risk_record import Verdict

DAY = date(2026, 10, 31)


def silences(silent: list[int], later: list[int] | None = None, usual: float = 30.0) -> Silences:
    """Customers with five orders of 20, thirty days apart or so."""
    n = len(silent)
    return Silences(
        customer=np.array([f"c{k}" for k in range(n)], dtype=object),
        order_days=np.full(n, 5),
        revenue=np.full(n, 100.0),
        silence=np.array(silent),
        tenure=np.array(silent) + 120,
        recent_days=np.full(n, 3),
        recent_revenue=np.full(n, 60.0),
        gaps=np.full(n, 4),
        usual_gap=np.full(n, usual),
        later_days=np.array(later or [0] * n),
        later_revenue=np.array(later or [0] * n) * 20.0,
    )


def earlier(seed: int, n: int = 1000) -> Silences:
    """Customers of whom one in ten comes back once silent past the gap, else eight in ten."""
    draw = np.random.default_rng(seed)
    silent = draw.integers(1, 120, n)
    back = draw.random(n) < np.where(silent > 30, 0.1, 0.8)
    return silences(silent.tolist(), back.astype(int).tolist())


def test_customers_past_their_usual_gap_are_listed_by_what_is_at_stake() -> None:
    now = silences([20, 31, 60, 120, 121])
    listed = calls.listed(now, calls.learn([earlier(1), earlier(2)]), DAY, 0.5)

    assert {call.customer for call in listed} == {"c1", "c2", "c3"}  # c4 is past it for 91 days
    for call in listed:
        assert call.usual == 30
        assert call.chance.value == pytest.approx(0.9, abs=0.05)
        assert (call.chance.low or 0) <= call.chance.value <= (call.chance.high or 0)
        # An order day brings 20, half of it kept; those who come back order on one day.
        assert call.at_stake == pytest.approx(call.chance.value * 20 * 0.5)
        assert (call.due - call.day).days == calls.DUE
    assert [call.at_stake for call in listed] == sorted((c.at_stake for c in listed), reverse=True)


def test_a_gap_of_few_orders_is_shrunk_to_that_of_all() -> None:
    many = silences([10] * 9)
    rare = replace(many, gaps=np.r_[1, np.full(8, 4)], usual_gap=np.r_[90.0, np.full(8, 30.0)])

    assert calls.usual_gap(rare)[0] == pytest.approx((90 + 3 * 30) / 4)
    assert calls.usual_gap(rare)[1] == pytest.approx(30)


def test_the_control_is_a_stable_tenth_whoever_else_is_listed() -> None:
    names = [f"customer {n}" for n in range(2000)]
    control = {name for name in names if calls.is_control(name)}

    assert 150 < len(control) < 250
    assert control == {name for name in reversed(names) if calls.is_control(name)}


def answered(days: list[Silences]) -> calls_answer.Answer:
    cutoffs = [date(2026, 1 + 2 * n, 1) for n in range(len(days))]
    now = silences([40] * 30)
    return calls_answer.answer(list(zip(cutoffs, days, strict=True)), now, DAY, 1.0, None)


def test_predictive_silence_gives_a_list_and_a_record() -> None:
    found = answered([earlier(1), earlier(2), earlier(3)])

    assert found.verdict is Verdict.SCORE
    assert len(found.calls) == 30
    assert found.records[-1].chosen
    assert found.records[-1].auc is not None
    assert found.records[-1].auc.value > 0.75
    assert found.customers == 1000


def test_uninformative_silence_gives_no_list() -> None:
    def noise(seed: int) -> Silences:
        draw = np.random.default_rng(seed)
        back = (draw.random(1000) < 0.5).astype(int).tolist()
        return silences(draw.integers(1, 120, 1000).tolist(), back)

    found = answered([noise(1), noise(2), noise(3)])

    assert found.verdict is Verdict.NOTHING
    assert found.tables["customers"] == ()


def test_few_customers_give_no_list() -> None:
    assert answered([earlier(1), earlier(2, 120)]).verdict is Verdict.TOO_FEW


def test_orders_of_a_few_weeks_are_no_history() -> None:
    nobody = silences([])
    with pytest.raises(TooShortForCallsError):
        answered([nobody, nobody, earlier(1)])


def test_the_effect_of_the_last_calls() -> None:
    """Of four called three came back, of two left out one; they brought 30, 10, 20, 0 and 10, 0."""
    control = np.array([False] * 4 + [True] * 2)
    back = np.array([True, True, True, False, True, False])
    revenue = np.array([30.0, 10.0, 20.0, 0.0, 10.0, 0.0])
    last = last_calls.compared(DAY, control, back, revenue, 0.5)

    assert last is not None
    assert (last.called, last.called_back, last.control, last.control_back) == (4, 3, 2, 1)
    assert last.difference.value == pytest.approx(0.25)
    assert last.worth.value == pytest.approx((15 - 5) * 0.5)
    assert last.worth.low is not None
    assert last.worth.low < 0  # six customers prove nothing
    assert last_calls.compared(DAY, ~control & False, back, revenue, 0.5) is None
