"""Whether the scores of a survey are on the scale from 0 to 10, the only one of NPS.

A score of 5 is the best answer from 1 to 5, and a detractor of NPS. So a scale that is unclear is a
question to the user, whose answer is --map survey_scale=0-10.

| question                     | scores           | scale            |
| How likely ... recommend us? | 0, 3, 7, 9, 10   | clear: 10 occurs |
| How likely ... recommend us? | 2, 4, 5, 6, 7, 7 | unclear          |
| How likely ...? (0-10)       | 2, 4, 5, 6, 7, 7 | clear: stated    |
| How likely ...? (1 to 5)     | any              | unclear: stated  |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec import Struct

from ltvcli.errors import UnclearScaleError, UnknownNameError
from ltvcli.language import N_

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

ROLE = "survey_scale"  # not a column: --map survey_scale=0-10 states the scale
NPS = "0-10"
TOP = 10
FEWEST = {5: 5, 7: 10, 8: 30}
"""Highest score, and the answers from which on a higher one is missed.

Where 55% of answers are above 5, 28% above 7 and 13% above 8, which is fewer than in most surveys,
so many answers without any are less probable than 4%.
"""
_OUTSIDE = 0.1
"""Share of numbers that are no score from 0 to 10, above which they are another scale."""
_TOPS = (3, 4, 5, 6, 7, 9, TOP, 100)
_STATED = (
    r"(?<![\d.,-])[01]\s*(?:-|to\b|through\b|から)\s*(\d{1,3})(?!\d)",
    r"(?<![\d.,-])[01]\s*[=:(][^\d]{1,60}(?<!\d)(\d{1,3})\s*[=:(]",
    r"(?<!\d)(\d{1,3})\s*(?:段階|点満点|-?\s?points?\b|stars?\b)",
    r"\bout of\s+(\d{1,3})(?!\d)",
)
_LEVELS = 11
"""Levels of the scale from 0 to 10, as 11段階."""


class Answers(Struct, frozen=True, kw_only=True):
    """The answers of one sheet.

    Attributes:
        file: its name.
        column: header of the scores.
        scores: number of scores from 0 to 10.
        outside: number of other numbers.
        least: lowest score; None without any.
        most: highest score; None without any.
        example: number outside the scale, as written; None without any.
        tops: ends of the scales that the question or its answers state.
    """

    file: str
    column: str
    scores: int
    outside: int
    least: int | None
    most: int | None
    example: str | None
    tops: frozenset[int]


def is_stated(chosen: Mapping[str, str]) -> bool:
    """Return whether --map states that the answers are from 0 to 10.

    >>> is_stated({"survey_scale": "0–10"}), is_stated({"survey_score": "Rating"})
    (True, False)

    Raises:
        UnknownNameError: it states another scale.
    """
    if ROLE not in chosen:
        return False
    typed = re.sub(r"\s*([–—−~]|to|\.\.+|から)\s*", "-", normalize("NFKC", chosen[ROLE]).strip())
    if typed != NPS:
        raise UnknownNameError(kind=N_("scales of NPS"), name=chosen[ROLE], known=[NPS])
    return True


def tops(texts: Iterable[str]) -> frozenset[int]:
    """Return the ends of the scales that a question states.

    >>> sorted(tops(["Would you recommend us? (1 to 7)", "0 = no, 10 = yes", "５段階"]))
    [5, 7, 10]
    >>> tops(["How likely are you to recommend us to 2 friends?"])
    frozenset()
    """
    ends = set()
    for text in texts:
        plain = re.sub("[–—−~〜～]", "-", normalize("NFKC", text).lower())
        for pattern in _STATED:
            ends |= {int(end) for end in re.findall(pattern, plain)}
    return frozenset((ends & {*_TOPS}) | ({TOP} if _LEVELS in ends else set()))


def answers(
    engine: DuckDB, index: int, file: str, column: tuple[str, int], titles: Sequence[str]
) -> Answers:
    """Count the scores of a sheet, whose cells are in `survey_cells`.

    Args:
        engine: has the rows of the sheet in `survey_rows`.
        index: position of the sheet.
        file: its name.
        column: header and position of the scores.
        titles: header and further texts above the scores.
    """
    cell = f"c{column[1]}"
    (row,) = engine.execute(
        f"""
        select count(score), count(number) filter (score is null), min(score), max(score),
            any_value(text order by record) filter (score is null and number is not null),
            count(*) filter (score is not null and survey_is_of_10(text))
        from (
            select record, score, {cell} as text, survey_number({cell}) as number
            from survey_rows join survey_cells using (record)
            where sheet = $sheet
                and coalesce(reason, '') not in ('title-row', 'test', 'other-question')
        )
        """,
        {"sheet": index},
    ).fetchall()
    scores, outside, least, most, example, of_10 = row
    return Answers(
        file=file,
        column=column[0],
        scores=scores,
        outside=outside,
        least=least,
        most=most,
        example=example,
        tops=tops(titles) | ({TOP} if of_10 else set()),
    )


def check(sheets: Sequence[Answers]) -> None:
    """Make sure that answers are from 0 to 10, those to one question in several files together.

    Raises:
        UnclearScaleError: the scores may be on another scale.
    """
    for column in dict.fromkeys(sheet.column for sheet in sheets):
        of_column = [sheet for sheet in sheets if sheet.column == column]
        if text := _doubt(of_column):
            first = of_column[0]
            raise UnclearScaleError(file=first.file, column=column, example=text)


def _doubt(sheets: Sequence[Answers]) -> str:
    """Return the scores that make a scale unclear; "" if it is clear."""
    scores = sum(sheet.scores for sheet in sheets)
    outside = sum(sheet.outside for sheet in sheets)
    if outside > _OUTSIDE * (scores + outside):
        return next(f"“{sheet.example.strip()[:40]}”" for sheet in sheets if sheet.example)
    known = [end for sheet in sheets for end in (sheet.least, sheet.most) if end is not None]
    stated = frozenset[int]().union(*(sheet.tops for sheet in sheets))
    if not known or stated == {TOP}:
        return ""
    is_doubted = any(max(known) <= top and scores >= fewest for top, fewest in FEWEST.items())
    return f"{min(known)}–{max(known)}" if stated or is_doubted else ""
