"""A usual run takes a sample of the cases of each test, and never none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests import effort


class Case:
    """A case of a test with marks, as pytest collects it."""

    def __init__(self, nodeid: str, *marks: Any) -> None:
        self.nodeid = nodeid
        self.marks = {mark.name: mark.mark for mark in marks}

    def get_closest_marker(self, name: str) -> Any:
        return self.marks.get(name)


def left_out(cases: Sequence[Any]) -> list[str]:
    return [case.nodeid for case in effort.not_sampled(cases)]


def test_of_each_test_the_first_case_and_a_sixth_of_the_others_run() -> None:
    cases = [
        Case(f"a.py::test_{name}[{n}]", pytest.mark.sampled) for name in "xy" for n in range(60)
    ]
    out = left_out(cases)
    assert not {"a.py::test_x[0]", "a.py::test_y[0]"} & set(out)
    assert 2 * 48 <= len(out) <= 2 * 51


def test_the_sample_of_a_grid_is_spread_over_rows_and_columns() -> None:
    grid = [(row, column) for row in range(6) for column in range(6)]
    cases = [Case(f"a.py::test_x[{place}]", pytest.mark.sampled) for place in grid]
    out = set(left_out(cases))
    kept = [place for place in grid if f"a.py::test_x[{place}]" not in out]
    assert len({row for row, _ in kept}) >= 5
    assert len({column for _, column in kept}) >= 5


def test_cases_that_somebody_chose_all_run() -> None:
    slow = pytest.mark.slow("another case of a family")
    cases = [Case(f"a.py::test_x[{n}]", pytest.mark.sampled, *[slow] * (n > 3)) for n in range(9)]
    assert left_out(cases) == []


def test_modules_without_the_mark_run_whole() -> None:
    assert left_out([Case(f"a.py::test_x[{n}]") for n in range(9)]) == []


def test_each_nth_case_is_sampled_again() -> None:
    cases = [
        Case(f"a.py::test_x[{n}]", pytest.mark.sampled, *case.marks)
        for n, case in enumerate(effort.nth(2, range(24)))
    ]
    kept = {f"a.py::test_x[{n}]" for n in range(0, 24, 2)} - set(left_out(cases))
    assert kept == {f"a.py::test_x[{n}]" for n in (0, 10)}
