"""The bonus plan in ltv.yaml: valid plans, and errors with file and line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ltvcli.errors import (
    BonusAgeError,
    BonusLimitsError,
    BonusShapeError,
    BonusShareError,
    BonusSumError,
    LtvError,
    NoBonusPlanError,
    UnknownKeyError,
)
from ltvcli.settings import bonus

WRITTEN = """margin: 40%
bonus:
  schedule: {signing: 50%, 3mo: 25%, 180d: 25%}
  pro_rata: yes
  trust: {weight: on, least: 0.9, most: 1.1}
  nps: off
"""


def find(folder: Path, text: str) -> bonus.BonusPlan:
    (folder / "ltv.yaml").write_text(text, "utf-8")
    return bonus.find([folder / "subscriptions.csv"])


def test_a_plan_is_read(tmp_path: Path) -> None:
    plan = find(tmp_path, WRITTEN)

    assert [(share.name, share.days) for share in plan.schedule] == [
        ("signing", 0),
        ("3mo", 91),
        ("180d", 180),
    ]
    assert sum(share.share for share in plan.schedule) == 1
    assert (plan.pro_rata, plan.weight, plan.nps) == (True, True, False)
    assert (plan.least, plan.most) == (Decimal("0.9"), Decimal("1.1"))


def test_a_plan_without_a_version_is_identified_by_its_hash(tmp_path: Path) -> None:
    plan = find(tmp_path, WRITTEN)
    same = find(tmp_path, WRITTEN.replace("signing: 50%", "signing: 0.50"))
    changed = find(tmp_path, WRITTEN.replace("0.9", "0.8"))
    named = find(tmp_path, WRITTEN + "  version: 2026-Q4\n")

    assert len(plan.version) == 12
    assert plan.version == same.version != changed.version
    assert named.version == "2026-Q4"


@pytest.mark.parametrize(
    ("old", "new", "error", "line"),
    [
        ("180d: 25%", "180d: 20%", BonusSumError, 3),
        ("180d: 25%", "180d: lots", BonusShareError, 3),
        ("180d: 25%", "180d: 0%", BonusShareError, 3),
        ("180d: 25%", "later: 25%", BonusAgeError, 3),
        ("180d: 25%", "91d: 25%", BonusAgeError, 3),
        ("pro_rata: yes", "pro_rata: perhaps", BonusShapeError, 4),
        ("pro_rata: yes", "prorata: yes", UnknownKeyError, 4),
        ("least: 0.9", "least: 1.05", BonusLimitsError, 5),
        ("least: 0.9", "least: low", BonusShapeError, 5),
        ("least: 0.9", "lest: 0.9", UnknownKeyError, 5),
        ("schedule: {", "plan: {", BonusShapeError, 2),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_line(
    tmp_path: Path, old: str, new: str, error: type[LtvError], line: int
) -> None:
    with pytest.raises(error) as raised:
        find(tmp_path, WRITTEN.replace(old, new))

    assert f"ltv.yaml:{line}" in str(raised.value)


def test_without_a_plan_nothing_is_paid(tmp_path: Path) -> None:
    with pytest.raises(NoBonusPlanError) as raised:
        find(tmp_path, "margin: 40%\n")

    assert "schedule: {signing: 50%" in str(raised.value.facts["example"])
