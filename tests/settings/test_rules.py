"""Rules in ltv.yaml: what is read, and errors that point at the line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ltvcli import channels, registry
from ltvcli.errors import (
    BrokenSettingsError,
    ConditionFigureError,
    DuplicateRuleError,
    LtvError,
    MissingInRuleError,
    NotAChoiceError,
    RuleRunsError,
    RulesShapeError,
    RuleSureError,
    UnknownKeyError,
)
from ltvcli.settings import rules
from ltvcli.settings.conditions import Compared
from ltvcli.settings.rules import Rule
from ltvcli.settings.settings import resolve

KNOWN = dict.fromkeys(("ltv_to_cac", "cac"))
WHOLE = """\
cac: 40
rules:
  - {name: unit economics, when: "ltv_to_cac < 3", sure: 90%, for: 2 runs, by: channel,
     to: [slack, mail]}
  - name: CAC
    when: cac > 50
    severity: warning
    to: slack
"""


def found(folder: Path, text: str) -> tuple[Rule, ...]:
    path = folder / "ltv.yaml"
    path.write_text(text, "utf-8")
    return rules.find([folder / "orders.csv"], KNOWN)[0]


def test_rules_are_read(tmp_path: Path) -> None:
    assert found(tmp_path, WHOLE) == (
        Rule(
            name="unit economics",
            when="ltv_to_cac < 3",
            condition=Compared("ltv_to_cac", "<", 3.0),
            sure=0.9,
            runs=2,
            by="channel",
            severity="error",
            to=("slack", "mail"),
        ),
        Rule(
            name="CAC",
            when="cac > 50",
            condition=Compared("cac", ">", 50.0),
            sure=0.8,
            runs=1,
            by="",
            severity="warning",
            to=("slack",),
        ),
    )


def test_other_commands_leave_rules_alone(tmp_path: Path) -> None:
    found(tmp_path, WHOLE)

    assert resolve({}, {}, [tmp_path / "orders.csv"]).cac == 40


@pytest.mark.parametrize(
    ("rule", "error", "place"),
    [
        ('{name: a, when: "cac > 5 and ltv < 3"}', ConditionFigureError, "2:34"),
        ("{name: a, when: 'cac > 5 and ltv < 3'}", ConditionFigureError, "2:34"),
        ("{name: a, when: cac > 5 and ltv < 3}", ConditionFigureError, "2:33"),
        ('{name: a, when: "cac \\u003e 5 and ltv < 3"}', ConditionFigureError, "2"),
        ("{when: cac > 5}", MissingInRuleError, "2"),
        ("{name: a}", MissingInRuleError, "2"),
        ("{name: a, when: cac > 5, whom: b}", UnknownKeyError, "2"),
        ("{name: a, when: cac > 5, sure: 40%}", RuleSureError, "2"),
        ("{name: a, when: cac > 5, sure: 100%}", RuleSureError, "2"),
        ("{name: a, when: cac > 5, sure: very}", RuleSureError, "2"),
        ("{name: a, when: cac > 5, for: soon}", RuleRunsError, "2"),
        ("{name: a, when: cac > 5, for: 0 runs}", RuleRunsError, "2"),
        ("{name: a, when: cac > 5, severity: fatal}", NotAChoiceError, None),
        ("{name: a, when: cac > 5, to: [pigeon]}", NotAChoiceError, None),
        ("{name: a, when: cac > 5, to: {slack: x}}", NotAChoiceError, None),
        ("only a text", BrokenSettingsError, "2"),
    ],
)
def test_an_error_points_at_ltv_yaml(
    tmp_path: Path, rule: str, error: type[LtvError], place: str | None
) -> None:
    with pytest.raises(error) as raised:
        found(tmp_path, f"rules:\n  - {rule}\n")

    expected = f"{tmp_path / 'ltv.yaml'}:{place or 2}"
    named = raised.value.facts.get("place", raised.value.facts.get("name"))
    assert named == expected or (place is None and str(named).startswith(f"{expected}: "))


def test_the_column_is_that_of_the_letter(tmp_path: Path) -> None:
    text = 'rules:\n  - name: a\n    when:    "cac > 5 and ltv < 3"\n'
    with pytest.raises(ConditionFigureError) as raised:
        found(tmp_path, text)

    _, line, column = str(raised.value.facts["place"]).rsplit(":", 2)
    assert text.splitlines()[int(line) - 1][int(column) - 1 :].startswith("ltv < 3")


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DuplicateRuleError):
        found(tmp_path, "rules:\n  - {name: a, when: cac > 5}\n  - {name: a, when: cac > 6}\n")


@pytest.mark.parametrize("written", ["a text", {"name": "a"}, [1]])
def test_rules_are_a_list_of_blocks(written: Any) -> None:
    with pytest.raises(RulesShapeError):
        rules.read(written, {}, KNOWN)


def test_there_may_be_no_rules(tmp_path: Path) -> None:
    assert found(tmp_path, "cac: 5\n") == ()
    assert found(tmp_path, "rules:\n") == ()


def test_the_channels_are_those_there_are() -> None:
    assert set(rules.CHANNELS) == set(registry.names(channels))
