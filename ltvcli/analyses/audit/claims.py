"""Claims as typed: the value of each, and the values that are rounded to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from ltvcli.errors import (
    ClaimedTwiceError,
    ClaimShapeError,
    NotAChoiceError,
    NotAClaimError,
    UnknownClaimError,
)
from ltvcli.results.audit import CLAIMS, Claim
from ltvcli.settings import currency_signs, yaml_file
from ltvcli.settings.currency_signs import Sign
from ltvcli.units import NUMBER, Unit, parse_amount, parse_months, parse_rate, usual_width

BASIS = "basis"
BASES = ("margin", "revenue")
PAST_ALL = ("nrr", "grr", "growth")
"""Rates that may exceed 100%; a check reports a GRR that does."""
ROUNDED_DOWN = ("age",)
"""Figures that are usually rounded down: a company of two years and eight months is "two years"."""

_FIGURES = 2


class Pitch(Struct, frozen=True, kw_only=True):
    """The claims by key, in reading order, and whether LTV is claimed in margin or revenue.

    `signs` are the currency signs of the claims.
    """

    claims: Mapping[str, Claim] = field(default_factory=dict)
    basis: str | None = None
    signs: tuple[Sign, ...] = ()


class WrittenClaim(Struct, frozen=True, kw_only=True):
    """A claim's text, and its place as errors name it."""

    key: str
    text: str | None
    place: str
    first: str


def understood(claims: Iterable[WrittenClaim]) -> Pitch:
    """Read the claims of a pitch.

    Raises:
        UsageError: a claim does not exist, is made twice, or cannot be read.
    """
    by_key: dict[str, WrittenClaim] = {}
    for written in claims:
        if written.key not in (*CLAIMS, BASIS):
            near = yaml_file.near(written.key, [*CLAIMS, BASIS])
            raise UnknownClaimError(place=written.place, name=written.key, near=near)
        if written.key in by_key:
            raise ClaimedTwiceError(
                place=written.place, name=written.key, first=by_key[written.key].first
            )
        if written.text is None:
            raise ClaimShapeError(place=written.place, name=written.key)
        by_key[written.key] = written
    amounts = {
        key: (f"{written.place}: {key}", written.text or "") for key, written in by_key.items()
    }
    signs = tuple(currency_signs.signs(amounts).values())
    currency_signs.check(signs, None)
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
        signs=signs,
    )


def typed(texts: Sequence[str]) -> list[WrittenClaim]:
    """Read `ltv=240000`, as after --claim.

    Raises:
        NotAClaimError: there is no name, or no number.
    """
    claims = []
    for text in texts:
        key, equals, value = text.partition("=")
        if not (key.strip() and equals and value.strip()):
            raise NotAClaimError(text=text)
        claims.append(
            WrittenClaim(
                key=key.strip(), text=value.strip(), place="--claim", first=f"--claim {text}"
            )
        )
    return claims


def claim(key: str, text: str, place: str) -> Claim:
    """Read one claim.

    A number means all values that are rounded to it: 2% means 1.5% to 2.5%, 4.8 means 4.75 to 4.85.
    The last zeros of an amount or a count are taken as rounding, down to two figures: 240,000 means
    235,000 to 245,000, and 10,000 means 9,500 to 10,500. An age may also be rounded down.

    Args:
        key: of CLAIMS.
        text: as typed.
        place: of the claim, for errors.

    >>> churn = claim("churn", "2%", "")
    >>> churn.value, round(churn.low, 6), round(churn.high, 6)
    (0.02, 0.015, 0.025)
    >>> ltv = claim("ltv", "240,000", "")
    >>> ltv.low, ltv.high
    (235000.0, 245000.0)

    Raises:
        UsageError: the text is no number of the claim's unit.
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
            bare = usual_width(text)
            percent = bare.endswith("%")
            return parse_amount(name, bare.removesuffix("%")) / (100 if percent else 1)
        case Unit.RATIO:
            return parse_amount(
                name, usual_width(text).lower().removesuffix("x").removesuffix("倍")
            )
        case _:
            return parse_amount(name, text)


def _half(text: str, value: float, unit: Unit) -> float:
    """Return half a unit of the last significant figure."""
    match = re.search(NUMBER, usual_width(text))
    digits = match[0].replace(",", "") if match else ""
    integer, _, decimals = digits.partition(".")
    last = 10.0 ** -len(decimals)
    if unit in (Unit.MONEY, Unit.COUNT) and not decimals:
        integer = integer.lstrip("0")
        zeros = len(integer) - len(integer.rstrip("0"))
        last = 10.0 ** max(0, min(zeros, len(integer) - _FIGURES))
    number = float(digits or 0)
    scale = value / number if number else 0.01 if "%" in usual_width(text) else 1.0
    return last / 2 * scale
