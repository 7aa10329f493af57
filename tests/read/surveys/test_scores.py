"""How answers from 0 to 10 are written, and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ltvcli.errors import NotScoresError
from tests.read.surveys.conftest import Loaded

Load = Callable[..., Loaded]
HEADER = "email,date,How likely are you to recommend us?"


WRITTEN: dict[str, int | None] = {
    "0": 0,
    "10": 10,
    "7.0": 7,
    "１０": 10,
    "8/10": 8,
    "8 out of 10": 8,
    "10点": 10,
    "10 - とてもそう思う": 10,
    "0 (全く思わない)": 0,
    "0（全く思わない）": 0,
    "10: very likely": 10,
    "9 – likely": 9,
    "Extremely likely - 10": 10,
    "とても薦めたい（10）": 10,
    "0 Not at all likely": 0,
    "11": None,
    "-1": None,
    "6.5": None,
    "0-6": None,
    "1人にも薦めたくない": None,
    "Promoter": None,
}


@pytest.mark.slow
def test_a_score_is_read_with_or_without_words(load: Load) -> None:
    """One answer a month, of which the year tells the cell."""
    rows = [f"a@example.com,{2000 + n}-03-02,{cell}\n" for n, cell in enumerate(WRITTEN)]
    loaded = load(
        f"{HEADER}\n{''.join(rows)}",
        map={"survey_score": HEADER.split(",")[2], "survey_scale": "0-10"},
    )

    scores = {day.year - 2000: value for _, day, value, _ in loaded.answers}
    assert {cell: scores.get(n) for n, cell in enumerate(WRITTEN)} == WRITTEN
    assert loaded.aside == {"score-not-0-to-10": [*WRITTEN.values()].count(None)}


@pytest.mark.slow
def test_a_column_of_other_numbers_is_refused(load: Load) -> None:
    with pytest.raises(NotScoresError):
        load(
            "email,date,NPS\na@example.com,2026-03-02,80\nb@example.com,2026-03-02,90\n",
            map={"survey_score": "NPS"},
        )
