"""Changes as they are typed: read as meant, or refused with what to type."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.errors import (
    ArrowEatenError,
    MinusOrUntilError,
    NotAChangeError,
    NotADurationError,
    NotAnAmountError,
    NotARateError,
    UsageError,
)
from ltvcli.settings.changes import LEVERS, Change, changed, split_changes


@pytest.mark.parametrize(
    ("lever", "text", "start", "old", "new"),
    [
        pytest.param("churn", "5%->3%", 0.05, 0.05, 0.03, id="from what to what"),
        pytest.param("churn", "5% -> 3%", 0.05, 0.05, 0.03, id="with spaces"),
        pytest.param("churn", "5%..3%", 0.05, 0.05, 0.03, id="dots, which no shell takes"),
        pytest.param("churn", "5%→3%", 0.05, 0.05, 0.03, id="an arrow as it is drawn"),
        pytest.param("churn", "5%:3%", 0.05, 0.05, 0.03, id="a colon"),
        pytest.param("churn", "５％→３％", 0.05, 0.05, 0.03, id="in full width"),
        pytest.param("churn", "->3%", None, 0.2, 0.03, id="from whatever it is"),
        pytest.param("churn", "..0.03", None, 0.2, 0.03, id="a rate without percent"),
        pytest.param("cac", "+10%", None, 200, 220, id="a tenth more"),
        pytest.param("cac", "-25%", None, 200, 150, id="a quarter less"),
        pytest.param("cac", "−25%", None, 200, 150, id="a minus as it is printed"),
        pytest.param("cac", "+150%", None, 200, 500, id="more than twice as much"),
        pytest.param("cac", "200+10%", 200, 200, 220, id="a tenth more than it is said to be"),
        pytest.param("cac", "200 -10%", 200, 200, 180, id="a tenth less than it is said to be"),
        pytest.param("churn", "+10%", None, 0.05, 0.055, id="a percentage of a rate is relative"),
        pytest.param("churn", "+1pt", None, 0.05, 0.06, id="a percentage point is added"),
        pytest.param("margin", "40% -2pt", 0.4, 0.4, 0.38, id="two points less than it was"),
        pytest.param("aov", "+500", None, 8000, 8500, id="money is added"),
        pytest.param("aov", "-¥1,500", None, 8000, 6500, id="money is taken off"),
        pytest.param("lifespan", "+6mo", None, 24, 30, id="months are added"),
        pytest.param("lifespan", "2y..3y", 24, 24, 36, id="years are months"),
    ],
)  # fmt: skip
def test_read_as_meant(lever: str, text: str, start: float | None, old: float, new: float) -> None:
    change = changed(lever, f"--{lever}", text)

    assert change is not None
    assert change.start == start
    assert change.applied(old) == pytest.approx(new)


@pytest.mark.parametrize("text", ["5%", "0.05", " 5 % "])
def test_a_value_without_sign_or_arrow_is_no_change(text: str) -> None:
    assert changed("churn", "--churn", text) is None


@pytest.mark.parametrize(
    ("lever", "text", "error"),
    [
        pytest.param("churn", "5%-", ArrowEatenError, id="the shell took what followed"),
        pytest.param("churn", "5%-3%", MinusOrUntilError, id="from 5 to 3, or 5 less 3?"),
        pytest.param("churn", "5%->", NotAChangeError, id="an arrow to nowhere"),
        pytest.param("churn", "5%->3%->2%", NotAChangeError, id="two arrows"),
        pytest.param("churn", "+0.01", NotAChangeError, id="a rate takes % or pt"),
        pytest.param("cac", "+1pt", NotAChangeError, id="money has no points"),
        pytest.param("cac", "+ten", NotAChangeError, id="a word"),
        pytest.param("lifespan", "+6", NotAChangeError, id="a length of time without unit"),
        pytest.param("churn", "5%->300%", NotARateError, id="a rate above 100%"),
        pytest.param("cac", "x->5", NotAnAmountError, id="a word where it begins"),
        pytest.param("lifespan", "24->36", NotADurationError, id="months without unit"),
    ],
)
def test_a_change_that_cannot_be_read_is_refused(
    lever: str, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        changed(lever, f"--{lever}", text)


def test_an_error_has_a_hint() -> None:
    with pytest.raises(MinusOrUntilError) as refused:
        changed("churn", "--churn", "5%-3%")

    assert refused.value.hint.format(**refused.value.facts) == (
        "Write 5%..3% for the first, '5% -3%' in quotes for the second."
    )


def test_changes_are_distinguished_from_values() -> None:
    values, changes = split_changes(
        {"churn": "5%..3%", "cac": "5000", "margin": None, "map": ["a=+1"], "lang": "+"},
        lambda name: f"--{name}",
    )

    assert values == {"cac": "5000", "margin": None, "map": ["a=+1"], "lang": "+"}
    assert changes == (Change(lever="churn", text="5%..3%", start=0.05, end=0.03),)


@given(lever=st.sampled_from(sorted(LEVERS)), text=st.text(alphabet="0123456789.%+-−>→:=ptmoy ¥,x"))
def test_any_text_is_a_change_a_value_or_refused(lever: str, text: str) -> None:
    with contextlib.suppress(UsageError):
        change = changed(lever, "--it", text)
        assert change is None or math.isfinite(float(change.applied(2.0)))
