"""Terms that those who left use more than those who stayed.

"The price went up", stated by many who left and few who stayed, gives the terms price and went.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ltvcli.stats.inference import log_odds

LEAST_TEXTS = 10
"""Comments of each group below which nothing is compared."""
LEAST_USES = 3
"""Comments that must have a term: what fewer people wrote might tell who they are."""
SURE = 1.96
MOST = 12
_STOP = frozenset(
    [
        "about",
        "all",
        "also",
        "and",
        "any",
        "are",
        "because",
        "been",
        "but",
        "can",
        "could",
        "did",
        "does",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "have",
        "her",
        "him",
        "his",
        "how",
        "its",
        "just",
        "more",
        "most",
        "not",
        "now",
        "off",
        "our",
        "out",
        "over",
        "she",
        "should",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "too",
        "very",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
"""Words of grammar, which say nothing of a reason."""
_LABEL = re.compile(r"\[[a-z-]+\]")
_WORD = re.compile(r"[a-zà-öø-ÿ][a-zà-öø-ÿ'’-]{2,}")
_JAPANESE = re.compile("[\u3040-\u309f\u30a0-\u30ff\u3400-\u9fff々]+")
_CONTENT = re.compile("[\u30a0-\u30ff\u3400-\u9fff々]")
_GRAMS = (2, 3, 4)


class Term(Struct, frozen=True, kw_only=True):
    """A term, its z-score, and how many comments of each group have it."""

    term: str
    z: float
    leavers: int
    stayers: int


def of_text(text: str) -> set[str]:
    """Return the terms of a masked comment: words, and for Japanese runs of two to four letters.

    >>> sorted(of_text("Too expensive, [name]!")), sorted(of_text("値段が"))
    (['expensive'], ['値段', '値段が', '段が'])
    """
    bare = _LABEL.sub(" ", text).casefold()
    terms = set(_WORD.findall(bare)) - _STOP
    for run in _JAPANESE.findall(bare):
        for size in _GRAMS:
            grams = (run[start : start + size] for start in range(len(run) - size + 1))
            terms |= {gram for gram in grams if _CONTENT.search(gram)}
    return terms


def compared(leavers: Sequence[str], stayers: Sequence[str]) -> tuple[Term, ...]:
    """Return the terms that distinguish churned customers, most certain first.

    Args:
        leavers: masked comments of those who left.
        stayers: masked comments of those who stayed.
    """
    if min(len(leavers), len(stayers)) < LEAST_TEXTS:
        return ()
    first, second = _counts(leavers), _counts(stayers)
    scores = log_odds.z_scores(first, second, (len(leavers), len(stayers)))
    sure = [
        Term(term=term, z=z, leavers=first[term], stayers=second[term])
        for term, z in scores.items()
        if z > SURE and first[term] >= LEAST_USES
    ]
    sure.sort(key=lambda term: (-term.z, -len(term.term), term.term))
    return tuple(_longest(sure)[:MOST])


def _counts(texts: Iterable[str]) -> Counter[str]:
    """Count the comments that have each term."""
    return Counter(term for text in texts for term in of_text(text))


def _longest(terms: Sequence[Term]) -> list[Term]:
    """Drop pieces of longer terms that are as frequent."""
    return [
        term
        for term in terms
        if not any(
            term.term != longer.term
            and term.term in longer.term
            and longer.leavers >= term.leavers
            and _JAPANESE.search(term.term)
            for longer in terms
        )
    ]
