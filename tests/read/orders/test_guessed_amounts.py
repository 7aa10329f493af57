"""Long sheets are stored before their amounts are decided on: the decision has to be the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.errors import LtvError
from ltvcli.read.orders import store
from tests import effort
from tests.effort import examples

Load = Callable[..., Any]

_guessed = store._guessed


def _read(load: Load, cells: Sequence[tuple[str, str]], *, is_long: bool) -> tuple[Any, bool]:
    """Read an order per day and amount, and return whether what was guessed was certain."""
    guesses: list[Any] = []

    def guessed(*given: Any) -> Any:
        guesses.append(_guessed(*given))
        return guesses[-1]

    rows = (f'o{n},c{n % 3},{day},"{amount}"\n' for n, (day, amount) in enumerate(cells))
    text = "order id,customer,date,total\n" + "".join(rows)
    short = 0 if is_long else 2000
    with (
        patch.object(store, "_SAMPLE", 2),
        patch.object(store, "_SHORT", short),
        patch.object(store, "_guessed", guessed),
    ):
        try:
            loaded = load(text, today=date(2025, 1, 1))
        except LtvError as error:
            return (type(error).__name__, str(error)), guesses[0] is not None
    (file,) = loaded.reading.inputs
    told = (dict(file.set_aside), file.notes, file.alerts, loaded.reading.currency)
    return (loaded.orders, loaded.set_aside, told), guesses[0] is not None


DAY = "2024-01-05"


@pytest.mark.parametrize(
    ("amount", "day", "is_so"),
    [
        pytest.param("-", DAY, True, id="another word"),
        pytest.param("", DAY, True, id="a blank amount"),
        pytest.param("$9.50", DAY, False, id="a number that is not plain"),
        pytest.param("€", DAY, False, id="the sign of a currency"),
        pytest.param("9", "", False, id="a blank date"),
        pytest.param("9", "2199-01-01", False, id="a day in the future"),
        pytest.param("9", "0024-01-01", False, id="a day long ago"),
    ],
)
def test_words_among_plain_amounts_are_all_that_needs_a_reason(
    load: Load, amount: str, day: str, is_so: bool
) -> None:
    found: list[bool] = []
    proved = store._proved

    def seen(source: Any, form: Any, *tests: Any) -> Any:
        fields = proved(source, form, *tests)
        if not form.careful:
            found.append(fields is not None)
        return fields

    cells = [(DAY, "n/a"), (DAY, "5.00"), (day, amount), (DAY, "7")]
    with patch.object(store, "_proved", seen):
        by_guess, _ = _read(load, cells, is_long=True)
    assert found == [is_so]
    assert by_guess == _read(load, cells, is_long=False)[0]


@pytest.mark.parametrize(
    ("amounts", "is_certain"),
    effort.nth(
        3,
        [
            pytest.param(["n/a", "5.00", "7"], True, id="a word"),
            pytest.param(["$5.00", "5.00", "7"], True, id="a currency"),
            pytest.param(["1,234.50", "5.00", "7"], True, id="thousands"),
            pytest.param(["n/a", "5", "7", "-3.10"], True, id="a minus"),
            pytest.param(["1.234", "5.50", "7"], True, id="three decimals beside two"),
            pytest.param(["n/a", "5", "", "7.5"], True, id="a blank"),
            pytest.param(["5", "7", "n/a", "8"], False, id="in no first row"),
            pytest.param(["n/a", "12,5", "7"], False, id="a decimal comma"),
            pytest.param(["n/a", "5", "7", "12,5"], False, id="a decimal comma further down"),
            pytest.param(["n/a", "5.5", "7", "12,5"], False, id="point and comma"),
            pytest.param(["1.234", "5", "7"], False, id="a thousand, or about one"),
            pytest.param(["n/a", "5.00", "7", "1.23456"], False, id="many decimals"),
            pytest.param(["n/a", "n/a", "7", "x"], False, id="mostly words"),
            pytest.param(["n/a", "5", "7", "$9.50"], True, id="a currency after a word"),
            pytest.param(["n/a", "5", "7", "EUR"], True, id="a currency without a number"),
            pytest.param(["n/a", "5", "7", "1e3"], True, id="an exponent after a word"),
            pytest.param(["n/a", "5", "7", "1_000"], True, id="what only a program takes for one"),
        ],
    ),
)
def test_a_point_is_guessed_only_if_it_would_be_chosen(
    load: Load, amounts: list[str], is_certain: bool
) -> None:
    cells = [(DAY, amount) for amount in amounts]
    (by_guess, was_certain), (decided, _) = (
        _read(load, cells, is_long=long) for long in (True, False)
    )
    assert (by_guess, was_certain) == (decided, is_certain)


CELLS = st.tuples(
    st.sampled_from([DAY] * 6 + ["", "soon", "8/10/2024", "2199-01-01"]),
    st.sampled_from(
        ["5", "5.50", "7.00", "n/a", "", " ", "1,234", "1.234", "12,5", "1.23456", "€5", "(5)"]
    ),
)


@examples(40)
@given(st.lists(CELLS, max_size=6))
def test_no_answer_depends_on_the_guess(load_orders: Load, made: list[tuple[str, str]]) -> None:
    cells = [(DAY, "5"), (DAY, "n/a"), *made, (DAY, "6")]
    by_guess, decided = (_read(load_orders, cells, is_long=long)[0] for long in (True, False))
    assert by_guess == decided
