"""Prospects: probabilities, money, similar customers, and prospects similar to none."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.risk import answer, likeness, models, prospects, trials
from ltvcli.analyses.risk.asked import Asked, Customers
from ltvcli.facts.attributes import Attributes
from ltvcli.results.risk import Word
from ltvcli.results.risk_record import Verdict
from tests.analyses.risk.customers import level, number, simulated, table


@cache
def _plain() -> answer.Answer:
    return _answered(Asked())


def answered(asked: Asked | None = None, drift: bool = False) -> answer.Answer:
    return _plain() if asked is None and not drift else _answered(asked or Asked(), drift)


def _answered(asked: Asked, drift: bool = False) -> answer.Answer:
    """Answer from customers who came one after another; with drift, the reasons turn at the end."""
    attributes, left, _ = simulated(2500, 11)
    draw = np.random.default_rng(12)
    first = np.datetime64("2024-01-01") + np.arange(2500) // 5
    if drift:
        late = first > first[int(0.55 * 2500)]
        left = np.where(late, draw.random(2500) < left.mean(), left)
    value = np.where(left, 50.0, 400.0) + draw.normal(size=2500)
    shuffled = draw.permutation(2500)
    customers = Customers(
        attributes=attributes.take(shuffled),
        left=left[shuffled],
        file="customers.csv",
        first=first[shuffled],
        within=30,
        value=value[shuffled],
    )
    return answer.answer(customers, asked, lambda _: None)


def some(count: int) -> Attributes:
    attributes, _, _ = simulated(count, 21)
    return attributes


def test_prospects_are_scored_and_called_by_money() -> None:
    asked = some(60)
    found = answered(Asked(prospects=asked, cac=200.0))
    scored = {row.name: row for row in found.prospects}

    assert found.verdict is Verdict.SCORE
    assert len(scored) == 60
    for row in scored.values():
        if row.chance is None:
            continue
        assert (row.chance.low or 0) <= row.chance.value <= (row.chance.high or 0)
        assert row.expected is not None
        # Leavers bring about 50 and others 400, so that the money follows from the chance.
        by_chance = 50 * row.chance.value + 400 * (1 - row.chance.value) - 200
        assert row.expected.value == pytest.approx(by_chance, abs=60)
        if row.word is Word.FIT:
            assert row.expected.value > 0
        if row.word is Word.HIGH:
            assert row.expected.value < 0
    chances = [row.chance.value for row in found.prospects if row.chance]
    assert chances == sorted(chances, reverse=True)


def test_the_reason_is_the_column_that_was_moved() -> None:
    asked = some(2)
    sizes = np.array([-1.5, 2.5])
    columns = tuple(
        replace(column, values=sizes)
        if column.name == "size"
        else replace(column, values=np.repeat(column.values[:1], 2))
        for column in asked.columns
    )
    low, high = sorted(
        answered(Asked(prospects=replace(asked, columns=columns))).prospects,
        key=lambda row: row.name,
    )

    assert any(text.startswith("size") and text.endswith("▼") for text in low.because)
    assert high.because[0].startswith("size")
    assert high.because[0].endswith("▲")
    assert low.word is None  # without a CAC nothing is said about money


def test_a_prospect_unlike_every_customer_is_unknown() -> None:
    asked = some(3)
    size, age, _, *further = asked.columns
    strange = (
        replace(size, values=np.array([0.0, 99.0, 0.0])),
        age,
        level("plan", np.array([0, 1, 3]), ("basic", "pro", "team", "galaxy")),
        *further,
    )
    found = answered(Asked(prospects=replace(asked, columns=strange), cac=100.0))
    by_name = {row.name: row for row in found.prospects}

    assert by_name["c0"].word is not Word.UNKNOWN
    assert (by_name["c1"].word, by_name["c1"].because) == (Word.UNKNOWN, ("size 99",))
    assert (by_name["c2"].word, by_name["c2"].because) == (Word.UNKNOWN, ("plan galaxy",))
    assert by_name["c1"].chance is None


@pytest.mark.slow
def test_later_customers_who_differ_are_seen_by_the_split_in_time_alone() -> None:
    """At random, the old reasons seem to hold for all; on later customers they do not."""
    drifted = answered(drift=True)
    attributes, left, _ = simulated(2500, 11)
    draw = np.random.default_rng(12)
    late = np.arange(2500) // 5 > 275
    left = np.where(late, draw.random(2500) < left.mean(), left)
    at_random = answer.answer(
        Customers(attributes=attributes, left=left, file="c.csv"), Asked(), lambda _: None
    )

    assert at_random.verdict is Verdict.SCORE
    assert drifted.verdict is Verdict.NOTHING
    assert answered().verdict is Verdict.SCORE


@pytest.mark.slow
def test_a_customer_is_only_learned_from_once_the_outcome_is_known() -> None:
    attributes, left, _ = simulated(2500, 11)
    first = np.datetime64("2024-01-01") + np.arange(2500) // 5
    with models.on_one_thread():
        tried = trials.later(attributes, left, first, 60, lambda _: None)

    assert [trial.cutoff for trial in tried] == sorted(trial.cutoff for trial in tried)
    assert len(tried) == 4
    rows = np.concatenate([trial.rows for trial in tried])
    assert len(set(rows.tolist())) == len(rows)  # nobody is scored twice
    for trial in tried:
        assert (first[trial.rows] >= np.datetime64(trial.cutoff)).all()
        known = first + 60 <= np.datetime64(trial.cutoff)
        # The base rate of each trial is that of the customers whose outcome was known.
        assert trial.chances["base-rate"][0] == pytest.approx(left[known].mean())


@pytest.mark.slow
def test_columns_that_prospects_lack_are_not_used() -> None:
    asked = some(5)
    few = replace(asked, columns=asked.columns[:-2])
    found = answered(Asked(prospects=few))
    because = {column.name: column.because for column in found.columns}

    assert because["noise"] == because["channel"] == "not-of-prospects"
    assert because["size"] == ""


def test_prospects_are_read_as_customers_are() -> None:
    learned = table(level("zip", np.array([0, 1]), ("00123", "9000")), number("n", np.ones(2)))
    asked = table(number("ZIP", np.array([9000.0, 77.0])), level("N", np.array([0, 0]), ("x",)))
    found = prospects.aligned(asked, learned)

    assert found.columns[0].levels == ("00123", "9000", "77")
    assert found.columns[0].values.tolist() == [1.0, 2.0]
    assert found.columns[1].values.tolist() == [np.inf, np.inf]  # words are no numbers


@pytest.mark.parametrize(("cac", "below"), [(0.0, 0.0), (60.0, 0.5), (500.0, 1.0)])
def test_the_probability_of_a_loss(cac: float, below: float) -> None:
    brought = np.array([20.0, 100.0, 90.0, 110.0, 10.0, 30.0])
    left = np.array([True, False, False, False, True, True])
    brings = likeness.worth(brought, left, 0.5, cac)

    assert brings is not None
    assert brings.expected.value == pytest.approx(60.0 - cac)
    assert brings.below == pytest.approx(below, abs=1e-3)
