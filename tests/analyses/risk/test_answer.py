"""A score only where it is better than chance, with probabilities that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ltvcli.analyses.risk import answer, models, trials
from ltvcli.analyses.risk.answer import Answer
from ltvcli.analyses.risk.asked import Asked, Customers
from ltvcli.analyses.risk.record import bins
from ltvcli.errors import NoAttributesError, NobodyLeftError
from ltvcli.facts.attributes import Attributes
from ltvcli.results.risk_record import Verdict
from tests.analyses.risk.customers import level, number, simulated, table

if TYPE_CHECKING:
    from tests.analyses.risk.customers import Bools

pytestmark = pytest.mark.sampled


def snapshot(n: int, seed: int, strength: float = 1.0) -> Answer:
    attributes, left, _ = simulated(n, seed, strength)
    return snapshot_of(attributes, left)


def snapshot_of(attributes: Attributes, left: Bools, without: tuple[str, ...] = ()) -> Answer:
    customers = Customers(attributes=attributes, left=left, file="customers.csv")
    return answer.answer(customers, Asked(without=without), lambda _: None)


def test_a_score_that_beats_both_baselines_is_chosen() -> None:
    found = snapshot(2000, 1)

    assert found.verdict is Verdict.SCORE
    (chosen,) = (row for row in found.records if row.chosen)
    errors = {row.model: row.brier for row in found.records}
    assert chosen.brier == min(errors.values())
    assert errors[chosen.model] < errors["single-column"] < errors["base-rate"]
    assert chosen.auc is not None
    assert chosen.auc.value > 0.75
    assert chosen.slope is not None
    assert chosen.slope.low is not None
    assert chosen.slope.high is not None
    assert chosen.slope.low < 1 < chosen.slope.high
    assert sum(row.customers for row in found.bins) == 2000
    assert sum(row.left for row in found.bins) == chosen.left


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_gives_no_score(seed: int) -> None:
    found = snapshot(1000, seed, strength=0)

    assert found.verdict is Verdict.NOTHING
    assert (found.bins, found.groups) == ((), ())
    assert not any(row.chosen for row in found.records)


def test_a_single_sufficient_column_gives_its_table_and_no_score() -> None:
    draw = np.random.default_rng(5)
    plan = draw.integers(0, 2, 2000)
    left = draw.random(2000) < np.where(plan == 1, 0.4, 0.1)
    attributes = table(
        level("plan", plan, ("basic", "pro")), number("noise", draw.normal(size=2000))
    )
    found = snapshot_of(attributes, left)

    assert found.verdict is Verdict.COLUMN
    rates = {group.name: (group.left, group.customers) for group in found.groups}
    assert rates == {
        "basic": (int(left[plan == 0].sum()), int((plan == 0).sum())),
        "pro": (int(left[plan == 1].sum()), int((plan == 1).sum())),
    }


def test_too_few_leavers_give_rates_of_every_column() -> None:
    attributes, left, _ = simulated(300, 4)
    assert left.sum() < 100
    found = snapshot_of(attributes, left)

    assert found.verdict is Verdict.TOO_FEW
    assert found.records == ()
    assert {group.column for group in found.groups} == {c.name for c in attributes.columns}
    for name in ("plan", "size"):
        assert sum(g.customers for g in found.groups if g.column == name) == 300
    assert all((g.rate.low or 0) <= g.rate.value <= (g.rate.high or 0) for g in found.groups)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_with_nobody_to_compare_there_is_no_answer(share: float) -> None:
    attributes, _, _ = simulated(300, 4)
    with pytest.raises(NobodyLeftError):
        snapshot_of(attributes, np.full(300, bool(share)))


def test_without_a_usable_column_there_is_no_answer() -> None:
    attributes, left, _ = simulated(300, 4)
    names = [column.name for column in attributes.columns]
    with pytest.raises(NoAttributesError):
        snapshot_of(attributes, left, tuple(names))


def test_the_number_of_threads_has_no_effect() -> None:
    """Inside, one thread is used, however many are offered."""
    from sklearn.utils._openmp_helpers import _openmp_effective_n_threads
    from threadpoolctl import threadpool_info, threadpool_limits

    for offered in (1, 2):
        with threadpool_limits(limits=offered), models.on_one_thread():
            assert _openmp_effective_n_threads() == 1
            assert {pool["num_threads"] for pool in threadpool_info()} == {1}


@pytest.mark.slow
def test_progress_ends_at_the_whole() -> None:
    attributes, left, _ = simulated(1000, 1)
    shares: list[float] = []
    customers = Customers(attributes=attributes, left=left, file="customers.csv")
    answer.answer(customers, Asked(is_of_today=True), shares.append)

    assert shares == sorted(shares)
    assert len(set(shares)) > 20  # the bar moves after each model of each fold
    assert shares[-1] == 1.0


@pytest.mark.slow
def test_trees_are_corrected_without_the_outcome_of_the_customer() -> None:
    """Nobody has a part in his own correction: with his outcome turned, his chance stays."""
    attributes, left, _ = simulated(600, 3)
    folds = trials.fold_numbers(left)
    with models.on_one_thread():
        before = trials.out_of_fold(attributes, left, folds, lambda _: None)
        turned = left.copy()
        turned[7] = not turned[7]
        after = trials.out_of_fold(attributes, turned, folds, lambda _: None)

    for name in ("base-rate", "single-column", "logistic"):
        assert before.chances[name][7] == after.chances[name][7]


@pytest.mark.slow
def test_chances_hold_in_their_bins_and_noise_gives_no_score() -> None:
    """In nine of ten runs eight of ten bins hold, near chances that are known."""
    runs, held, scores = 20, 0, 0
    for seed in range(runs):
        attributes, left, chance = simulated(3000, 100 + seed)
        folds = trials.fold_numbers(left)
        with models.on_one_thread():
            trial = trials.out_of_fold(attributes, left, folds, lambda _: None)
        name = trials.winner([trial])
        assert name in ("logistic", "boosting")
        noise = [snapshot(800, 200 + 2 * seed + k, strength=0).verdict for k in range(2)]
        assert Verdict.TOO_FEW not in noise  # the record decides, not the number of customers
        scores += noise.count(Verdict.SCORE)
        rows = bins(trial.chances[name], left)
        order = np.argsort(trial.chances[name], kind="stable")
        known = [chance[part].mean() for part in np.array_split(order, 10)]
        near = [abs(row.stated - truth) < 0.05 for row, truth in zip(rows, known, strict=True)]
        held += sum(near) >= 9 and sum(row.holds for row in rows) >= 8

    assert held >= 0.9 * runs
    assert scores <= 0.05 * 2 * runs
