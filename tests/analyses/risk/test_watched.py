"""Models learned from earlier days and tested on a later one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from ltvcli.analyses.risk import calls, subscriber_calls, watched
from ltvcli.analyses.risk.watched import Scored, Watched
from ltvcli.errors import TooShortForCallsError
from ltvcli.facts.moments import Subscribers
from ltvcli.results.experiment import Range
from ltvcli.results.risk import AHEAD
from ltvcli.results.risk_record import Verdict
from ltvcli.units import DAYS_PER_MONTH
from tests.analyses.risk.customers import simulated

DAYS = tuple(date(2026, 1, 1) + timedelta(days=AHEAD * n) for n in range(3))


def over_days(n: int, seed: int, strength: float = 1.0) -> Watched:
    """The same chances on each of three days; the outcome of the last one is not known."""
    attributes, came, _ = simulated(3 * n, seed, strength)
    day_of = np.arange(3 * n) // n
    return Watched(days=DAYS, attributes=attributes, day_of=day_of, came=came & (day_of < 2))


def highest(chances: Sequence[Range], usual: float) -> list[int]:
    return sorted(range(len(chances)), key=lambda place: -chances[place].value)[:50]


def scored(n: int, seed: int, strength: float = 1.0) -> Scored:
    return watched.score(over_days(n, seed, strength), highest)


def test_a_model_that_beats_both_baselines_on_a_later_day_scores_the_last() -> None:
    found = scored(1500, 31)
    (chosen,) = (row for row in found.records if row.chosen)

    assert found.verdict is Verdict.SCORE
    assert {row.cutoff for row in found.records} == {DAYS[1]}
    assert (found.customers, len(found.chances)) == (1500, 1500)
    assert chosen.lift is not None
    assert chosen.lift.low is not None
    assert chosen.lift.low > 1.5
    assert len(found.listed) == len(found.because) == 50
    _, _, truth = simulated(4500, 31)
    assert truth[3000:][list(found.listed)].mean() > 2 * truth[3000:].mean()


@pytest.mark.parametrize("seed", [41, 42])
def test_noise_scores_nobody(seed: int) -> None:
    found = scored(1000, seed, strength=0)

    assert found.verdict is Verdict.NOTHING
    assert (found.chances, found.listed) == ((), ())


def test_too_few_customers_give_no_scores_but_the_days() -> None:
    found = scored(300, 5)

    assert found.verdict is Verdict.TOO_FEW
    assert found.customers == 300
    assert found.came < 100


@pytest.mark.slow
def test_the_outcome_of_the_tested_day_has_no_part_in_its_chances() -> None:
    """With an outcome of the newest day turned, all other errors stay as they were."""
    before = over_days(1000, 31)
    turned = before.came.copy()
    turned[1500] = not turned[1500]
    after = Watched(days=DAYS, attributes=before.attributes, day_of=before.day_of, came=turned)
    first, second = (watched.score(one, highest).records for one in (before, after))
    for one, other in zip(first, second, strict=True):
        assert abs(one.brier - other.brier) <= 1 / 1000  # its own error alone has changed


def subscribers(n: int, seed: int) -> Subscribers:
    """One in twenty with an MRR of 10 to 100 leaves, half of those who pay less than at first."""
    draw = np.random.default_rng(seed)
    mrr = draw.uniform(10, 100, n)
    cheaper, size = draw.random(n) < 0.3, draw.integers(0, 2, n)
    chance = np.where(cheaper, np.where(size == 1, 0.7, 0.3), 0.05)
    stays = draw.random(n) >= chance
    return Subscribers(
        customer=np.array([f"c{k}" for k in range(n)], dtype=object),
        plan=np.where(size == 1, "pro", "solo").astype(object),
        mrr=mrr,
        first_mrr=np.where(cheaper, 2 * mrr, mrr),
        subscriptions=np.ones(n, dtype=np.int64),
        amounts=np.ones(n, dtype=np.int64),
        tenure=draw.integers(1, 900, n),
        later_mrr=np.where(stays, mrr, 0.0),
        later_paid=np.where(stays, 3 * mrr, 0.0),
    )


@pytest.mark.slow
def test_subscribers_more_likely_to_leave_than_usual_are_listed_by_what_is_at_stake() -> None:
    moments = [subscribers(1200, seed) for seed in (1, 2, 3)]
    found = subscriber_calls.answer(DAYS, moments, 0.5, None)
    now = moments[-1]
    place = {customer: number for number, customer in enumerate(now.customer.tolist())}
    usual = float((moments[1].later_mrr == 0).mean())

    assert found.verdict is Verdict.SCORE
    assert 200 < len(found.calls) < 500
    for call in found.calls:
        mrr = float(now.mrr[place[call.customer]])
        assert call.chance.value > usual
        assert call.at_stake == pytest.approx(call.chance.value * mrr * 90 / DAYS_PER_MONTH * 0.5)
        assert (call.due - call.day).days == calls.DUE
        assert call.control == calls.is_control(call.customer)
    assert [call.at_stake for call in found.calls] == sorted(
        (call.at_stake for call in found.calls), reverse=True
    )
    assert any("MRR to first 0.5 ▲" in call.because for call in found.calls)


def test_subscriptions_of_a_few_weeks_are_no_history() -> None:
    nobody = subscribers(0, 1)
    with pytest.raises(TooShortForCallsError):
        subscriber_calls.answer(DAYS, [nobody, subscribers(300, 1), subscribers(300, 2)], 1.0, None)
