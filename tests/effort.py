"""How much a run of the tests does: everything in CI and with --slow, a sample of it elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import settings

EVERYTHING = "TEST_EVERYTHING"
"""Set in the environment of a run that does everything, for its workers, too."""
_LEAST, _SHARE = 2, 10
_ALIKE = "one of many cases that are alike"
_GOLDEN_RATIO, _SAMPLE = 0.618033988749895, 1 / 6


def is_everything() -> bool:
    """Return whether this run does everything."""
    return bool(os.environ.get("CI") or os.environ.get(EVERYTHING))


def family(cases: Iterable[Any], *usual: Any) -> list[Any]:
    """Return the cases of a parametrised test, of which a usual run takes some.

    Args:
        cases: values, tuples of values, or what `pytest.param` returns.
        usual: those in a usual run, one of each kind, by ID or else first value; all others are
            slow. Without any, the first case.
    """
    every = [*map(_param, cases)]
    names = [case.values[0] if case.id is None else case.id for case in every]
    chosen = usual or (names[0],)
    if missing := [name for name in chosen if name not in names]:
        raise ValueError(missing)
    slow = pytest.mark.slow("another case of a family")
    return [
        case
        if name in chosen
        else pytest.param(*case.values, marks=(*case.marks, slow), id=case.id)
        for case, name in zip(every, names, strict=True)
    ]


def nth(step: int, cases: Iterable[Any]) -> list[Any]:
    """Return the cases of a test of many alike, of which a usual run takes each `step`-th.

    Args:
        step: 3 takes the first, the fourth, the seventh, ...
        cases: values, tuples of values, or what `pytest.param` returns.
    """
    slow = pytest.mark.slow(_ALIKE)
    return [
        case
        if number % step == 0
        else pytest.param(*case.values, marks=(*case.marks, slow), id=case.id)
        for number, case in enumerate(map(_param, cases))
    ]


def not_sampled(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Return the cases that a usual run leaves out in modules with the mark `sampled`.

    Each case of such a module reads a file or runs a command. A usual run takes the first case of
    each parametrised test and about a sixth of the others. The golden ratio spreads them, so that
    they lie in many rows and columns of a grid of parameters. What `nth` leaves is sampled like all
    cases. Where some have the mark `slow` for another reason, all others run: somebody chose them.
    """
    tests: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("sampled"):
            tests.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for cases in tests.values():
        reasons = [mark.args for case in cases if (mark := case.get_closest_marker("slow"))]
        if any(reason != (_ALIKE,) for reason in reasons):
            continue
        left = (case for case in cases if not case.get_closest_marker("slow"))
        for number, case in enumerate(left):
            if number * _GOLDEN_RATIO % 1 >= _SAMPLE:
                yield case


def _param(case: Any) -> Any:
    if hasattr(case, "marks"):
        return case
    return pytest.param(*case) if isinstance(case, tuple) else pytest.param(case)


def examples(count: int) -> settings:
    """Let Hypothesis try `count` examples where everything is done, elsewhere the first tenth."""
    few = min(count, max(_LEAST, count // _SHARE))
    return settings(max_examples=count if is_everything() else few)
