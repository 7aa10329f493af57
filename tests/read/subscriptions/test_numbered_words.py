"""Words of long files, which are read once: the result is that of reading the words first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ltvcli.errors import UnknownStatusError
from ltvcli.read.subscriptions import numbered_words, rows

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]
HEADER = "customer id,subscription id,start date,end date,amount,billing interval,status"


def text(*cells: str, header: str = HEADER) -> str:
    """Write the cells after the amount of one row each; words are sampled in the first and last."""
    lines = [f"c{n},s{n},2025-01-{n % 28 + 1:02},,120.00,{cell}" for n, cell in enumerate(cells)]
    return "\n".join((header, *lines)) + "\n"


@pytest.fixture
def load_once(load: Load, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Read files as if they were long."""

    def load_once(*texts: str, **settings: Any) -> Any:
        with monkeypatch.context() as patched:
            patched.setattr(numbered_words, "LONG", 0)
            return load(*texts, **settings)

    return load_once


ONCE = {
    "words of samples only": text("month,active", "year,active", "year,active"),
    "another state": text("month,active", "month,past due", "month,Trialing", "year,active"),
    "another interval": text("month,active", "3 months,active", "week,active", "month,active"),
    "an unknown word": text("month,active", "fortnight-ish,wat", "month,active", "month,active"),
    "blank words": text("month,active", "month,", ",active", "  ,  ", "month,active"),
    "padded words": text("month,active", " month, active ", "Month,ACTIVE", "month,active"),
    "many words": text(
        "month,active", *(f"{n} months,active" for n in range(2, 40)), "year,active"
    ),
    "a discount": text(
        "month,active,10.00",
        "year,active,20.00",
        "month,active,",
        header=f"{HEADER},discount",
    ),
}
WORDS = {"wat": "test"}
TWICE = {
    "a state that excludes": text("month,active", "month,wat", "month,active"),
    "more words than numbers": text(
        "month,active", *(f"{n} days,active" for n in range(1, 300)), "month,active"
    ),
    "no known word in samples": text("month,what", "month,active", "month,what"),
    "a flag of trials": text(
        "month,active,no", "month,past due,yes", "month,active,yes", header=f"{HEADER},is trial"
    ),
    "a number of intervals": text(
        "month,active,3", "year,active,1", "month,active,2", header=f"{HEADER},interval count"
    ),
    "a number that is not plain": text(
        "month,active", 'month,active\nx,s,2025-01-01,,"1,200",month,'
    ),
    "a day that is not plain": text("month,active", "month,active\nx,s,25/03/2025,,1,month,active"),
}


@pytest.mark.parametrize("file", ONCE.values(), ids=ONCE)
def test_a_long_file_is_read_once_with_the_same_result(
    load: Load, load_once: Load, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    expected = load(file)

    monkeypatch.setattr(rows, "different_texts", lambda *_: pytest.fail("the words were read"))

    assert load_once(file) == expected


@pytest.mark.parametrize("file", TWICE.values(), ids=TWICE)
def test_a_long_file_whose_words_decide_more_is_read_again_with_the_same_result(
    load: Load, load_once: Load, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    expected = load(file, words=WORDS)
    read = []
    original = rows.different_texts
    monkeypatch.setattr(rows, "different_texts", lambda *given: read.append(1) or original(*given))

    assert load_once(file, words=WORDS) == expected
    assert read


def test_a_long_file_without_a_known_state_is_refused(load: Load, load_once: Load) -> None:
    file = text("month,wat", "month,what", "month,wat")

    with pytest.raises(UnknownStatusError) as expected:
        load(file)
    with pytest.raises(UnknownStatusError) as found:
        load_once(file)

    assert found.value.facts == expected.value.facts
