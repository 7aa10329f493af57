"""Answers that are recalled are those that a database would give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest

from tests.recalled import MOST_ANSWERS, Answer, Answers, Place, Recalled

Open = Callable[[], Recalled]
READ = "create or replace table t as select * from read_csv($path)"


@pytest.fixture
def opened() -> list[Place]:
    return []


@pytest.fixture
def connect(opened: list[Place]) -> Open:
    """Connect to databases that share their answers; `opened` lists those that were needed."""
    answers = Answers()

    def place(states: Sequence[bytes]) -> Place:
        database = duckdb.connect(":memory:")
        opened.append(Place(database, database))
        return opened[-1]

    return lambda: Recalled(place, answers, lambda path: path.name != "secret.csv")


def written(path: Path, *values: int) -> str:
    path.write_text("\n".join(["n", *map(str, values)]) + "\n", "utf-8")
    return str(path)


def total(connection: Recalled, path: str) -> int:
    connection.execute(READ, {"path": path})
    (value,) = connection.execute("select sum(n)::int from t").fetchone()
    return int(value)


def test_the_same_on_the_same_content_is_recalled(
    connect: Open, opened: list[Place], tmp_path: Path
) -> None:
    assert total(connect(), written(tmp_path / "a.csv", 1, 2)) == 3
    assert total(connect(), written(tmp_path / "b.csv", 1, 2)) == 3
    assert len(opened) == 1


def test_other_content_in_the_same_file_is_asked(connect: Open, tmp_path: Path) -> None:
    assert total(connect(), written(tmp_path / "a.csv", 1, 2)) == 3
    assert total(connect(), written(tmp_path / "a.csv", 1, 3)) == 4


def test_an_answer_that_names_its_file_is_of_this_file(connect: Open, tmp_path: Path) -> None:
    query = "select distinct filename from read_csv($path, filename = true)"
    for name in ("a.csv", "b.csv"):
        path = written(tmp_path / name, 1, 2)
        assert connect().execute(query, {"path": path}).fetchall() == [(path,)]


def test_a_new_question_is_asked_after_all_changes(
    connect: Open, opened: list[Place], tmp_path: Path
) -> None:
    path = written(tmp_path / "a.csv", 1, 2)
    total(connect(), path)
    second = connect()
    total(second, path)
    assert second.execute("select max(n) from t").fetchall() == [(2,)]
    second.execute("insert into t values (5)")
    assert second.execute("select max(n) from t").fetchall() == [(5,)]
    assert second.execute("select sum(n)::int from t").fetchall() == [(8,)]
    assert len(opened) == 2


def test_the_same_question_in_another_state_is_asked(connect: Open) -> None:
    for value in (1, 2):
        connection = connect()
        connection.execute(f"create table t as select {value} as n")
        assert connection.execute("from t").fetchall() == [(value,)]
        assert connection.execute("from t").fetchnumpy()["n"].tolist() == [value]


def test_a_recalled_answer_can_be_fetched_in_every_way(connect: Open) -> None:
    query = "select unnest([1, 2, 3]) as n"
    for _ in range(2):
        asked = connect().execute(query)
        assert (asked.fetchone(), asked.fetchmany(1), asked.fetchall()) == ((1,), [(2,)], [(3,)])
        assert asked.fetchone() is None
        columns = connect().execute(query).fetchnumpy()
        assert columns["n"].tolist() == [1, 2, 3]
        columns["n"][:] = 0  # changes no other answer
        assert [column[0] for column in asked.description] == ["n"]


def test_what_a_database_may_not_read_is_always_asked(
    connect: Open, opened: list[Place], tmp_path: Path
) -> None:
    total(connect(), written(tmp_path / "a.csv", 1, 2))
    total(connect(), written(tmp_path / "secret.csv", 1, 2))
    assert len(opened) == 2


def test_functions_and_errors_are_never_recalled(connect: Open, opened: list[Place]) -> None:
    for function, answer in ((lambda text: "a", "a"), (lambda text: "b", "b")):
        connection = connect()
        connection.create_function("said", function, ["VARCHAR"], "VARCHAR")
        assert connection.execute("select said('x')").fetchall() == [(answer,)]
    for _ in range(2):
        with pytest.raises(duckdb.CatalogException):
            connect().execute("from nothing")
    assert len(opened) == 4


def test_the_oldest_answers_are_dropped() -> None:
    answers = Answers()
    for number in range(MOST_ANSWERS + 1):
        answers.keep(number.to_bytes(4, "big"), Answer(None))
    assert answers.get((0).to_bytes(4, "big")) is None
    assert len(answers.by_key) == MOST_ANSWERS
