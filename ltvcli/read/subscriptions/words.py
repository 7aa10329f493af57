"""What words in cells mean: a state, how often something is billed, a row to leave out.

Each different word of a column is looked at once, in Python; SQL then only compares.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import UnknownIntervalError, UnknownStatusError
from ltvcli.read import scan
from ltvcli.read.mapping import first_tier
from ltvcli.read.sheet import Sheet
from ltvcli.read.subscriptions import intervals
from ltvcli.read.subscriptions.columns import Meaning
from ltvcli.read.subscriptions.fields import Query

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_MOST = 1000  # different words, or pairs of them; a column with more holds no such words

Texts = dict[str, list[str]]
_CHURNED = {
    "ended": {"yes", "y", "true", "t", "1", "1.0", "churned", "はい", "有", "済", "○"}
    | {"解約", "解約済み", "解約済", "退会", "離脱"},
    "paying": {"no", "n", "false", "f", "0", "0.0", "active", "いいえ", "無", "未", "×"}
    | {"継続", "継続中", "有効"},
}


def add(engine: DuckDB, sheet: Sheet, meaning: Meaning, query: Query) -> None:
    """Add the fields `standing`, `months`, `days` and `lone` to a query.

    Raises:
        UnknownStatusError: no word of the column of states is known.
        UnknownIntervalError: no word of the column of intervals is known.
    """
    texts = _texts(engine, sheet, query)
    query.fields["standing"] = _standing(sheet, meaning, query, texts)
    query.fields |= _interval(sheet, meaning, query, texts)
    query.fields["lone"] = _left_out(meaning, query)


def _standing(sheet: Sheet, meaning: Meaning, query: Query, texts: Texts) -> str:
    """Give the state that a word means; '' if it is unknown, NULL if there is no such column."""
    states: Mapping[str, Iterable[str]] = meaning.columns.profile.status
    role = "status"
    if "churned" in query.cell:
        states, role = _CHURNED, "churned"
    if (
        role not in query.cell
        or not states
        or (meaning.shape == "payments" and _is_generic(meaning))
    ):
        return "null::text"
    known = {word: state for state, words in states.items() for word in words}
    groups: dict[str, list[str]] = {}
    for text in texts[role]:
        if state := known.get(_word(text)):
            groups.setdefault(f"'{state}'", []).append(text)
    if not groups:
        column = meaning.columns.name(role)
        example = next(iter(texts[role]), "")
        raise UnknownStatusError(file=sheet.name, column=column, example=example)
    return f"coalesce({_case(query, query.cell[role], 'state', groups)}, '')"


def _interval(sheet: Sheet, meaning: Meaning, query: Query, texts: Texts) -> dict[str, str]:
    """Months and days that one amount is for; both 0: paid once; both NULL: unknown."""
    if meaning.interval:
        found = {"months": str(meaning.interval.months), "days": str(meaning.interval.days)}
    elif "interval" in query.cell:
        cell = query.cell["interval"]
        read = {text: intervals.parse(text) for text in texts["interval"]}
        known = [(text, one) for text, one in read.items() if one is not None]
        if not known:
            column = meaning.columns.name("interval")
            example = next(iter(read), "")
            raise UnknownIntervalError(file=sheet.name, column=column, example=example)
        found = {}
        for name in ("months", "days"):
            groups: dict[str, list[str]] = {}
            for text, one in known:
                groups.setdefault(str(getattr(one, name)), []).append(text)
            found[name] = _case(query, cell, name, groups)
    elif meaning.shape == "payments":
        return {"months": "null::double", "days": "null::double"}  # the period says it
    else:
        found = {"months": "1", "days": "0"}
    if "interval_count" in query.cell:
        count = query.number("interval_count")
        found = {
            name: f"{sql} * case when {count} > 0 then {count} end" for name, sql in found.items()
        }
    return {name: f"({sql})::double" for name, sql in found.items()}


def _left_out(meaning: Meaning, query: Query) -> str:
    """Give the reason why a row is none of a subscription that was paid."""
    cases = []
    for number, rule in enumerate(meaning.columns.profile.leave_out):
        for position in first_tier(meaning.columns.header, (rule.where,))[:1]:
            query.values[f"left_out{number}"] = list(rule.values)
            test = f"list_contains($left_out{number}, lower(trim(c{position})))"
            cases.append(f"when {test} then '{rule.reason}'")
    if "renewal" in query.cell:
        cell = query.cell["renewal"]
        cases.append(f"when is_nobody(trim(coalesce({cell}, ''))) then 'not-recurring'")
    return f"case {' '.join(cases)} end" if cases else "null::text"


def _texts(engine: DuckDB, sheet: Sheet, query: Query) -> Texts:
    """List the different texts of the columns of words, the most frequent first."""
    roles = [role for role in ("status", "churned", "interval") if role in query.cell]
    found: Texts = {role: [] for role in roles}
    if not roles:
        return found
    source, parameters = scan.relation(sheet)
    cells = ", ".join(query.cell[role] for role in roles)
    rows = engine.execute(
        f"select {cells} from {source} group by {cells} order by count(*) desc, {cells} "
        f"limit {_MOST}",
        parameters,
    ).fetchall()
    for role, texts in zip(roles, zip(*rows, strict=True), strict=False):
        found[role] = [text for text in dict.fromkeys(texts) if text and text.strip()]
    return found


def _case(query: Query, cell: str, name: str, groups: Mapping[str, Sequence[str]]) -> str:
    cases = []
    for number, (result, texts) in enumerate(groups.items()):
        query.values[f"{name}{number}"] = list(texts)
        cases.append(f"when list_contains(${name}{number}, {cell}) then {result}")
    return f"case {' '.join(cases)} end"


def _word(text: str) -> str:
    """Fold width, case, spaces, hyphens and underscores.

    >>> _word(" Past_Due ")
    'past due'
    """
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    return re.sub(r"[\s_-]+", " ", folded)


def _is_generic(meaning: Meaning) -> bool:
    return not meaning.columns.profile.recognise
