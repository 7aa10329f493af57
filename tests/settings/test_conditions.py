"""The language of `when`: what is read, and where an error points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.errors import (
    ConditionEndsError,
    ConditionEqualityError,
    ConditionError,
    ConditionFigureError,
    ConditionNumbersError,
    ConditionTooLongError,
    LtvError,
    UsageError,
)
from ltvcli.settings.conditions import (
    LONGEST,
    Both,
    Changed,
    Compared,
    Condition,
    Either,
    Not,
    figures,
    parse,
)

KNOWN = dict.fromkeys(("ltv_to_cac", "cac", "aov", "retention_90d"))
CAC, AOV = Compared("cac", ">", 50.0), Compared("aov", "<", 5.0)


def read(text: str) -> Condition:
    return parse(text, KNOWN, lambda position: f"at {position}")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("cac > 50", CAC),
        ("CAC>50", CAC),
        ("cac ＞ ５０", CAC),
        ("50 < cac", Compared(50.0, "<", "cac")),
        ("cac ≥ $1,234.50", Compared("cac", ">=", 1234.5)),
        ("cac <= 5,000円", Compared("cac", "<=", 5000.0)),
        ("retention_90d < 12.5%", Compared("retention_90d", "<", 0.125)),
        ("cac > aov", Compared("cac", ">", "aov")),
        ("changed(aov)", Changed("aov")),
        ("not changed ( aov )", Not(Changed("aov"))),
        ("not not cac > 50", Not(Not(CAC))),
        ("((cac > 50))", CAC),
        ("cac > 50 AND aov < 5", Both(CAC, AOV)),
        ("changed(aov) or cac > 50 and aov < 5", Either(Changed("aov"), Both(CAC, AOV))),
        ("(changed(aov) or cac > 50) and aov < 5", Both(Either(Changed("aov"), CAC), AOV)),
        ("not cac > 50 and aov < 5", Both(Not(CAC), AOV)),
        ("cac > 50 or aov < 5 or cac > 50", Either(Either(CAC, AOV), CAC)),
    ],
)
def test_a_condition_is_read(text: str, condition: Condition) -> None:
    assert read(text) == condition


@pytest.mark.parametrize(
    ("text", "error", "position"),
    [
        ("ltv_cac < 3", ConditionFigureError, 0),
        ("cac > 50 and  ltv_cac < 3", ConditionFigureError, 14),
        ("changed(ltv)", ConditionFigureError, 8),
        ("cac = 3", ConditionEqualityError, 4),
        ("cac == 3", ConditionEqualityError, 4),
        ("cac != 3", ConditionEqualityError, 4),
        ("3 < 4", ConditionNumbersError, 0),
        ("cac > 50 and 3 < 4", ConditionNumbersError, 13),
        ("cac > 50 cac", ConditionError, 9),
        ("cac 3", ConditionError, 4),
        ("cac > > 3", ConditionError, 6),
        ("cac > -3", ConditionError, 6),
        ("changed(3)", ConditionError, 8),
        ("changed aov", ConditionError, 8),
        ("cac > 50; aov", ConditionError, 8),
        ("__import__('os')", ConditionFigureError, 0),
        ("", ConditionEndsError, 0),
        ("cac >", ConditionEndsError, 5),
        ("(cac > 50", ConditionEndsError, 9),
        ("cac > 50 and", ConditionEndsError, 12),
        ("cac > 50)", ConditionError, 8),
        ("(" * (LONGEST + 1), ConditionTooLongError, 0),
    ],
)
def test_an_error_gives_the_position(text: str, error: type[LtvError], position: int) -> None:
    with pytest.raises(error) as raised:
        read(text)

    assert type(raised.value) is error
    assert raised.value.facts["place"] == f"at {position}"


def test_an_unknown_figure_suggests_the_nearest() -> None:
    with pytest.raises(ConditionFigureError) as raised:
        read("retention90d < 5%")

    assert raised.value.facts["near"] == "retention_90d"


@given(st.text("()<>=andortchged_ 0123456789%.,$cvl", max_size=LONGEST + 5))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        condition = read(text)
    except UsageError:
        return
    assert set(figures(condition)) <= KNOWN.keys()


def test_the_deepest_nesting_is_read() -> None:
    depth = (LONGEST - len("cac>50")) // 2

    assert read("(" * depth + "cac>50" + ")" * depth) == CAC
    assert figures(read("not " * ((LONGEST - 6) // 4) + "cac>50")) == ("cac",)
