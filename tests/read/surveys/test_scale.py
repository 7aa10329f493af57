"""Whether answers are from 0 to 10 is never guessed where they may be on another scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ltvcli.errors import NotScoresError, UnclearScaleError, UnknownNameError
from ltvcli.read.surveys import scale
from ltvcli.read.surveys.scale import Answers
from tests.read.surveys.conftest import Loaded

pytestmark = pytest.mark.sampled

Load = Callable[..., Loaded]
HEADER = "How likely are you to recommend us?"


def survey(cells: Sequence[object], header: str = HEADER) -> str:
    """Return a file of one answer a month; each cell is an answer."""
    rows = [
        f"a@example.com,{2000 + n // 12}-{1 + n % 12:02}-02,{cell}" for n, cell in enumerate(cells)
    ]
    return "\n".join([f"email,date,{header}", *rows, ""])


@pytest.mark.parametrize(
    ("cells", "header", "shown"),
    [
        pytest.param([1, 3, 4, 5, 5], HEADER, "1–5", id="1 to 5, few"),
        pytest.param([0, 1, 2, 3, 4, 5] * 6, HEADER, "0–5", id="0 to 5"),
        pytest.param([1, 4, 2, 3] * 3, HEADER, "1–4", id="1 to 4"),
        pytest.param([0, 1, 1, 1, 0, 1], HEADER, "0–1", id="thumbs"),
        pytest.param([7, 6, 4, 5, 6, 1, 2, 7, 7, 3], HEADER, "1–7", id="1 to 7"),
        pytest.param([8, 6, 4, 5, 7, 1] * 5, HEADER, "1–8", id="1 to 8"),
        pytest.param([4, 5], f"{HEADER} (1-5)", "4–5", id="stated, two answers"),
        pytest.param([7], f"{HEADER} 1 (not at all) to 7 (very)", "7–7", id="stated in words"),
        pytest.param([5, 3], "友人に薦めたいと思いますか（５段階）", "3–5", id="Japanese"),
        pytest.param([5, 3], "友人に薦めたいと思いますか（1〜5）", "3–5", id="with a wave dash"),
        pytest.param([9, 10], f"{HEADER} Slide from 0 to 100", "9–10", id="0 to 100, stated"),
        pytest.param([0, 5, 10, 10, 9, 8, 7, 85], HEADER, "“85”", id="0 to 100"),
        pytest.param([0, 0, 10, 5, 9, 8, 7, -50], HEADER, "“-50”", id="-100 to 100"),
        pytest.param([9, 8, 10, 7, 9, 6, 3, 8.5], HEADER, "“8.5”", id="with halves"),
        pytest.param(["5 - great", "4 - good", 5, 5, 4], HEADER, "4–5", id="with words"),
    ],
)  # fmt: skip
def test_an_unclear_scale_is_a_question(
    cells: Sequence[object], header: str, shown: str, load: Load
) -> None:
    with pytest.raises(UnclearScaleError) as error:
        load(survey(cells, header))

    assert error.value.facts["example"] == shown
    assert "--map survey_scale=0-10" in error.value.hint


@pytest.mark.parametrize(
    ("cells", "header"),
    [
        pytest.param([1, 3, 4, 5] * 10, f"{HEADER} (0-10)", id="stated"),
        pytest.param([1, 3, 4, 5] * 10, "薦めたい度（11段階）", id="stated by its levels"),
        pytest.param([6, 3] * 9, f"0 = not likely and 10 = very: {HEADER}", id="its ends"),
        pytest.param(["5/10", 3, 4, 5, 1, 2], HEADER, id="stated by an answer"),
        pytest.param([1, 4, 2, 5, 3, 4, 10], HEADER, id="a 10 occurs"),
        pytest.param([1, 4, 5, 3], HEADER, id="too few to tell"),
        pytest.param([1, 4, 5, 7, 8, 6] * 4, HEADER, id="24 answers up to 8"),
        pytest.param(["9"] * 19 + ["11"], HEADER, id="one typing error in 20"),
        pytest.param(["9", "8", "10", "N/A"] * 5, HEADER, id="words are no numbers"),
    ],
)  # fmt: skip
def test_a_clear_scale_is_read(cells: Sequence[object], header: str, load: Load) -> None:
    numbers = [cell for cell in cells if cell not in ("11", "N/A")]
    settings = {"map": {"survey_score": header}} if "N/A" in cells else {}

    assert load(survey(cells, header), **settings).file.rows_used == len(numbers)


def test_the_scale_can_be_typed(load: Load) -> None:
    text = survey([1, 4, 5, 3, 2, 5, "11"])

    loaded = load(text, map={"survey_scale": "0–10"})
    assert sorted(score for _, _, score, _ in loaded.answers) == [1, 2, 3, 4, 5, 5]
    assert loaded.aside == {"score-not-0-to-10": 1}


def test_another_scale_cannot_be_typed() -> None:
    with pytest.raises(UnknownNameError):
        scale.is_stated({"survey_scale": "1-5"})


def test_a_typed_scale_makes_no_scores_of_other_cells(load: Load) -> None:
    with pytest.raises(NotScoresError):
        load(
            survey(["great", "good", 10], "NPS"),
            map={"survey_scale": "0-10", "survey_score": "NPS"},
        )


def test_files_with_one_question_are_judged_together() -> None:
    few = Answers(
        file="a.csv",
        column="Q",
        scores=4,
        outside=0,
        least=1,
        most=7,
        example=None,
        tops=frozenset(),
    )

    scale.check([few, few])
    with pytest.raises(UnclearScaleError):
        scale.check([few, few, few])
