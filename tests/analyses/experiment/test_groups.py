"""The control arm, and the planned sizes of arms."""

from __future__ import annotations

import pytest

from ltvcli.analyses.experiment.groups import control_of, shares_of
from ltvcli.errors import (
    ControlNeededError,
    NotASplitError,
    OneArmError,
    SplitIncompleteError,
    UnknownArmError,
)

ARMS = {"holdout": "Holdout", "mail": "Mail"}


@pytest.mark.parametrize("name", ["control", "Control Group", "hold-out", "対照群", "コントロール"])
def test_a_usual_name_is_the_control(name: str) -> None:
    assert control_of({"a": "Mail", "b": name}, None) == "b"


def test_the_typed_name_decides_whatever_its_case() -> None:
    assert control_of(ARMS, " MAIL ") == "mail"


def test_two_usual_names_are_a_question() -> None:
    with pytest.raises(ControlNeededError):
        control_of({"a": "control", "b": "holdout"}, None)


def test_no_usual_name_is_a_question() -> None:
    with pytest.raises(ControlNeededError):
        control_of({"a": "A", "b": "B"}, None)


def test_a_name_that_no_arm_has_is_refused() -> None:
    with pytest.raises(UnknownArmError):
        control_of(ARMS, "letter")


def test_one_arm_has_nothing_to_be_compared_with() -> None:
    with pytest.raises(OneArmError):
        control_of({"mail": "Mail"}, None)


def test_arms_are_planned_of_equal_size_by_default() -> None:
    assert shares_of(ARMS, ()) == {"holdout": 1.0, "mail": 1.0}
    assert shares_of(ARMS, ("holdout=10%", "mail=90%")) == {"holdout": 0.1, "mail": 0.9}


@pytest.mark.parametrize("text", ["holdout", "holdout=", "holdout=0", "=1", "holdout=x"])
def test_a_share_is_a_number_above_0(text: str) -> None:
    with pytest.raises(NotASplitError):
        shares_of(ARMS, (text,))


def test_every_arm_needs_a_share() -> None:
    with pytest.raises(SplitIncompleteError):
        shares_of(ARMS, ("holdout=1",))
    with pytest.raises(UnknownArmError):
        shares_of(ARMS, ("holdout=1", "letter=1"))
