"""Three hundred damaged files of a fixed seed: our own errors only, and every row accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import risk_cases, trust_cases
from tests.fuzz.cases import case
from tests.fuzz.checks import no_numbers
from tests.fuzz.running import examine

SEED = 20261031
CASES = 300
PART = 10
USUAL = 30
"""Cases of a usual run; the others are slow."""
OF_TRUST, USUAL_OF_TRUST, TRUST_PART = 150, 5, 5
"""Cases of deals, answers and cancellations."""
OF_RISK, USUAL_OF_RISK, RISK_PART = 28, 4, 4
"""Cases of customers, prospects and events."""


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(first, marks=pytest.mark.slow if first >= USUAL else ())
        for first in range(0, CASES, PART)
    ],
)
@pytest.mark.filterwarnings("default")
def test_damaged_files_end_in_an_answer_or_our_own_error(first: int, tmp_path: Path) -> None:
    problems: dict[int, list[str]] = {}
    for number in range(first, first + PART):
        folder = tmp_path / str(number)
        folder.mkdir()
        if found := examine(SEED, number, folder):
            problems[number] = [" ".join(case(SEED, number, folder).arguments), *found]
    assert problems == {}


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(first, marks=pytest.mark.slow if first >= USUAL_OF_TRUST else ())
        for first in range(0, OF_TRUST, TRUST_PART)
    ],
)
@pytest.mark.filterwarnings("default")
def test_damaged_deals_answers_and_cancellations(first: int, tmp_path: Path) -> None:
    problems: dict[int, list[str]] = {}
    for number in range(first, first + TRUST_PART):
        folder = tmp_path / str(number)
        folder.mkdir()
        if found := examine(SEED, number, folder, write=trust_cases.case):
            arguments = trust_cases.case(SEED, number, folder).arguments
            problems[number] = [" ".join(arguments), *found]
    assert problems == {}


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(first, marks=pytest.mark.slow if first >= USUAL_OF_RISK else ())
        for first in range(0, OF_RISK, RISK_PART)
    ],
)
@pytest.mark.filterwarnings("default")
def test_damaged_customers_prospects_and_events(first: int, tmp_path: Path) -> None:
    problems: dict[int, list[str]] = {}
    for number in range(first, first + RISK_PART):
        folder = tmp_path / str(number)
        folder.mkdir()
        if found := examine(SEED, number, folder, write=risk_cases.case):
            arguments = risk_cases.case(SEED, number, folder).arguments
            problems[number] = [" ".join(arguments), *found]
    assert problems == {}


def test_cases_hold_several_files(tmp_path: Path) -> None:
    cases = []
    for number in range(CASES):
        (tmp_path / str(number)).mkdir()
        cases.append(case(SEED, number, tmp_path / str(number)))
    words = [one.arguments for one in cases]

    def count(*needed: str) -> int:
        return sum(
            all(any(word.startswith(part) for word in line) for part in needed) for line in words
        )

    assert count("second.") >= 45
    assert count("calc", "in.", "second.") >= 15
    assert count("--spend") >= 30
    assert count("--customers") >= 10
    assert count("audit", "pitch.yaml", "in.") >= 8


def test_a_case_is_decided_by_its_seed_and_number(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        same = case(5, 17, tmp_path / name)
        files.append((same, {p.name: p.read_bytes() for p in (tmp_path / name).glob("*.csv")}))
    assert files[0] == files[1]
    assert case(5, 18, tmp_path / "one") != files[0][0]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("LTV  nan", ["LTV  nan"], id="a figure that is no number"),
        pytest.param("LTV $1\n95% CI: -inf – 3", ["95% CI: -inf – 3"], id="the end of an interval"),
        pytest.param("nan (nan – nan)", ["nan (nan – nan)"], id="a figure with its interval"),
        pytest.param("also not known: nan (1), inf (1,204).", [], id="words of a status column"),
        pytest.param("not known: nan\n    (1).", [], id="a word, wrapped before its rows"),
        pytest.param("--status-paid nan=refunded", [], id="a cell in a suggestion"),
        pytest.param("nan and inf are names here", [], id="words of a sentence"),
    ],
)
def test_only_figures_that_are_no_numbers_are_found(text: str, lines: list[str]) -> None:
    assert list(no_numbers(text)) == lines
