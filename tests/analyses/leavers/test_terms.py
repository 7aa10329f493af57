"""Terms that leavers use more often: found if they exist, not by chance, and never unique."""

from __future__ import annotations

import math
import random

import pytest

from ltvcli.analyses.leavers import terms
from ltvcli.stats.inference import log_odds

WORDS = [
    "invoice",
    "crew",
    "map",
    "phone",
    "week",
    "page",
    "office",
    "plan",
    "van",
    "route",
    "driver",
    "report",
    "screen",
    "button",
]


def comments(number: int, seed: int, *added: str) -> list[str]:
    random.seed(seed)
    return [" ".join([*random.choices(WORDS, k=6), *added]) for _ in range(number)]


def test_the_term_of_leavers_is_found_first() -> None:
    found = terms.compared(comments(40, 1, "expensive"), comments(40, 2))

    assert found[0].term == "expensive"
    assert (found[0].leavers, found[0].stayers) == (40, 0)
    assert found[0].z > 1.96


def test_chance_alone_finds_few_terms() -> None:
    found = [
        len(terms.compared(comments(40, seed), comments(40, seed + 1000))) for seed in range(60)
    ]

    assert sum(found) <= 0.06 * 60 * len(WORDS)


def test_a_term_of_fewer_than_three_comments_is_never_shown() -> None:
    texts = [*comments(38, 1), "invoice zyzzyva", "crew zyzzyva"]

    assert "zyzzyva" not in {term.term for term in terms.compared(texts, comments(40, 2))}


def test_few_comments_are_not_compared() -> None:
    assert terms.compared(comments(9, 1, "expensive"), comments(40, 2)) == ()


def test_japanese_is_compared_by_runs_of_letters() -> None:
    left = [f"値段が高い{letter}" for letter in "あいうえおかきくけこさし"]
    stayed = [f"使いやすい{letter}" for letter in "あいうえおかきくけこさし"]
    found = {term.term for term in terms.compared(left, stayed)}

    assert "値段が高" in found
    assert "値段" not in found


def test_labels_of_masks_are_no_terms() -> None:
    assert terms.of_text("[name] [e-mail] [phone] [link]") == set()


def test_the_scores_are_those_of_the_equations() -> None:
    """By hand: a prior of 10 texts, of which 20 of 100 have the term, adds 2 and 8."""
    scores = log_odds.z_scores({"a": 15}, {"a": 5}, (50, 50))
    difference = math.log(17 / 43) - math.log(7 / 53)

    assert scores["a"] == pytest.approx(difference / (1 / 17 + 1 / 43 + 1 / 7 + 1 / 53) ** 0.5)
