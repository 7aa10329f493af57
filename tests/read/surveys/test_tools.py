"""Exports of the tools that ask customers, in the shape each of them writes, read unasked.

The files are ours; the headers are those that the tools write, as far as we know them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ltvcli.read import profiles
from tests.read.surveys.conftest import Loaded

pytestmark = pytest.mark.sampled

Load = Callable[..., Loaded]
FILES = Path(__file__).parents[2] / "data" / "surveys"

ASIDE = {
    "delighted": {"other-question": 1},
    "wootric": {"test": 1},
    "asknicely": {"no-score": 1, "other-question": 1},
    "typeform": {},
    "surveymonkey": {"title-row": 1},
    "qualtrics": {"title-row": 2, "test": 1},
    "google_forms": {},
    "google_forms_ja": {},
    "google_sheets": {},
    "google_sheets_ja": {},
}
"""What is excluded of each file, for which reason."""


@pytest.mark.parametrize("name", ASIDE)
def test_the_export_of_a_tool_is_read_unasked(name: str, load: Load) -> None:
    loaded = load((FILES / f"{name}.csv").read_text("utf-8"))

    assert loaded.answers == [
        ("1", date(2026, 3, 2), 9, "Quick, kind"),
        ("2", date(2026, 3, 13), 3, None),
    ]
    assert loaded.aside == ASIDE[name]
    expected = "google_forms" if name.startswith("google") else name
    assert loaded.file.profile == f"survey_{expected}"


def test_every_profile_of_surveys_is_tried() -> None:
    known = {name for name in profiles.names() if profiles.load(name).kind == "survey"}

    named = {f"survey_{name}" for name in ASIDE if "_ja" not in name and name != "google_sheets"}
    assert known == {*named, profiles.GENERIC_SURVEY}
