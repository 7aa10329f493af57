"""Rows of one subscription that overlap, or go on the day after another ends."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from ltvcli.read.subscriptions import load as subscriptions

HEADER = "customer,subscription_id,start,end,mrr"


def file(*lines: str, header: str = HEADER) -> str:
    return "\n".join((header, *lines)) + "\n"


@pytest.mark.parametrize(
    ("lines", "short"),
    [
        pytest.param(
            ("a,s1,2025-01-05,2025-03-10,10", "a,s1,2025-03-10,,20"),
            ["a 2025-01-05 2025-03-10 10", "a 2025-03-10 … 20"],
            id="goes on that day",
        ),
        pytest.param(
            ("a,s1,2025-01-05,2025-03-09,10", "a,s1,2025-03-10,,20"),
            ["a 2025-01-05 2025-03-10 10", "a 2025-03-10 … 20"],
            id="goes on the day after",
        ),
        pytest.param(
            ("a,s1,2025-01-05,,10", "a,s1,2025-03-10,,20"),
            ["a 2025-01-05 2025-03-10 10", "a 2025-03-10 … 20"],
            id="both run",
        ),
        pytest.param(
            ("a,s1,2025-01-05,2025-04-01,10", "b,s1,2025-03-10,2025-06-01,20"),
            ["a 2025-01-05 2025-03-10 10", "b 2025-03-10 2025-06-01 20"],
            id="overlap under another customer",
        ),
        pytest.param(
            ("a,s1,2025-01-05,2025-03-10,10", "a,s1,2025-04-01,2025-02-01,20"),
            ["a 2025-01-05 2025-03-10 10"],
            id="an end before its start is no end",
        ),
        pytest.param(
            (
                "a,s1,2025-01-05,2025-03-09,10",
                "a,s1,2025-03-10,2025-01-01,20",
                "b,s2,2025-03-10,,1",
            ),
            ["a 2025-01-05 2025-03-10 10", "b 2025-03-10 … 1"],
            id="goes on the day after, with an end before its start",
        ),
    ],
)
def test_two_rows_of_a_subscription(
    load: Callable[..., Any], lines: tuple[str, ...], short: list[str]
) -> None:
    assert load(file(*lines)).short == short


def test_rows_of_one_subscription_in_two_files_overlap(load: Callable[..., Any]) -> None:
    loaded = load(file("a,s1,2025-01-05,,10"), file("a,s1,2025-03-10,,20"))

    assert loaded.short == ["a 2025-01-05 2025-03-10 10", "a 2025-03-10 … 20"]


@pytest.mark.parametrize("seed", range(6))
def test_stored_rows_and_rows_that_are_used_tell_the_same(
    load: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    random = Random(seed)
    day = lambda: f"2025-01-{random.randint(1, 9):02}"  # noqa: E731
    lines = [
        f"{random.choice('abb')},{random.choice(['s1', 's2', 's3', 's4', ''])},{day()},"
        f"{random.choice([day(), day(), ''])},{random.randint(1, 3)}"
        for _ in range(9)
    ]
    found = load(file(*lines))

    monkeypatch.setattr(subscriptions, "_has_fixed_ends", lambda rows: False)
    expected = load(file(*lines))

    assert found.periods == expected.periods
    assert found.set_aside == expected.set_aside
    assert found.notes == expected.notes
