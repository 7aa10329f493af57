"""Today's customers: scored by what later customers did, or out of fold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.risk import answer, models, prospects, today, trials
from ltvcli.analyses.risk.asked import Asked, Customers
from ltvcli.analyses.risk.watched import Watched
from ltvcli.facts.attributes import Attributes
from ltvcli.results.risk import AHEAD, ALONE, BLANKS
from ltvcli.results.risk_record import Verdict
from ltvcli.results.today import Standing, Today
from tests.analyses.risk.customers import level, number, simulated, table

if TYPE_CHECKING:
    from tests.analyses.risk.customers import Bools

DAYS = tuple(date(2026, 1, 1) + timedelta(days=AHEAD * n) for n in range(3))


def file_of(n: int, seed: int, strength: float = 1.0) -> tuple[Watched, Attributes]:
    """Return customers on three days with their spend, and a file with their other columns."""
    attributes, came, _ = simulated(3 * n, seed, strength)
    day_of = np.arange(3 * n) // n
    spend = number("spend", np.random.default_rng(seed).uniform(10, 100, 3 * n))
    over = Watched(
        days=DAYS,
        attributes=replace(attributes, columns=(spend,)),
        day_of=day_of,
        came=came & (day_of < 2),
    )
    return over, attributes


def scored(over: Watched, file: Attributes) -> Today:
    brings = over.attributes.columns[0].values[over.day_of == 2]
    joined = today.joined(over, brings, file)
    return today.of_files(joined, {column.name for column in file.columns})


@pytest.mark.slow
def test_columns_predict_and_the_highest_value_at_risk_comes_first() -> None:
    over, file = file_of(1500, 31)
    found = scored(over, file)
    known = [row for row in found.rows if row.word is not Standing.UNKNOWN]
    at_stake = [row.at_stake for row in known]
    _, _, truth = simulated(4500, 31)
    chance = dict(zip(file.customers.tolist(), truth, strict=True))
    rows = [(row, chance[row.customer]) for row in known]

    assert found.verdict is Verdict.SCORE
    assert len(found.rows) == found.present == 1500
    assert {row.customer for row in found.rows} == set(file.customers[3000:])
    assert at_stake == sorted(at_stake, reverse=True)  # type: ignore[type-var]
    assert len(known) >= 1490
    usual = found.left / found.customers
    for word in (Standing.HIGH, Standing.LOW):
        true = np.mean([true for row, true in rows if row.word is word])
        assert (true > 1.5 * usual) if word is Standing.HIGH else (true < 0.7 * usual)
    for row in known:
        assert row.chance is not None
        assert row.chance.low <= row.chance.value <= row.chance.high  # type: ignore[operator]
        assert row.multiple == pytest.approx(row.chance.value / usual)
        assert len(row.because) <= 2


@pytest.mark.slow
def test_noise_scores_nobody_of_today() -> None:
    found = scored(*file_of(1000, 41, strength=0))

    assert found.verdict is Verdict.NOTHING
    assert found.rows == ()


def test_customers_who_are_not_in_the_file_are_counted_not_scored() -> None:
    over, file = file_of(1500, 31)
    found = scored(over, file.take(np.arange(4500) < 4400))

    assert (found.present, found.missing) == (1400, 100)
    assert len(found.rows) == 1400


def test_a_level_that_no_past_customer_had_is_unknown() -> None:
    over, file = file_of(1500, 31)
    place = next(k for k, column in enumerate(file.columns) if column.name == "plan")
    plan = file.columns[place].values.copy()
    plan[4499] = 3
    new = level("plan", plan.astype(np.int64), ("basic", "pro", "team", "new"))
    columns = (*file.columns[:place], new, *file.columns[place + 1 :])
    *_, last = scored(over, replace(file, columns=columns)).rows

    assert (last.customer, last.word, last.chance) == ("c4499", Standing.UNKNOWN, None)
    assert last.because == ("plan new",)


def test_too_few_give_rates_of_the_columns_of_the_file() -> None:
    over, file = file_of(300, 5)
    found = scored(over, file)

    assert found.verdict is Verdict.TOO_FEW
    assert {group.column for group in found.groups} == {column.name for column in file.columns}


@pytest.mark.parametrize(("blank", "because"), [(np.nan, BLANKS), (1.0, ALONE)])
def test_columns_about_today_only_are_leaks(blank: float, because: str) -> None:
    """A reason that is filled, or a state that changes, as soon as a customer has left."""
    over, file = file_of(1500, 31)
    newest = over.day_of == 1
    gone = np.where(over.came & newest, 0.0, blank)
    why = replace(level("why", np.zeros(4500, dtype=np.int64), ("gone", "there")), values=gone)
    joined = today.joined(over, np.zeros(1500), replace(file, columns=(*file.columns, why)))

    assert today.leaks(joined) == {"why": because}


def snapshot(attributes: Attributes, left: Bools) -> Today | None:
    customers = Customers(attributes=attributes, left=left, file="customers.csv")
    return answer.answer(customers, Asked(is_of_today=True), lambda _: None).today


def test_of_a_snapshot_those_who_have_not_left_are_scored_out_of_fold() -> None:
    attributes, left, _ = simulated(1500, 3)
    found = snapshot(attributes, left)
    with models.on_one_thread():
        trial = trials.out_of_fold(attributes, left, trials.fold_numbers(left), lambda _: None)
    stated = trial.chances[trials.winner([trial]) or ""]
    order = np.argsort(stated, kind="stable")
    out_of_fold = dict(zip(attributes.customers.tolist(), stated, strict=True))

    assert found is not None
    assert {row.customer for row in found.rows} == set(attributes.customers[~left])
    for row in found.rows:
        assert row.chance == prospects.held(out_of_fold[row.customer], stated[order], left[order])
        assert row.at_stake is None
    values = [row.chance.value for row in found.rows if row.chance]
    assert values == sorted(values, reverse=True)


@pytest.mark.slow
def test_of_a_snapshot_of_noise_nobody_is_scored() -> None:
    attributes, left, _ = simulated(1000, 1, strength=0)

    assert snapshot(attributes, left) is None


def test_the_column_of_the_day_takes_precedence_over_that_of_the_file() -> None:
    file = table(number("Spend", np.arange(6.0)), number("size", np.arange(6.0)))
    over = Watched(
        days=DAYS[:2],
        attributes=replace(file, columns=(number("spend", np.arange(6.0) + 10),)),
        day_of=np.array([0, 0, 0, 1, 1, 1]),
        came=np.zeros(6, dtype=bool),
    )
    joined = today.joined(over, np.zeros(3), file)

    assert [column.name for column in joined.over.attributes.columns] == ["spend", "size"]
    assert joined.of_file == {"size"}
