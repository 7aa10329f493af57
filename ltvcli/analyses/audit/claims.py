"""Claims as they were typed: what each says, and what it would have been before rounding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ltvcli.errors import (
    ClaimCurrenciesError,
    ClaimedTwiceError,
    ClaimShapeError,
    NotAChoiceError,
    NotAClaimError,
    UnknownClaimError,
)
from ltvcli.results.audit import CLAIMS, Claim
from ltvcli.settings import yaml_file
from ltvcli.units import Unit, parse_amount, parse_months, parse_rate

BASIS = "basis"
BASES = ("margin", "revenue")
PAST_ALL = ("nrr", "grr", "growth")
"""Rates that may pass 100%; that a GRR may not is for a check to say."""
ROUNDED_DOWN = ("age",)
"""A company of two years and eight months says that it is two years old."""

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d*)?|\.\d+")
_SIGNS = {"¥": "¥", "￥": "¥", "円": "¥", "$": "$", "€": "€", "£": "£"}
_FIGURES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Pitch:
    """The claims by key, in reading order, and whether LTV is said to be margin or revenue."""

    claims: Mapping[str, Claim] = field(default_factory=dict)
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim's text, and how an error names the place it stands in."""

    key: str
    text: str | None
    place: str
    first: str


def understood(said: Iterable[Said]) -> Pitch:
    """Read what was claimed.

    Raises:
        UsageError: a claim that does not exist, is made twice, or cannot be read.
    """
    by_key: dict[str, Said] = {}
    for one in said:
        if one.key not in (*CLAIMS, BASIS):
            near = yaml_file.near(one.key, [*CLAIMS, BASIS])
            raise UnknownClaimError(place=one.place, name=one.key, near=near)
        if one.key in by_key:
            raise ClaimedTwiceError(place=one.place, name=one.key, first=by_key[one.key].first)
        if one.text is None:
            raise ClaimShapeError(place=one.place, name=one.key)
        by_key[one.key] = one
    _one_currency(by_key.values())
    basis = by_key.pop(BASIS, None)
    if basis and basis.text not in BASES:
        name = f"{basis.place}: {BASIS}"
        raise NotAChoiceError(name=name, text=basis.text, known=BASES, example="basis: margin")
    return Pitch(
        claims={
            key: claim(key, by_key[key].text or "", by_key[key].place)
            for key in CLAIMS
            if key in by_key
        },
        basis=basis.text if basis else None,
    )


def _one_currency(said: Iterable[Said]) -> None:
    """Refuse ¥240,000 over $500, which would be a fine ratio."""
    signs = ((one, _SIGNS[mark]) for one in said for mark in one.text or "" if mark in _SIGNS)
    first = next(signs, None)
    for one, sign in signs:
        if first and sign != first[1]:
            raise ClaimCurrenciesError(
                one=f"{first[0].place}: {first[0].key}",
                sign=first[1],
                other=f"{one.place}: {one.key}",
                unlike=sign,
            )


def typed(texts: Sequence[str]) -> list[Said]:
    """Read `ltv=240000`, as after --claim.

    Raises:
        NotAClaimError: there is no name, or no number.
    """
    said = []
    for text in texts:
        key, equals, value = text.partition("=")
        if not (key.strip() and equals and value.strip()):
            raise NotAClaimError(text=text)
        said.append(
            Said(key=key.strip(), text=value.strip(), place="--claim", first=f"--claim {text}")
        )
    return said


def claim(key: str, text: str, place: str) -> Claim:
    """Read one claim; `place` is where it stands, for the error.

    A number stands for all that would be rounded to it: 2% for 1.5% to 2.5%, 4.8 for 4.75 to 4.85.
    The last zeros of an amount or a count are taken for rounding, down to two figures: 240,000 for
    235,000 to 245,000, and 10,000 for 9,500 to 10,500. An age may also be rounded down.

    >>> one = claim("churn", "2%", "")
    >>> one.value, round(one.low, 6), round(one.high, 6)
    (0.02, 0.015, 0.025)
    >>> one = claim("ltv", "240,000", "")
    >>> one.low, one.high
    (235000.0, 245000.0)

    Raises:
        UsageError: it is no such number.
    """
    unit = CLAIMS[key].unit
    value = _value(key, text, f"{place}: {key}")
    half = _half(text, value, unit)
    low = max(value - half, 0.0)
    high = value + (2 * half if key in ROUNDED_DOWN else half)
    if unit is Unit.RATE and key not in PAST_ALL:
        high = min(high, 1.0)
    return Claim(text=text, value=value, low=low, high=high)


def as_text(key: str, value: Any) -> str:
    """Write a Python value the way it would be typed.

    >>> as_text("churn", 0.02), as_text("age", 14), as_text("ltv", 240_000)
    ('0.02', '14mo', '240000')
    """
    if isinstance(value, str):
        return value
    from decimal import Decimal

    number = format(Decimal(str(value)), "f").removesuffix(".0")
    return f"{number}mo" if key in CLAIMS and CLAIMS[key].unit is Unit.MONTHS else number


def _value(key: str, text: str, name: str) -> float:
    match CLAIMS[key].unit:
        case Unit.MONTHS:
            return parse_months(name, text)
        case Unit.RATE if key not in PAST_ALL:
            return parse_rate(name, text)
        case Unit.RATE:
            percent = text.strip().endswith("%")
            return parse_amount(name, text.strip().removesuffix("%")) / (100 if percent else 1)
        case Unit.RATIO:
            return parse_amount(name, text.strip().lower().removesuffix("x").removesuffix("倍"))
        case _:
            return parse_amount(name, text)


def _half(text: str, value: float, unit: Unit) -> float:
    """Return half a unit of the last figure that was not rounded away."""
    match = _NUMBER.search(text)
    digits = match[0].replace(",", "") if match else ""
    whole, _, decimals = digits.partition(".")
    last = 10.0 ** -len(decimals)
    if unit in (Unit.MONEY, Unit.COUNT) and not decimals:
        whole = whole.lstrip("0")
        zeros = len(whole) - len(whole.rstrip("0"))
        last = 10.0 ** max(0, min(zeros, len(whole) - _FIGURES))
    number = float(digits or 0)
    scale = value / number if number else 0.01 if "%" in text else 1.0
    return last / 2 * scale
