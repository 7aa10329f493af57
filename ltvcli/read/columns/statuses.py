"""Status columns, which mark rows that are not sales: found by headers and cells.

`statuses.yaml` holds the headers and the words. A profile's own `leave_out` rules come first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from msgspec.structs import replace

from ltvcli.read.columns.problem_headers import DISPUTED, DOUBTFUL, ProblemHeaders
from ltvcli.read.columns.status_vocabulary import (
    SALE,
    SHIPPING,
    bare_name,
    ends_with,
    flags,
    fold,
    header_name,
    is_blank,
    known_word,
    mentions,
    narrow,
    subject,
    vocabulary,
)
from ltvcli.read.columns.status_words import DAY, Kind, Status, meaning

_CODES = re.compile(r"(\d{1,3})\s*[:=.．、-]\s*([^\s\d,、，;；/|()\[\]（）]+)")
_VALUE = re.compile(r"[\W_]*\d|https?:|\S+@\S")
"""How numbers, days, addresses and codes begin, which are no words of a status."""
_MOSTLY = 0.6  # share of known words, by cell and by word, if the header does not name a status
_MAY_BE = 0.3  # share in a sample, which may have fewer known words than the whole file
MOST_WORDS = 20
"""Different words at most in a column that only its cells show to be a status."""


@lru_cache(maxsize=2**11)  # asked for each header several times
def column(header: str) -> Status | None:
    """Return the kind of status column that a header names; None if it names none.

    >>> column("rc_is_sandbox").meaning, column("Invoice State").about, column("Price")
    ('test', 'payment', None)
    >>> column("Transaction Type").is_type, column("Customer Type")
    (True, None)
    """
    codes = {number: fold(word) for number, word in _CODES.findall(narrow(header))}
    name = header_name(header)
    about = subject(name)
    problem = _problem_headers().read(bare_name(header))
    days: list[tuple[Kind, str]] = [("date", "filled"), ("date", "dates")]
    yes_or_no: list[tuple[Kind, str]] = [("unless", "unless"), ("flag", "flags")]
    if known := _listed(name, days[:1] if about == "other" else days):
        return _made(header, *known, about, codes)
    if problem and problem.is_filled:
        return _made(header, "date", problem.meaning, about, codes)
    if about != "other" and (known := _listed(name, yes_or_no)):
        return _made(header, *known, about, codes)
    if problem:
        return _made(header, "flag", problem.meaning, "refund", codes)
    return None if about == "other" else _status_by_name(header, name, about, codes)


def _status_by_name(header: str, name: str, about: str, codes: Mapping[str, str]) -> Status | None:
    """Return the column of an environment, record type or status, recognised by its name.

    Args:
        header: of the column.
        name: the header, folded.
        about: the topic of the header.
        codes: numbers that the header explains, to their words.
    """
    known = vocabulary()["headers"]
    if any(ends_with(name, alias) for alias in known["environment"]):
        return _made(header, "environment", "test", about, codes)
    if any(ends_with(name, alias) for alias in known["types"]) or _names_record(name):
        return replace(_made(header, "words", "", "order", codes), is_type=True)
    if any(ends_with(name, alias) for alias in known["status"]) or (
        name.split(" ", maxsplit=1)[0] in known["leading"]
    ):
        return _made(header, "words", "", about, codes)
    return None


def _listed(name: str, groups: Sequence[tuple[Kind, str]]) -> tuple[Kind, str] | None:
    """Return kind and meaning of a header that `statuses.yaml` lists in one of the groups."""
    for kind, group in groups:
        for key, aliases in vocabulary()["headers"][group].items():
            if any(ends_with(name, alias) for alias in aliases):
                return kind, key
    return None


@cache
def _problem_headers() -> ProblemHeaders:
    return ProblemHeaders(vocabulary()["problems"])


def _made(header: str, kind: Any, meaning: str, about: str, codes: Mapping[str, str]) -> Status:
    return Status(position=-1, header=header, kind=kind, meaning=meaning, about=about, codes=codes)


def find(
    header: Sequence[str],
    samples: Mapping[int, Mapping[str, int]],
    taken: Collection[int] = (),
    rules: Iterable[tuple[int, Any]] = (),
) -> list[Status]:
    """List the status columns of a sheet, in the order of the header.

    Args:
        header: of the sheet.
        samples: position of a column to some of its texts and their rows.
        taken: positions of columns that have another role.
        rules: the profile's rules with the position of their columns.
    """
    values: dict[int, dict[str, str]] = {}
    filled: dict[int, str] = {}
    for position, rule in rules:
        if rule.filled:
            filled.setdefault(position, rule.reason)
        for value in rule.values:
            values.setdefault(position, {}).setdefault(value, rule.reason)
    statuses: list[Status] = []
    for position, name in enumerate(header):
        texts = samples.get(position, {})
        if position in filled:
            status = _made(name, "date", filled[position], "order", {})
        elif position in taken:
            status = None
        else:
            status = _confirmed(column(name), texts) or by_content(name, texts)
        if status is None and position in values:
            status = _made(name, "values", "", "order", {})
        if status is not None:
            reasons = values.get(position, {})
            if status.kind != "values":
                reasons = {fold(value): reason for value, reason in reasons.items()}
            statuses.append(replace(status, position=position, rules=reasons))
    return _without_decided_disputes(statuses)


def _without_decided_disputes(statuses: list[Status]) -> list[Status]:
    """Return the columns without disputes whose outcome another column gives."""
    is_decided = any(status.kind == "words" and _is_of_dispute(status) for status in statuses)
    return [status for status in statuses if not (is_decided and status.meaning == DISPUTED)]


def _is_of_dispute(status: Status) -> bool:
    """Return whether the header of a column names a dispute."""
    disputes = vocabulary()["problems"]["events"][DISPUTED]
    return any(word in disputes for word in header_name(status.header).split(" "))


def _names_record(name: str) -> bool:
    """Return whether a header names the kind of record of a row, and nothing else."""
    known = vocabulary()["headers"]
    if name in known["types"]:
        return True
    subjects = [name.removesuffix(kind) for kind in known["types"] if ends_with(name, kind)]
    subjects += [
        name.removeprefix(f"{kind} ") for kind in known["types"] if name.startswith(f"{kind} ")
    ]
    return any(set(words.split()) <= set(known["record_of"]) for words in subjects)


def _confirmed(status: Status | None, texts: Mapping[str, int]) -> Status | None:
    """Compare a header with the cells, where it may mean something else."""
    if status is None:
        return None
    words = {fold(text) for text in texts if not is_blank(text)}
    if status.kind in ("flag", "unless"):
        return _flag(status, words)
    if status.kind == "environment":
        known = vocabulary()["words"]
        return status if words & {*known["test"], *known["live"]} else None
    if status.kind == "words" and _is_weak(status) and not _mostly_known(status, texts):
        return _record(status, texts)
    return status


def _flag(status: Status, words: Collection[str]) -> Status | None:
    """Return a flag if its cells are flags or words; numbers and names are something else."""
    if not words:
        return status
    if status.meaning in DOUBTFUL:
        return _doubtful(status, words)
    unknown = [w for w in words if w not in flags() and known_word(w) is None and not DAY.match(w)]
    if status.kind == "unless":
        return status if all(word in flags() for word in words) else None
    if status.meaning in ("test", "trial"):
        return None if unknown else status
    numbers = [word for word in unknown if re.fullmatch(r"[-+]?[\d ,]+", word)]
    return None if numbers else status


def _doubtful(status: Status, words: Collection[str]) -> Status | None:
    """Return a flag of a dispute or refund, or a status if its cells show the outcome."""
    if all(word in flags() or DAY.match(word.replace(" ", "-")) for word in words):
        return status
    ends = [word for words in vocabulary()["events"].values() for word in words]
    return replace(status, kind="words", meaning="") if {*words} & {*ends} else None


def _is_weak(status: Status) -> bool:
    """Return whether the cells must confirm that a header names a status."""
    if status.is_type:
        return True
    name = header_name(status.header)
    words = name.split(" ")
    weak = vocabulary()["headers"]["weak"]
    if not any(ends_with(name, alias) or words[0] == alias for alias in weak):
        return False
    return status.about == "fulfilment" or not mentions(name, "order", "payment", "refund")


def _mostly_known(status: Status, texts: Mapping[str, int]) -> bool:
    rows = {text: count for text, count in texts.items() if not is_blank(text)}
    known = {text: n for text, n in rows.items() if meaning(status, text) is not None}
    return bool(known) and (
        len(known) >= _MOSTLY * len(rows) and sum(known.values()) >= _MOSTLY * sum(rows.values())
    )


def _record(status: Status, texts: Mapping[str, int]) -> Status | None:
    """Return a column of types of records, for the refunds and tests that it may name."""
    if not status.is_type or not _names_record(header_name(status.header)):
        return None
    record = replace(status, kind="record")
    excludes = any(meaning(record, text) != SALE for text in texts)
    return record if excludes or _is_repeated(texts) else None


def _is_repeated(texts: Mapping[str, int]) -> bool:
    """Return whether a few different texts fill a column."""
    rows = [count for text, count in texts.items() if not is_blank(text)]
    return 0 < len(rows) <= MOST_WORDS and sum(rows) > len(rows)


def undecided(header: Sequence[str], samples: Mapping[int, Mapping[str, int]]) -> list[Status]:
    """List columns that the first rows do not show to be statuses, though later ones may.

    Args:
        header: of the sheet.
        samples: position of a column to its texts in the first rows.
    """
    return [
        replace(_made(header[position], "words", "", "order", {}), position=position)
        for position, texts in samples.items()
        if len(texts) <= MOST_WORDS
        and subject(header_name(header[position])) != "other"
        and column(header[position]) is None
        and not any(_VALUE.match(text) for text in texts)
    ]


def may_be_status(status: Status, texts: Sequence[str]) -> bool:
    """Return whether most words of a column may be known, from cells all over the file.

    A column whose cells are blank may be status, too, and any column where no cells are given.
    """
    filled = [text for text in texts if not is_blank(text)]
    known = [text for text in filled if meaning(status, text) is not None]
    return len(known) >= _MAY_BE * len(filled)


def by_content(header: str, texts: Mapping[str, int]) -> Status | None:
    """Find a status column by its cells: few different words, most of them known."""
    name = header_name(header)
    if not texts or subject(name) == "other" or column(header) is not None:
        return None
    status = _made(header, "words", "", subject(name), {})
    rows = {text: count for text, count in texts.items() if not is_blank(text)}
    if len(rows) == 1 or not _is_repeated(texts):
        return None
    speaking = {meaning(status, text) for text in rows} - {None, SHIPPING, "test", "trial"}
    return status if speaking and _mostly_known(status, rows) else None


def named(name: str, header: Sequence[str]) -> list[int]:
    """Return the positions of the headers that are a name but for its punctuation.

    >>> named("order status", ["Order ID", "Order: Status"])
    [1]
    """
    return [at for at, column in enumerate(header) if header_name(column) == header_name(name)]
