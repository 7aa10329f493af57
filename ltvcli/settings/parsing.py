"""Parsers of settings; units.py reads numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from ltvcli.errors import NotAChoiceError, NotACountError, NotACountOrLastYearError
from ltvcli.units import DAYS_PER_MONTH, parse_months

Parse = Callable[[str, str], Any]
"""Takes the name an error is to use, and the text."""
LAST_YEAR = "last-year"
SWITCH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Setting(Struct, frozen=True):
    """The parser and the description of a setting.

    `several` values may be given, each on a line of the text. A `file` named in ltv.yaml lies
    beside it. A `secret` is never shown.
    """

    help: str
    parse: Parse
    several: bool = False
    file: bool = False
    secret: bool = False


def plain(_name: str, text: str) -> str:
    """Return a text unchanged."""
    return text


def lines(_name: str, text: str) -> tuple[str, ...]:
    r"""Return the lines of a text, each once.

    >>> lines("by", "channel\ncountry\nchannel")
    ('channel', 'country')
    """
    return tuple(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))


def count(name: str, text: str) -> int:
    """Read a number of things, 1 or more.

    Raises:
        NotACountError: it is none.
    """
    if not re.fullmatch(r"0*[1-9]\d{0,8}", text, re.ASCII):
        raise NotACountError(name=name, text=text)
    return int(text)


def count_or_last_year(name: str, text: str) -> int | str:
    """Read a number of new customers per month, or the word LAST_YEAR.

    >>> count_or_last_year("new_customers", "1,200"), count_or_last_year("", "last-year")
    (1200, 'last-year')

    Raises:
        NotACountOrLastYearError: it is neither.
    """
    if text == LAST_YEAR:
        return text
    if not re.fullmatch(r"0*[1-9]\d{0,8}|[1-9]\d{0,2}(,\d{3}){1,2}", text, re.ASCII):
        raise NotACountOrLastYearError(name=name, text=text)
    return int(text.replace(",", ""))


def days(name: str, text: str) -> int:
    """Read a length of time as whole days, 1 or more.

    >>> days("age", "90d"), days("age", "3mo")
    (90, 91)

    Raises:
        UsageError: it is none, or shorter than a day.
    """
    return max(round(parse_months(name, text) * DAYS_PER_MONTH), 1)


def one_of(known: Sequence[str], example: str) -> Parse:
    """Return a parser of one of `known`; others raise NotAChoiceError."""

    def parse(name: str, text: str) -> str:
        if text not in known:
            raise NotAChoiceError(name=name, text=text, known=known, example=example)
        return text

    return parse


def switch(name: str, text: str) -> bool:
    """Read yes or no.

    Raises:
        NotAChoiceError: it is neither.
    """
    if text.lower() not in SWITCH:
        raise NotAChoiceError(name=name, text=text, known=("true", "false"), example="true")
    return SWITCH[text.lower()]


def listed(value: Any) -> Sequence[Any]:
    """Return the values as a list, which for most settings has one."""
    return value if isinstance(value, (list, tuple)) else [value]


def as_typed(value: Any, setting: Setting) -> str:
    """Write a Python value the way it would be typed.

    Raises:
        TypeError: it is neither text, number, day nor path.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, (bool, str, date, PurePath)):
        return str(value)
    from decimal import Decimal, InvalidOperation

    try:
        number = format(Decimal(str(value)), "f")
    except InvalidOperation:
        raise TypeError from None
    return f"{number}mo" if setting.parse is parse_months else number
