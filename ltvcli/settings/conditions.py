"""The language of `when`: `ltv_to_cac < 3 and not changed(retention_90d)`.

    condition   = conjunction ("or" conjunction)*
    conjunction = negation ("and" negation)*
    negation    = "not" negation | "(" condition ")" | "changed" "(" figure ")" | comparison
    comparison  = operand ("<" | "<=" | ">" | ">=") operand
    operand     = figure | number

A number may be written as 3, 1,000, 80%, $50, ¥5,000 or 5,000円. There is no equality: what is
measured is never exactly a number. A parser of its own keeps errors in the words of ltv and a
library out of it; nothing is ever evaluated as Python.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Literal

from msgspec import Struct

from ltvcli.errors import (
    ConditionEndsError,
    ConditionEqualityError,
    ConditionError,
    ConditionFigureError,
    ConditionNumbersError,
    ConditionTooLongError,
)
from ltvcli.language import N_
from ltvcli.units import NUMBER

Operator = Literal["<", "<=", ">", ">="]
LONGEST = 200
"""Letters of a condition; so few cannot nest deeply enough to exhaust the parser."""

_TOKEN = re.compile(
    rf"""(?P<number>[$¥€£]?\s*(?:{NUMBER})\s*[%円]?)
    | (?P<name>[^\W\d]\w*)
    | (?P<operator><=|>=|<|>)
    | (?P<equality>==|!=|=|<>|≠)
    | (?P<bracket>[()])""",
    re.VERBOSE,
)
_WORDS = ("and", "or", "not", "changed")
_SHAPES = {"≤": "<=", "≦": "<=", "≥": ">=", "≧": ">=", "−": "-"}


class Compared(Struct, frozen=True):
    """`left operator right`; each side is the name of a figure, or a number."""

    left: str | float
    operator: Operator
    right: str | float


class Changed(Struct, frozen=True):
    """`changed(figure)`: the last value of the figure is more than routine variation."""

    figure: str


class Not(Struct, frozen=True):
    """`not negated`."""

    negated: Condition


class Both(Struct, frozen=True):
    """`left and right`."""

    left: Condition
    right: Condition


class Either(Struct, frozen=True):
    """`left or right`."""

    left: Condition
    right: Condition


Condition = Compared | Changed | Not | Both | Either


def figures(condition: Condition) -> tuple[str, ...]:
    """List the figures of a condition, each once, in reading order.

    >>> figures(Both(Compared("cac", ">", 50.0), Not(Changed("aov"))))
    ('cac', 'aov')
    """
    return tuple(dict.fromkeys(_figures(condition)))


def _figures(condition: Condition) -> Iterator[str]:
    match condition:
        case Compared():
            yield from (side for side in (condition.left, condition.right) if isinstance(side, str))
        case Changed():
            yield condition.figure
        case Not():
            yield from _figures(condition.negated)
        case Both() | Either():
            yield from (*_figures(condition.left), *_figures(condition.right))


def parse(text: str, known: Mapping[str, object], place: Callable[[int], str]) -> Condition:
    """Read a condition.

    Args:
        text: as written.
        known: figures that may be named.
        place: gives what an error calls a position in the text, counted from 0.

    Raises:
        UsageError: it cannot be read; with the position of what cannot.

    >>> parse("ltv_to_cac < 3", {"ltv_to_cac": None}, str)
    Compared(left='ltv_to_cac', operator='<', right=3.0)
    >>> parse("not (80% < margin or changed(aov))", {"margin": 0, "aov": 0}, str).negated.left
    Compared(left=0.8, operator='<', right='margin')
    """
    if len(text) > LONGEST:
        raise ConditionTooLongError(place=place(0), limit=LONGEST)
    reader = _Reader(text, known, place)
    condition = reader.condition()
    reader.end()
    return condition


class _Reader:
    """Reads one condition from the left to the right."""

    def __init__(self, text: str, known: Mapping[str, object], place: Callable[[int], str]) -> None:
        self._text = "".join(_plain(letter) for letter in text)
        self._shown = text
        self._known = known
        self._place = place
        self._at = 0

    def condition(self) -> Condition:
        left = self._conjunction()
        while self._word("or"):
            left = Either(left, self._conjunction())
        return left

    def end(self) -> None:
        self._skip()
        if self._at < len(self._text):
            expected = N_("and, or, or the end of the rule")
            raise self._unexpected(expected)

    def _conjunction(self) -> Condition:
        left = self._negation()
        while self._word("and"):
            left = Both(left, self._negation())
        return left

    def _negation(self) -> Condition:
        if self._word("not"):
            return Not(self._negation())
        if self._bracket("("):
            inside = self.condition()
            self._close()
            return inside
        if self._word("changed"):
            if not self._bracket("("):
                raise self._unexpected("changed(figure)")
            self._skip()
            start = self._at
            figure = self._operand()
            if not isinstance(figure, str):
                raise self._unexpected(N_("the name of a figure"), start)
            self._close()
            return Changed(figure)
        return self._comparison()

    def _comparison(self) -> Compared:
        self._skip()
        start = self._at
        left = self._operand()
        operator = self._operator()
        right = self._operand()
        if not isinstance(left, str) and not isinstance(right, str):
            raise ConditionNumbersError(place=self._place(start))
        return Compared(left, operator, right)

    def _operator(self) -> Operator:
        self._skip()
        match = _TOKEN.match(self._text, self._at)
        if match and match["equality"]:
            raise ConditionEqualityError(place=self._place(self._at), sign=match.group())
        if not match or not match["operator"]:
            raise self._unexpected(N_("< or >, and a value to compare with"))
        self._at = match.end()
        operators: dict[str, Operator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
        return operators[match["operator"]]

    def _operand(self) -> str | float:
        self._skip()
        match = _TOKEN.match(self._text, self._at)
        if match and match["number"]:
            self._at = match.end()
            return _number(match["number"])
        if match and match["name"] and match["name"].casefold() not in _WORDS:
            name = match["name"].casefold()
            if name not in self._known:
                raise ConditionFigureError(
                    place=self._place(self._at),
                    name=self._shown[self._at : match.end()],
                    near=", ".join(get_close_matches(name, self._known, n=3) or self._known),
                )
            self._at = match.end()
            return name
        raise self._unexpected(N_("a figure or a number"))

    def _close(self) -> None:
        if not self._bracket(")"):
            raise self._unexpected(")")

    def _word(self, word: str) -> bool:
        self._skip()
        match = _TOKEN.match(self._text, self._at)
        if match and match["name"] and match["name"].casefold() == word:
            self._at = match.end()
            return True
        return False

    def _bracket(self, bracket: str) -> bool:
        self._skip()
        if self._text.startswith(bracket, self._at):
            self._at += 1
            return True
        return False

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _unexpected(self, expected: str, start: int | None = None) -> ConditionError:
        at = self._at if start is None else start
        if at >= len(self._text):
            return ConditionEndsError(place=self._place(at), expected=expected)
        match = _TOKEN.match(self._text, at)
        end = match.end() if match else at + 1
        text = self._shown[at:end].strip()
        return ConditionError(place=self._place(at), text=text, expected=expected)


def _plain(letter: str) -> str:
    """Return a letter in its usual width, one for one, so that positions stay."""
    letter = _SHAPES.get(letter, letter)
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter


def _number(text: str) -> float:
    """Read a number.

    >>> _number("80%"), _number("¥5,000"), _number(".5")
    (0.8, 5000.0, 0.5)
    """
    digits = re.sub(r"[^\d.%]", "", text)
    if digits.endswith("%"):
        return float(digits.removesuffix("%")) / 100
    return float(digits)
