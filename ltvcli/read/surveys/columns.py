"""Columns of a survey: respondent, day, score and comment.

| header                                                    | read as        |
| Timestamp                                                 | survey_day     |
| Email Address                                             | survey_email   |
| How likely are you to recommend us to a friend?           | survey_score   |
| What is the main reason for your score?                   | survey_comment |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from ltvcli.errors import (
    NoAnswerDayError,
    NoRespondentError,
    NoScoreColumnError,
    NoScoresAtAllError,
    UnknownRoleError,
)
from ltvcli.read import profiles
from ltvcli.read.columns.folding import folded
from ltvcli.read.columns.header_lookup import ambiguous, first_tier, key, position_of, recognise
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.profiles import Profile
from ltvcli.read.surveys import scale

ROLES = ("survey_customer", "survey_email", "survey_day", "survey_score", "survey_comment")
_GROUP = "_nps_group"
"""What Qualtrics appends to the name of a question for the column of promoters and detractors."""
_SHOWN = 40


def profile_of(sheet: Sheet) -> Profile:
    """Return the profile of the tool that wrote a sheet, or that of any file."""
    return profiles.load(recognise(sheet.header, "survey") or profiles.GENERIC_SURVEY)


def understand(
    sheet: Sheet,
    titles: Sequence[Sequence[str | None]],
    chosen: Mapping[str, str],
    shows_scores: Callable[[int], bool],
) -> Columns:
    """Find the columns of a sheet: as typed, by profile, as questions, by usual headers.

    Args:
        sheet: what was opened.
        titles: cells of the rows under the header that name columns, too.
        chosen: role to header, as typed with --map.
        shows_scores: whether the cells of a column are whole numbers from 0 to 10.

    Raises:
        UnknownRoleError: `chosen` names a role that does not exist.
        NoColumnError: `chosen` names a header that does not exist.
        AmbiguousColumnError: several columns would do.
        NoScoreColumnError: none has the score.
        NoRespondentError: none says who answered.
        NoAnswerDayError: none says when.
    """
    position: dict[str, int] = {}
    for role, name in chosen.items():
        if role == scale.ROLE:
            continue
        if role not in ROLES:
            near = get_close_matches(role, (*ROLES, scale.ROLE), cutoff=0.5) or ROLES
            raise UnknownRoleError(role=role, known=", ".join(near))
        position[role] = position_of(role, name, sheet.header)
    named = _Names(sheet, titles)
    if "survey_score" not in position:
        position["survey_score"] = _score(sheet, named, shows_scores)
    for role in ("survey_customer", "survey_email", "survey_day", "survey_comment"):
        if role in position:
            continue
        taken = set(position.values())
        hits = [hit for hit in named.hits(role) if hit not in taken]
        if len(hits) > 1 and role == "survey_comment":
            after = [hit for hit in hits if hit > position["survey_score"]]
            hits = (after or hits)[:1]  # the question that follows the score asks why
        if len(hits) > 1:
            raise ambiguous(sheet.name, role, hits, sheet.header)
        if hits:
            position[role] = hits[0]
    columns = ", ".join(sheet.header[:_SHOWN])
    if not {"survey_customer", "survey_email"} & position.keys():
        raise NoRespondentError(file=sheet.name, columns=columns)
    if "survey_day" not in position:
        raise NoAnswerDayError(file=sheet.name, columns=columns)
    return Columns(profile=named.profile, position=position, header=sheet.header)


class _Names:
    """The names of columns, those in rows under the header included."""

    def __init__(self, sheet: Sheet, titles: Sequence[Sequence[str | None]]) -> None:
        self.header = sheet.header
        self.profile = profile_of(sheet)
        self.usual = profiles.load(profiles.GENERIC_SURVEY)
        rows = [sheet.header, *titles]
        self._texts = [
            [folded(row[column] or "") for row in rows] for column in range(len(sheet.header))
        ]

    def by_tool(self, role: str) -> list[int]:
        """Return the columns that the tool names so."""
        if not self.profile.recognise:
            return []
        return first_tier(self.header, self.profile.columns.get(role, ()))

    def by_words(self, role: str) -> list[int]:
        """Return the columns with a usual header."""
        return first_tier(self.header, self.usual.columns.get(role, ()))

    def by_question(self, role: str) -> list[int]:
        """Return the columns whose header or title is a known question."""
        patterns = [re.compile(folded(text)) for text in self.usual.questions.get(role, ())]
        return [
            column
            for column, texts in enumerate(self._texts)
            if any(pattern.search(text) for pattern in patterns for text in texts)
        ]

    def hits(self, role: str) -> list[int]:
        """Return the columns of the best way to name a role that names any."""
        return self.by_tool(role) or self.by_words(role) or self.by_question(role)


def _score(sheet: Sheet, named: _Names, shows_scores: Callable[[int], bool]) -> int:
    """Find the column of the score.

    Raises:
        AmbiguousColumnError: several would do.
        NoScoreColumnError: none would do.
    """
    keys = [key(name) for name in sheet.header]
    groups = [key(name[: -len(_GROUP)]) for name in map(folded, sheet.header) if _is_group(name)]
    ways = (
        named.by_tool("survey_score"),
        [column for column, name in enumerate(keys) if name in groups],
        [column for column in named.by_question("survey_score") if shows_scores(column)],
        [column for column in named.by_words("survey_score") if shows_scores(column)],
    )
    hits = next((way for way in ways if way), [])
    if len(hits) > 1:
        raise ambiguous(sheet.name, "survey_score", hits, sheet.header)
    if hits:
        return hits[0]
    candidates = [name for column, name in enumerate(sheet.header) if shows_scores(column)]
    if candidates:
        flag = f'--map survey_score="{candidates[0]}"'
        raise NoScoreColumnError(file=sheet.name, flag=flag, candidates=", ".join(candidates))
    raise NoScoresAtAllError(file=sheet.name, columns=", ".join(sheet.header[:_SHOWN]))


def _is_group(name: str) -> bool:
    return name.endswith(_GROUP)
