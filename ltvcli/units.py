"""The units used everywhere inside ltvcli, and the only way in from text.

Money   major units of the report's one currency (12.5 is 12 dollars 50)
Rate    a fraction per month (0.05 is 5 percent a month)
Months  a length of time; a year is exactly 12, a day is 1 / 30.436875

Percent signs, days and years exist only where text is read or written.
"""

from __future__ import annotations

import math
import re
from datetime import date
from enum import StrEnum

from ltvcli.errors import NotADateError, NotADurationError, NotAnAmountError, NotARateError

Money = float
Rate = float
Months = float

MONTHS_PER_YEAR = 12
DAYS_PER_MONTH = 365.2425 / MONTHS_PER_YEAR

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(y|yr|years?|年|mo|months?|か月|ヶ月|カ月|d|days?|日)")
_MONTHS_IN = {
    "y": float(MONTHS_PER_YEAR),
    "年": 12.0,
    "m": 1.0,
    "d": 1 / DAYS_PER_MONTH,
    "日": 1 / DAYS_PER_MONTH,
}


class Unit(StrEnum):
    """What a figure is measured in; formats decide how it looks."""

    MONEY = "money"
    RATE = "rate"
    MONTHS = "months"
    RATIO = "ratio"
    COUNT = "count"


def _number(text: str) -> float:
    """Read a plain number; `1e3`, `nan`, `inf` and `1_000` are not what anyone means to type."""
    if not re.fullmatch(r"[+-]?(\d[\d,]*(\.\d*)?|\.\d+)", text):
        raise ValueError(text)
    return float(text.replace(",", ""))


def parse_rate(name: str, text: str) -> Rate:
    """Read ``"5%"`` or ``"0.05"`` as the fraction 0.05.

    >>> parse_rate("churn", "5%"), parse_rate("churn", "0.05")
    (0.05, 0.05)

    Raises:
        NotARateError: `text` is not a number, or lies outside 0 to 1.
    """
    bare = text.strip()
    try:
        value = _number(bare.removesuffix("%").strip()) / (100 if bare.endswith("%") else 1)
    except ValueError:
        raise NotARateError(name=name, text=text) from None
    if not 0 <= value <= 1:
        raise NotARateError(name=name, text=text)
    return value


def parse_amount(name: str, text: str) -> float:
    """Read ``"5,000"`` or ``"¥5000"`` as the number 5000, never negative.

    >>> parse_amount("cac", "¥5,000")
    5000.0

    Raises:
        NotAnAmountError: `text` is not a number, or is negative.
    """
    try:
        value = _number(text.strip().strip("¥￥$€£円").strip())
    except ValueError:
        raise NotAnAmountError(name=name, text=text) from None
    if value < 0 or not math.isfinite(value):
        raise NotAnAmountError(name=name, text=text)
    return value


def parse_months(name: str, text: str) -> Months:
    """Read ``"2y"``, ``"24mo"`` or ``"90d"`` as months; a bare number has no unit and is refused.

    >>> parse_months("lifespan", "2y"), parse_months("lifespan", "24mo")
    (24.0, 24.0)

    Raises:
        NotADurationError: no number, no unit, or a length of zero.
    """
    found = _DURATION.fullmatch(text.strip().lower())
    if not found or float(found[1]) == 0:
        raise NotADurationError(name=name, text=text)
    unit = found[2][0]
    return float(found[1]) * _MONTHS_IN.get(unit, 1.0)


def parse_date(name: str, text: str) -> date:
    """Read ``"2026-10-31"``.

    Raises:
        NotADateError: `text` is not a calendar date in that form.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NotADateError(name=name, text=text) from None


def monthly_from_yearly(yearly: Rate) -> Rate:
    """Turn a yearly compounding rate into the monthly rate with the same effect.

    >>> round(monthly_from_yearly(0.10), 6)
    0.007974
    """
    return math.expm1(math.log1p(yearly) / MONTHS_PER_YEAR)
