"""The units used everywhere inside ltvcli, and the only way in from text.

Money   major units of the report's one currency (12.5 is 12 dollars 50)
Rate    a fraction per month (0.05 is 5 percent a month)
Months  a length of time; a year is exactly 12, a day is 1 / 30.436875

Percent signs, days and years exist only where text is read or written.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date
from enum import StrEnum

from ltvcli.errors import (
    NotADateError,
    NotADurationError,
    NotAnAmountError,
    NotARateError,
    TooLargeError,
    TooSmallError,
)

Money = float
Rate = float
Months = float

MONTHS_PER_YEAR = 12
DAYS_PER_MONTH = 365.2425 / MONTHS_PER_YEAR

# Bounds of typed values. Within them no product or quotient of a few values overflows, and no
# table of months becomes too large.
MOST_AMOUNT = 10.0**15
LEAST_AMOUNT = 10.0**-6
LEAST_RATE = 10.0**-6
MOST_YEARS = 100
EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
_SHOWN = 40

NUMBER = r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)(?:\.\d*)?|\.\d+"
"""A typed number. A comma is in the place of a separator (1,234,567; 12,34,567), so 49,90 is none:
where the comma is the decimal sign, it means 49.90."""

_DURATION = re.compile(
    r"(\d+(?:\.\d+)?)\s*(y|yr|years?|年|mo|months?|[かヶカヵケ個箇]月|d|days?|日)"
)
_MONTHS_IN = {
    "y": float(MONTHS_PER_YEAR),
    "年": 12.0,
    "m": 1.0,
    "d": 1 / DAYS_PER_MONTH,
    "日": 1 / DAYS_PER_MONTH,
}


class Unit(StrEnum):
    """Unit of a figure; formats decide how it is written."""

    MONEY = "money"
    RATE = "rate"
    POINTS = "points"
    MONTHS = "months"
    RATIO = "ratio"
    DIFFERENCE = "difference"
    COUNT = "count"
    TEXT = "text"


def usual_width(text: str) -> str:
    """Return a typed text in its usual width, as keyboards for Japanese write it in another.

    >>> usual_width("２．５％ "), usual_width("￥５，０００")
    ('2.5%', '¥5,000')
    """
    return unicodedata.normalize("NFKC", text).strip()


def plain_number(text: str) -> float:
    """Read a number; `49,90`, `1e3`, `nan`, `inf` and `1_000` are taken as mistakes.

    >>> plain_number("1,234.5"), plain_number("-.5")
    (1234.5, -0.5)

    Raises:
        ValueError: it is none.
    """
    if not re.fullmatch(rf"[+-]?(?:{NUMBER})", text):
        raise ValueError(text)
    return float(text.replace(",", ""))


def parse_rate(name: str, text: str) -> Rate:
    """Read ``"5%"`` or ``"0.05"`` as the fraction 0.05.

    >>> parse_rate("churn", "5%"), parse_rate("churn", "0.05")
    (0.05, 0.05)

    Raises:
        NotARateError: `text` is not a number, or lies outside 0 to 1.
        TooSmallError: it is not 0, and next to nothing.
    """
    bare = usual_width(text)
    try:
        value = plain_number(bare.removesuffix("%").strip()) / (100 if bare.endswith("%") else 1)
    except ValueError:
        raise NotARateError(name=name, text=text) from None
    if not 0 <= value <= 1:
        raise NotARateError(name=name, text=text)
    if value < LEAST_RATE and _says_more_than_zero(bare):
        raise TooSmallError(name=name, text=_short(text), limit="0.0001%")
    return value


def parse_amount(name: str, text: str) -> float:
    """Read ``"5,000"`` or ``"¥5000"`` as the number 5000, never negative.

    >>> parse_amount("cac", "¥5,000")
    5000.0

    Raises:
        NotAnAmountError: `text` is not a number, or is negative.
        TooLargeError: it is larger than any plausible amount.
        TooSmallError: it is not 0, and next to nothing.
    """
    try:
        value = plain_number(usual_width(text).strip("¥$€£円").strip())
    except ValueError:
        raise NotAnAmountError(name=name, text=text) from None
    if value < 0:
        raise NotAnAmountError(name=name, text=text)
    if value > MOST_AMOUNT:
        raise TooLargeError(name=name, text=_short(text), limit=f"{MOST_AMOUNT:,.0f}")
    if value < LEAST_AMOUNT and _says_more_than_zero(text):
        raise TooSmallError(name=name, text=_short(text), limit=f"{LEAST_AMOUNT:f}")
    return value


def parse_months(name: str, text: str) -> Months:
    """Read ``"2y"``, ``"24mo"`` or ``"90d"`` as months; a bare number has no unit and is refused.

    >>> parse_months("lifespan", "2y"), parse_months("lifespan", "24mo")
    (24.0, 24.0)

    Raises:
        NotADurationError: no number, no unit, or a length of zero.
        TooLargeError: more than a hundred years.
        TooSmallError: less than a day.
    """
    match = _DURATION.fullmatch(usual_width(text).lower())
    if not match or not _says_more_than_zero(match[1]):
        raise NotADurationError(name=name, text=text)
    months = float(match[1]) * _MONTHS_IN.get(match[2][0], 1.0)
    if months > MOST_YEARS * MONTHS_PER_YEAR:
        raise TooLargeError(name=name, text=_short(text), limit=f"{MOST_YEARS}y")
    if months * DAYS_PER_MONTH < 1 - LEAST_RATE:
        raise TooSmallError(name=name, text=_short(text), limit="1d")
    return months


def parse_date(name: str, text: str) -> date:
    """Read ``"2026-10-31"``.

    Raises:
        NotADateError: `text` is not a calendar date in that form.
        TooLargeError: it lies after LATEST.
        TooSmallError: it lies before EARLIEST.
    """
    try:
        value = date.fromisoformat(usual_width(text))
    except ValueError:
        raise NotADateError(name=name, text=text) from None
    if value > LATEST:
        raise TooLargeError(name=name, text=text, limit=LATEST.isoformat())
    if value < EARLIEST:
        raise TooSmallError(name=name, text=text, limit=EARLIEST.isoformat())
    return value


def _says_more_than_zero(text: str) -> bool:
    """Return whether a number is not 0, even if it is so small that a float rounds it to 0."""
    return bool(re.search("[1-9]", text))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def month_index(day: date) -> int:
    """Return the number of a day's month: months since year 0.

    >>> month_index(date(2026, 3, 31)) - month_index(date(2025, 12, 1))
    3
    """
    return MONTHS_PER_YEAR * day.year + day.month - 1


def unit_of(measure: str) -> Unit:
    """Return the unit of a measure such as "money/month".

    >>> unit_of("rate/year")
    <Unit.RATE: 'rate'>
    """
    return Unit(measure.partition("/")[0])


def monthly_from_yearly(yearly: Rate) -> Rate:
    """Turn a yearly compounding rate into the monthly rate with the same effect.

    >>> round(monthly_from_yearly(0.10), 6)
    0.007974
    """
    return math.expm1(math.log1p(yearly) / MONTHS_PER_YEAR)
