"""Columns that say that a row is no sale, found by their headers and cells, and what words mean.

`statuses.yaml` holds the headers and the words. A profile's own `leave_out` rules come first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ltvcli.read.columns.folding import without_accents
from ltvcli.read.columns.problem_headers import DISPUTED, DOUBTFUL, ProblemHeaders

Kind = Literal["words", "record", "flag", "unless", "date", "environment", "values", "typed"]
"""What the cells of a column are: words of a status; the kind of record that a row is; a flag
(`unless`: one that is false if it applies); a day or another text that stands only where it
happened; an environment; only the values that a profile names; or any column that the user named
with --exclude."""

REASONS = ("test", "cancelled", "failed", "unpaid", "unfinished", "returned", "not-a-sale", "trial")
"""Meanings that exclude a row, the strongest first; each is the key of a reason."""
SALE = "sale"
PARTLY = "partly-returned"
SHIPPING = "fulfilment"
MEANINGS = (SALE, *REASONS)
"""What a user can say that a word means, for orders."""
STATES = ("paying", "trial", "past-due", "unpaid", "paused", "ended", "never", "future")
"""States of a subscription."""

_EVENTS = {"refund": "returned", "cancellation": "cancelled"}
_LEADING = re.compile(r"^(?:wc|order|payment|invoice|charge|status|state|subscription) ")
_NUMBERED = re.compile(r"^\d{1,3}[)）]? (?=\D)")
_BY = re.compile(
    r"^(cancelled|canceled|voided|refunded|returned|failed|declined|rejected) "
    r"(?:by|due to|because|on|at|after|from)\b"
)
_CODES = re.compile(r"(\d{1,3})\s*[:=.．、-]\s*([^\s\d,、，;；/|()\[\]（）]+)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOISE = re.compile(r" (?:flag|flg|yn|y n|utc|jst|gmt|name|text|label|フラグ|名称|名|id|code)$")
_WIDE = re.compile(r"[^\x00-\x7f]")
_FLAG_NUMBER = re.compile(r"[01](?:\.0+)?")
_DAY = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}")
_VALUE = re.compile(r"[\W_]*\d|https?:|\S+@\S")
"""How numbers, days, addresses and codes begin, which are no words of a status."""
_MOSTLY = 0.6  # of the cells and of the words of a column whose header does not say what it is
_MAY_BE = 0.3  # of the cells of a sample, in which there may be fewer known words than in the file
_MISSING = {"", "-", "--", "null", "nan", "n a", "na", "(null)", "nil"}
MOST_WORDS = 20
"""Different words at most in a column that only its cells show to be a status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A column that can say that a row is no sale.

    Attributes:
        position: of the column.
        header: of the column.
        kind: what its cells are.
        meaning: of a flag or a day: what it says where it applies.
        about: what the header speaks of: order, payment, fulfilment, refund, cancellation, item.
        rules: words of the profile, folded, to the reason they give; for `values` as in the cell,
            but in lower case.
        codes: numbers that the header explains, to their words.
        is_type: whether it says what kind of movement of money a row is (Sale, Refund, Payout).
    """

    position: int
    header: str
    kind: Kind
    meaning: str = ""
    about: str = "order"
    rules: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    is_type: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word of such a column, in how many rows it stands, and what it means; None: not known."""

    text: str
    rows: int
    meaning: str | None


def fold(text: str) -> str:
    """Reduce a word to what matters: width, case, accents and separators do not.

    >>> fold(" Partially_Refunded "), fold("ＰＡＩＤ"), fold("Payé")
    ('partially refunded', 'paid', 'paye')
    """
    folded = without_accents(unicodedata.normalize("NFKC", text).casefold().strip())
    return re.sub(r"[\s_/.:’'-]+", " ", folded).strip()


def column(header: str) -> Status | None:
    """Tell from a header alone what kind of status column it is; None if it is none.

    >>> column("rc_is_sandbox").meaning, column("Invoice State").about, column("Price")
    ('test', 'payment', None)
    >>> column("Transaction Type").is_type, column("Customer Type")
    (True, None)
    """
    codes = {number: fold(word) for number, word in _CODES.findall(_narrow(header))}
    name = _name(header)
    about = _about(name)
    problem = _problem_headers().read(_bare_name(header))
    days: list[tuple[Kind, str]] = [("date", "filled"), ("date", "dates")]
    flags: list[tuple[Kind, str]] = [("unless", "unless"), ("flag", "flags")]
    if known := _listed(name, days[:1] if about == "other" else days):
        return _status(header, *known, about, codes)
    if problem and problem.is_filled:
        return _status(header, "date", problem.meaning, about, codes)
    if about != "other" and (known := _listed(name, flags)):
        return _status(header, *known, about, codes)
    if problem:
        return _status(header, "flag", problem.meaning, "refund", codes)
    return None if about == "other" else _status_by_name(header, name, about, codes)


def _status_by_name(header: str, name: str, about: str, codes: Mapping[str, str]) -> Status | None:
    """Return the column of an environment, of types of records or of a status, told by its name.

    Args:
        header: of the column.
        name: the header, folded.
        about: what the header speaks of.
        codes: numbers that the header explains, to their words.
    """
    known = _data()["headers"]
    if any(_ends(name, alias) for alias in known["environment"]):
        return _status(header, "environment", "test", about, codes)
    if any(_ends(name, alias) for alias in known["types"]) or _names_record(name):
        return replace(_status(header, "words", "", "order", codes), is_type=True)
    if any(_ends(name, alias) for alias in known["status"]) or (
        name.split(" ", maxsplit=1)[0] in known["leading"]
    ):
        return _status(header, "words", "", about, codes)
    return None


def _listed(name: str, groups: Sequence[tuple[Kind, str]]) -> tuple[Kind, str] | None:
    """Return kind and meaning of a header that `statuses.yaml` lists in one of the groups."""
    for kind, group in groups:
        for meaning, aliases in _data()["headers"][group].items():
            if any(_ends(name, alias) for alias in aliases):
                return kind, meaning
    return None


@cache
def _problem_headers() -> ProblemHeaders:
    return ProblemHeaders(_data()["problems"])


def _status(header: str, kind: Any, meaning: str, about: str, codes: Mapping[str, str]) -> Status:
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
        rules: the profile's rules with the position of the column that each speaks of.
    """
    spoken: dict[int, dict[str, str]] = {}
    filled: dict[int, str] = {}
    for position, rule in rules:
        if rule.filled:
            filled.setdefault(position, rule.reason)
        for value in rule.values:
            spoken.setdefault(position, {}).setdefault(value, rule.reason)
    found = []
    for position, name in enumerate(header):
        texts = samples.get(position, {})
        if position in filled:
            one = _status(name, "date", filled[position], "order", {})
        elif position in taken:
            one = None
        else:
            one = _confirmed(column(name), texts) or by_content(name, texts)
        if one is None and position in spoken:
            one = _status(name, "values", "", "order", {})
        if one is not None:
            own = spoken.get(position, {})
            if one.kind != "values":
                own = {fold(value): reason for value, reason in own.items()}
            found.append(replace(one, position=position, rules=own))
    return _without_decided_disputes(found)


def _without_decided_disputes(statuses: list[Status]) -> list[Status]:
    """Leave out that there was a dispute where another column says how it ended."""
    is_decided = any(status.kind == "words" and _is_of_dispute(status) for status in statuses)
    return [one for one in statuses if not (is_decided and one.meaning == DISPUTED)]


def _is_of_dispute(status: Status) -> bool:
    disputes = _data()["problems"]["events"][DISPUTED]
    return any(word in disputes for word in _name(status.header).split(" "))


def _names_record(name: str) -> bool:
    """Tell whether a header names the kind of record that a row is, and of nothing else."""
    known = _data()["headers"]
    if name in known["types"]:
        return True
    subjects = [name.removesuffix(kind) for kind in known["types"] if _ends(name, kind)]
    subjects += [
        name.removeprefix(f"{kind} ") for kind in known["types"] if name.startswith(f"{kind} ")
    ]
    return any(set(subject.split()) <= set(known["record_of"]) for subject in subjects)


def _confirmed(one: Status | None, texts: Mapping[str, int]) -> Status | None:
    """Hold a header against the cells, where it may mean something else."""
    if one is None:
        return None
    words = {fold(text) for text in texts if not is_blank(text)}
    if one.kind in ("flag", "unless"):
        return _flag(one, words)
    if one.kind == "environment":
        return one if words & {*_data()["words"]["test"], *_data()["words"]["live"]} else None
    if one.kind == "words" and _is_weak(one) and not _mostly_known(one, texts):
        return _record(one, texts)
    return one


def _flag(one: Status, words: Collection[str]) -> Status | None:
    """Keep a flag whose cells are flags or words; numbers and names are something else."""
    if not words:
        return one
    flags = _flags()
    if one.meaning in DOUBTFUL:
        return _doubtful(one, words)
    unknown = [w for w in words if w not in flags and _known(w) is None and not _DAY.match(w)]
    if one.kind == "unless":
        return one if all(word in flags for word in words) else None
    if one.meaning in ("test", "trial"):
        return None if unknown else one
    numbers = [word for word in unknown if re.fullmatch(r"[-+]?[\d ,]+", word)]
    return None if numbers else one


def _doubtful(status: Status, words: Collection[str]) -> Status | None:
    """Keep a flag of a dispute or a refund; read it as a status if its cells say how that ended."""
    if all(word in _flags() or _DAY.match(word.replace(" ", "-")) for word in words):
        return status
    ends = [word for words in _data()["events"].values() for word in words]
    return replace(status, kind="words", meaning="") if {*words} & {*ends} else None


def _is_weak(one: Status) -> bool:
    """Tell whether the cells have to show that a header speaks of a status."""
    if one.is_type:
        return True
    name = _name(one.header)
    words = name.split(" ")
    weak = _data()["headers"]["weak"]
    if not any(_ends(name, alias) or words[0] == alias for alias in weak):
        return False
    return one.about == "fulfilment" or not _says(name, "order", "payment", "refund")


def _mostly_known(one: Status, texts: Mapping[str, int]) -> bool:
    rows = {text: count for text, count in texts.items() if not is_blank(text)}
    known = {text: n for text, n in rows.items() if meaning(one, text) is not None}
    return bool(known) and (
        len(known) >= _MOSTLY * len(rows) and sum(known.values()) >= _MOSTLY * sum(rows.values())
    )


def _record(one: Status, texts: Mapping[str, int]) -> Status | None:
    """Keep a column of types of records for the refunds and tests that it may name."""
    if not one.is_type or not _names_record(_name(one.header)):
        return None
    record = replace(one, kind="record")
    excludes = any(meaning(record, text) != SALE for text in texts)
    return record if excludes or _is_repeated(texts) else None


def _is_repeated(texts: Mapping[str, int]) -> bool:
    """Tell whether a few different texts fill a column."""
    rows = [count for text, count in texts.items() if not is_blank(text)]
    return 0 < len(rows) <= MOST_WORDS and sum(rows) > len(rows)


def undecided(header: Sequence[str], samples: Mapping[int, Mapping[str, int]]) -> list[Status]:
    """List columns that the first rows do not show to be statuses, though later ones may.

    Args:
        header: of the sheet.
        samples: position of a column to its texts in the first rows.
    """
    return [
        replace(_status(header[position], "words", "", "order", {}), position=position)
        for position, texts in samples.items()
        if len(texts) <= MOST_WORDS
        and _about(_name(header[position])) != "other"
        and column(header[position]) is None
        and not any(_VALUE.match(text) for text in texts)
    ]


def may_be_status(status: Status, texts: Sequence[str]) -> bool:
    """Tell whether most words of a column may be known, from cells all over the file.

    A column whose cells are blank may be one, too, and any column where no cells are given.
    """
    filled = [text for text in texts if not is_blank(text)]
    known = [text for text in filled if meaning(status, text) is not None]
    return len(known) >= _MAY_BE * len(filled)


def by_content(header: str, texts: Mapping[str, int]) -> Status | None:
    """Find a status column by its cells: few different words, most of them known."""
    name = _name(header)
    if not texts or _about(name) == "other" or column(header) is not None:
        return None
    one = _status(header, "words", "", _about(name), {})
    rows = {text: count for text, count in texts.items() if not is_blank(text)}
    if len(rows) == 1 or not _is_repeated(texts):
        return None
    speaking = {meaning(one, text) for text in rows} - {None, SHIPPING, "test", "trial"}
    return one if speaking and _mostly_known(one, rows) else None


def meaning(one: Status, text: str, words: Mapping[str, str] | None = None) -> str | None:
    """Tell what a cell says: a key of REASONS, `sale`, `partly-returned`, `fulfilment`, or None.

    Args:
        one: the column.
        text: of the cell.
        words: what the user said of words, folded; it comes first.
    """
    if is_blank(text):
        return SALE
    if one.kind in ("values", "date"):
        return one.meaning or one.rules.get(text.strip().lower(), SALE)
    word = fold(text)
    for table in (words or {}, one.rules):
        if said := table.get(word) or table.get(_short(word)):
            return said
    word = one.codes.get(word.lstrip("0") or "0") or one.codes.get(word) or word
    return _flagged(one, word) if one.kind in ("flag", "unless") else _worded(one, word)


def _worded(one: Status, word: str) -> str | None:
    """Read a word of a status or an environment."""
    found = _known(word)
    if one.kind == "environment":
        return "test" if found == "test" else SALE
    if one.kind == "record":
        return found if found in ("returned", "test") else SALE
    if one.rules and word.isdecimal():
        return SALE  # codes of a known export, which names those that are no sale
    return _as_spoken(one, word, found)


def _as_spoken(one: Status, word: str, found: str | None) -> str | None:
    """Read a word by what its column speaks of."""
    if one.about in _EVENTS:
        for event, words in _data()["events"].items():
            if word in words:
                return {"happened": _EVENTS[one.about], "partly": PARTLY}.get(event, SALE)
        return _known(word) if found != SALE else None
    if one.about in ("fulfilment", "item"):
        return found if found in ("cancelled", "returned", "test", PARTLY) else SHIPPING
    if one.about == "payment" and found is None and word in _data()["due"]:
        return "unpaid"
    return found


def _flagged(one: Status, word: str) -> str | None:
    is_set = _flags().get(word)
    if is_set is not None:
        return one.meaning if is_set == (one.kind == "flag") else SALE
    if one.kind == "unless":
        return None
    if _DAY.match(word.replace(" ", "-")):
        return one.meaning
    return _known(word)


def named(name: str, header: Sequence[str]) -> list[int]:
    """Return the positions of the headers that are a name but for its punctuation.

    >>> named("order status", ["Order ID", "Order: Status"])
    [1]
    """
    return [n for n, one in enumerate(header) if _name(one) == _name(name)]


def is_set(text: str) -> bool | None:
    """Tell whether a cell says yes or no; None if it says neither."""
    return _flags().get(fold(text))


def payment(text: str) -> str | None:
    """Tell what a word says of a payment; None if it is not known."""
    return _known(fold(text))


def are_flags(words: Iterable[str]) -> bool:
    """Tell whether folded words all say yes or no."""
    return all(word in _flags() for word in words)


def is_same(word: str, text: str) -> bool:
    """Tell whether a word that a user typed is the one in a cell.

    >>> is_same("on hold", "wc-on-hold"), is_same("on hold", "hold")
    (True, False)
    """
    return fold(word) in (fold(text), _short(fold(text)))


def is_blank(text: str | None) -> bool:
    """Tell whether a cell says nothing: blank, a dash, a word for missing."""
    return text is None or fold(text) in _MISSING


@cache
def _known_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for name, some in _data()["words"].items():
        for word in some:
            words.setdefault(word, SALE if name == "live" else name)
    return words


def _known(word: str) -> str | None:
    """Look a folded word up: as it is, without a prefix, without a number before it."""
    words = _known_words()
    return words.get(word) or words.get(_short(word))


def _short(word: str) -> str:
    bare = _NUMBERED.sub("", word)
    bare = _LEADING.sub("", bare) or bare
    return found[1] if (found := _BY.match(bare)) else bare


def state(text: str, rules: Mapping[str, Iterable[str]], words: Mapping[str, str]) -> str | None:
    """Tell the state of a subscription from a word; None if it is not known.

    >>> state("wc-pending-cancel", {}, {})
    'paying'

    Args:
        text: of the cell.
        rules: the profile's own words, by state; they come before the usual ones.
        words: what the user said of words, folded.
    """
    word = fold(text)
    own = {fold(one): name for name, some in rules.items() for one in some}
    usual = _known_states()
    for table in (words, own, usual):
        if found := table.get(word) or table.get(_short(word)):
            return found
    return None


@cache
def _known_states() -> dict[str, str]:
    return {word: name for name, some in _data()["subscriptions"].items() for word in some}


@cache
def _flags() -> dict[str, bool]:
    flags = _data()["flags"]
    return {word: name == "yes" for name in ("yes", "no") for word in flags[name]}


def _narrow(header: str) -> str:
    return unicodedata.normalize("NFKC", header)


def _bare_name(header: str) -> str:
    """Fold a header without its remarks in brackets."""
    bare = re.sub(r"[(\[][^)\]]*[)\]]?", " ", _narrow(header)) or header
    name = re.sub(r"[^\w]+", " ", fold(_CAMEL.sub(" ", bare))).strip()
    return re.sub(r"(?<=[a-z])status$", " status", name)  # Zahlungsstatus, orderstatus


@cache
def _name(header: str) -> str:
    """Fold a header without its remarks in brackets and without what every header may end in."""
    name = _bare_name(header)
    while (short := _NOISE.sub("", name)) != name:
        name = short
    for end in ("フラグ", "名称"):
        name = name.removesuffix(end)
    return name


def _ends(name: str, alias: str) -> bool:
    if _WIDE.search(alias):
        return name.endswith(alias)
    return name == alias or name.endswith(f" {alias}")


def _says(name: str, *subjects: str) -> bool:
    words = set(name.split(" "))
    return any(
        alias in (name if _WIDE.search(alias) else words)
        for subject in subjects
        for alias in _data()["about"][subject]
    )


def _about(name: str) -> str:
    """Tell what a header speaks of."""
    for subject in ("other", "item", "refund", "cancellation", "fulfilment", "payment"):
        if _says(name, subject):
            return subject
    return "order"


@cache
def _data() -> Any:
    import yaml

    text = (Path(__file__).parent / "statuses.yaml").read_text("utf-8")
    raw = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return _folded(raw)


def _folded(raw: Any) -> Any:
    """Fold every word, so that they may be written as people write them."""
    if isinstance(raw, dict):
        return {name: _folded(some) for name, some in raw.items()}
    return [fold(str(one)) for one in raw]
