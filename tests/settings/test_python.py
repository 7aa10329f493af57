"""Keyword arguments and inputs of the Python API that mean nothing are errors of ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ltvcli
from ltvcli.errors import (
    LtvError,
    NotAnInputError,
    OptionUnusedError,
    SettingShapeError,
    SettingTypeError,
)
from ltvcli.settings import settings as config

FRAME = pd.DataFrame({"customer": ["a"], "date": ["2026-01-05"], "amount": [1]})
WRONG: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "bonus": ((FRAME,), {"deals": FRAME, "plan": {"schedule": {"signing": "nothing"}}}),
    "history": ((), {"path": "missing.db"}),
    "report": (("monthly",), {"margins": 0.4}),
    "table": (("nowhere://a", "orders"), {}),
}
"""Arguments that a function refuses, if not an unknown keyword argument alone."""
RULES = [{"name": "CAC", "when": "cac > 50"}]


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"customers": FRAME}, SettingTypeError, "customers is of the type DataFrame"),
        ({"margin": {"a": 0.4}}, SettingTypeError, "margin is of the type dict"),
        ({"map": {"amount": 3}}, SettingTypeError, "of the type int"),
        ({"map": "amount"}, SettingShapeError, "map cannot be read"),
        ({"margins": 0.4}, LtvError, "ltvcli: there is no setting “margins”."),
    ],
)
def test_a_keyword_argument_of_another_type_is_an_error(
    options: dict[str, Any], error: type[LtvError], words: str
) -> None:
    with pytest.raises(error, match=words):
        config.from_python(options)


@pytest.mark.parametrize("given", [3, None, ["orders.csv"], {"a": 1}, FRAME["amount"], b"a.csv"])
def test_an_input_of_another_type_is_an_error(given: object) -> None:
    with pytest.raises(NotAnInputError, match=type(given).__name__):
        ltvcli.calc(FRAME, given)


@pytest.mark.parametrize("index", ["customer", "date", ["customer", "amount"]])
@pytest.mark.parametrize("function", [ltvcli.calc, ltvcli.cohorts])
def test_a_frame_with_a_named_index_gives_the_same_answer(
    function: Callable[..., Any], index: str | list[str]
) -> None:
    assert function(FRAME.set_index(index)).tables == function(FRAME).tables


@pytest.mark.parametrize("function", [ltvcli.mrr, ltvcli.calc, ltvcli.predict])
def test_subscriptions_with_a_named_index_give_the_same_answer(
    function: Callable[..., Any],
) -> None:
    subscriptions = pd.read_csv("examples/saas/subscriptions.csv", dtype=str)
    indexed = subscriptions.set_index(["Customer ID", "id"])
    assert str(function(indexed)) == str(function(subscriptions))


@pytest.mark.parametrize("name", sorted(set(ltvcli.__all__) - {"__version__"}))
def test_a_traceback_shows_the_hint_of_an_error(name: str) -> None:
    function = getattr(ltvcli, name)
    wrong, options = WRONG.get(name, ((), {"margins": 0.4}))
    with pytest.raises(LtvError) as caught:
        function(*wrong, **options)
    error = caught.value
    assert error.problem == str(error)
    assert error.__notes__ == [f"Hint: {error.hint}"]
    assert "{" not in error.problem + error.hint


def test_the_hint_of_an_error_names_the_columns() -> None:
    with pytest.raises(LtvError) as caught:
        ltvcli.calc(FRAME.drop(columns="amount").assign(kind="a"))
    assert caught.value.hint.endswith("Available columns: customer, date, kind.")


def test_a_time_means_its_day() -> None:
    assert config.from_python({"as_of": datetime(2026, 8, 31, 12)}).as_of == date(2026, 8, 31)


def test_the_message_of_an_error_lists_choices_as_words() -> None:
    with pytest.raises(LtvError, match="one of month, quarter, not"):
        ltvcli.scorecard(FRAME, period="year")


def _bonus(file: str, **options: Any) -> Any:
    plan = {"schedule": {"signing": "100%"}}
    deals = pd.DataFrame(
        {
            "deal id": ["D1"],
            "customer id": ["c1"],
            "signed": ["2025-02-05"],
            "owner": ["Sato"],
            "commission": [9],
        }
    )
    return ltvcli.bonus(file, deals=deals, plan=plan, **options)


def _check(file: str, **options: Any) -> Any:
    return ltvcli.check(file, rules=RULES, **options)


@pytest.mark.parametrize("answer", [_bonus, _check])
def test_arguments_without_effect_on_deals_and_rules_are_refused(
    answer: Callable[..., Any], tmp_path: Path
) -> None:
    rows = "".join(f"c{n % 40},2025-{n % 12 + 1:02d}-05,{10 + n % 7}\n" for n in range(200))
    file = tmp_path / "orders.csv"
    file.write_text(f"customer,date,amount\n{rows}", "utf-8")

    assert "churn" not in answer(str(file)).given
    with pytest.raises(OptionUnusedError, match="churn has no effect"):
        answer(str(file), churn=0.05)
