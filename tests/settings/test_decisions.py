"""Decisions in ltv.yaml: valid ones, and errors with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ltvcli.errors import (
    DecisionsShapeError,
    LtvError,
    MissingInDecisionError,
    NotADateError,
    UnknownKeyError,
)
from ltvcli.settings import decisions
from ltvcli.settings.decisions import Decision

WRITTEN = """decisions:
  - decision: Refund plans
    owner: Sato
    day: 2026-11-30
  - decision: Raise prices
"""


def find(folder: Path, text: str) -> tuple[Decision, ...]:
    (folder / "ltv.yaml").write_text(text, "utf-8")
    return decisions.find([folder / "subscriptions.csv"])


def test_decisions_are_read(tmp_path: Path) -> None:
    assert find(tmp_path, WRITTEN) == (
        Decision(decision="Refund plans", owner="Sato", day=date(2026, 11, 30)),
        Decision(decision="Raise prices", owner="", day=None),
    )
    assert find(tmp_path, "margin: 40%\n") == ()


@pytest.mark.parametrize(
    ("old", "new", "error", "line"),
    [
        ("owner: Sato", "who: Sato", UnknownKeyError, 3),
        ("day: 2026-11-30", "day: soon", NotADateError, 4),
        ("  - decision: Raise prices", "  - owner: Ito", MissingInDecisionError, 5),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_line(
    tmp_path: Path, old: str, new: str, error: type[LtvError], line: int
) -> None:
    with pytest.raises(error) as raised:
        find(tmp_path, WRITTEN.replace(old, new))

    assert f"ltv.yaml:{line}" in str(raised.value)


def test_a_text_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(DecisionsShapeError):
        find(tmp_path, "decisions: Raise prices\n")


def test_a_text_is_no_decision() -> None:
    with pytest.raises(DecisionsShapeError):
        decisions.read(["Raise prices"], {})
