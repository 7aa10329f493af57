"""Currency signs of typed amounts, such as $ in --cac '$50': of one currency, that of the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from ltvcli.errors import TypedCurrenciesError, TypedCurrencyError
from ltvcli.units import usual_width

_CURRENCIES = {
    "$": "USD CAD AUD NZD SGD HKD TWD MXN ARS BMD BND BRL BSD CLP COP DOP FJD JMD TTD UYU XCD",
    "¥": "JPY CNY",
    "€": "EUR",
    "£": "GBP EGP FKP GIP",
}
"""Codes of the currencies that a sign is used for."""
_SIGNS = {"円": "¥"} | {sign: sign for sign in _CURRENCIES}


class Sign(Struct, frozen=True):
    """A currency sign, and what an error calls the amount that it stands at."""

    place: str
    sign: str


def signs(amounts: Mapping[str, tuple[str, str]]) -> dict[str, Sign]:
    """Return the signs of those amounts that have one, by key.

    Args:
        amounts: key to (what an error calls the amount, the amount as typed).

    >>> signs({"cac": ("--cac", "￥5,000"), "arpu": ("--arpu", "12")})
    {'cac': Sign(place='--cac', sign='¥')}
    """
    return {
        key: Sign(place, _SIGNS[mark])
        for key, (place, text) in amounts.items()
        for mark in usual_width(text)
        if mark in _SIGNS
    }


def in_text(place: str, text: str) -> tuple[Sign, ...]:
    """Return all signs of a text with several amounts.

    >>> [sign.sign for sign in in_text("when", "cac > $50 or aov < 30円")]
    ['$', '¥']
    """
    marks = (mark for mark in usual_width(text) if mark in _SIGNS)
    return tuple(Sign(place, _SIGNS[mark]) for mark in marks)


def check(typed: Iterable[Sign], currency: str | None) -> None:
    """Check that all signs stand for one currency, and for that of the data.

    Args:
        typed: the signs.
        currency: code of the currency of the data; None if it is not known.

    Raises:
        TypedCurrenciesError: there are two, so that no ratio of the amounts is defined.
        TypedCurrencyError: it is not that of the data.
    """
    first: Sign | None = None
    for sign in typed:
        first = sign if first is None else first
        if sign.sign != first.sign:
            raise TypedCurrenciesError(
                one=first.place, sign=first.sign, other=sign.place, unlike=sign.sign
            )
        if currency and currency.upper() not in _CURRENCIES[sign.sign].split():
            raise TypedCurrencyError(name=sign.place, sign=sign.sign, currency=currency)
