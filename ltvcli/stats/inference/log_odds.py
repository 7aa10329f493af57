"""Terms that one group of texts has more often than another, weighed by how sure that is.

Source: Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16, 372-403, equations
15, 16, 20 and 22: log-odds ratio with an informative Dirichlet prior, and its z-score; counted are
the texts that have a term, so that nobody counts twice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

PRIOR = 10.0
"""Texts that the prior weighs, with terms as often as in both groups together."""


def z_scores(
    first: Mapping[str, int], second: Mapping[str, int], texts: tuple[int, int]
) -> dict[str, float]:
    """Return the z-score of each term: above 0 where the first group has it more often.

    Args:
        first: texts of the first group that have each term.
        second: the same of the second group.
        texts: of each group, 1 or more.

    A term as frequent in both says nothing; one of the first group alone stands out:

    >>> scores = z_scores({"price": 20, "app": 40}, {"price": 0, "app": 40}, (80, 80))
    >>> scores["price"] > 1.96, scores["app"]
    (True, 0.0)
    """
    scores: dict[str, float] = {}
    for term in sorted({*first, *second}):
        counts = first.get(term, 0), second.get(term, 0)
        prior = PRIOR * sum(counts) / sum(texts)
        having = [count + prior for count in counts]
        lacking = [
            max(number + PRIOR - count, prior) for number, count in zip(texts, having, strict=True)
        ]
        odds = [math.log(has / lacks) for has, lacks in zip(having, lacking, strict=True)]
        variance = sum(1 / value for value in (*having, *lacking))
        scores[term] = (odds[0] - odds[1]) / math.sqrt(variance)
    return scores
