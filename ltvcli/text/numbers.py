"""Numbers as text for people. The only module that rounds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from ltvcli.units import Unit

MISSING = "–"
CENTS = 2
_DIGITS = 400  # more than any float has, so that rounding to cents never overflows
CENTS_MATTER_BELOW = 100
WHOLE_FROM = 1000
_ROUNDING = 1e-9
SMALLEST_TENTH_OF_A_PERCENT = 0.0005
SMALLEST_THOUSANDTH = 0.0005
SMALLEST_RATE = 1e-8
"""Six decimals of a percentage are written at most."""


class Numeral(str):
    """A number as shown, which keeps its value, for cells that hold numbers.

    `value` is None where the text is an interval alone; `low` and `high` are None without one.

    >>> written = show(0.25, Unit.RATE, None, "en")
    >>> written, written.value
    ('25.0%', 0.25)
    """

    __slots__ = ("high", "low", "unit", "value")

    value: float | None
    unit: Unit
    low: float | None
    high: float | None

    def __new__(
        cls,
        text: str,
        value: float | None,
        unit: Unit,
        low: float | None = None,
        high: float | None = None,
    ) -> Numeral:
        """Put a number beside its text."""
        self = super().__new__(cls, text)
        self.value, self.unit, self.low, self.high = value, unit, low, high
        return self


def reworded(number: str, text: str) -> str:
    """Return `text` as the form of a number, which keeps its value.

    >>> reworded(show(2.0, Unit.RATIO, None, "en"), "(2.00)").value
    2.0
    """
    if not isinstance(number, Numeral):
        return text
    return Numeral(text, number.value, number.unit, number.low, number.high)


def bracketed(text: str, range_: str) -> str:
    """Write an interval in brackets beside its estimate; "" for none.

    >>> bracketed("$5.00", "4–6"), bracketed("$5.00", "")
    ('$5.00 (4–6)', '$5.00')
    """
    if not range_:
        return text
    written = f"{text} ({range_})"
    if not isinstance(range_, Numeral):
        return written
    value = text.value if isinstance(text, Numeral) else None
    return Numeral(written, value, range_.unit, range_.low, range_.high)


def show(value: float | None, unit: Unit, currency: str | None, lang: str) -> str:
    """Write a number for a reader; money as Babel does where its currency is known.

    Args:
        value: None is written as a dash.
        unit: of the value.
        currency: of money; None if it is not known.
        lang: of the text.

    >>> show(19200, Unit.MONEY, None, "en"), show(12200, Unit.MONEY, "JPY", "ja")
    ('19,200', '￥12,200')
    >>> show(0.05, Unit.RATE, None, "en"), show(6, Unit.MONTHS, None, "ja")
    ('5.0%', '6.0か月')
    >>> show(None, Unit.RATIO, None, "en")
    '–'
    """
    if value is None:
        return MISSING
    return Numeral(_shown(value, unit, currency, lang), value, unit)


def _shown(value: float, unit: Unit, currency: str | None, lang: str) -> str:
    match unit:
        case Unit.MONEY:
            return _money(value, currency, lang)
        case Unit.RATE | Unit.POINTS:
            return _rate(value) if unit is Unit.RATE else _points(value, lang)
        case Unit.MONTHS:
            return f"{_short_of(value, 1):,.1f}{'か月' if lang == 'ja' else ' months'}"
        case Unit.RATIO:
            return f"{_short_of(value, 2):,.2f}"
        case Unit.DIFFERENCE:
            return _difference(value)
        case Unit.COUNT | Unit.TEXT:
            return f"{value:,.0f}"


def compact(value: float | None, unit: Unit, currency: str | None, lang: str) -> str:
    """Write `value` where room is short: money of 1,000 or more without cents, months as mo.

    Args:
        value: None if it is not known.
        unit: of the value.
        currency: of money; None if it is not known.
        lang: of the words.

    >>> compact(1234.5, Unit.MONEY, "USD", "en"), compact(2, Unit.MONTHS, None, "en")
    ('$1,234', '2.0 mo')
    """
    if value is not None and unit is Unit.MONEY and abs(value) >= WHOLE_FROM:
        rounded = f"{value:,.0f}"
        if currency:
            rounded = _with_currency(round(value), currency, lang, "¤#,##0")
        return Numeral(rounded, value, unit)
    text = show(value, unit, currency, lang)
    if unit is not Unit.MONTHS:
        return text
    return reworded(text, text.replace(" months", " mo"))


def amounts(values: Iterable[float], whole_from: float = 1000) -> Callable[[float], str]:
    """Return a function that writes the amounts of one table, all with cents or all without.

    Cents are left out where the largest amount is `whole_from` or more, or none has any.

    >>> cents, whole = amounts([10, 24.17]), amounts([10, 2400.17])
    >>> cents(10), whole(2400.17), amounts([10])(10)
    ('10.00', '2,400', '10')
    """
    known = list(values)
    large = max(map(abs, known), default=0) >= whole_from
    digits = 0 if large or all(round(value, 2) == round(value) for value in known) else 2
    return lambda value: Numeral(f"{value:z,.{digits}f}", value, Unit.MONEY)


def interval(
    low: float | None,
    high: float | None,
    unit: Unit,
    value: float | None = None,
    currency: str | None = None,
) -> str:
    """Write a 95% interval without its unit, which is written at the estimate.

    Cents would suggest more precision than an interval has. Where rounding would leave the
    printed estimate outside the printed interval, the end is moved outward.

    Args:
        low: lower end; None if there is no interval.
        high: upper end.
        unit: of the ends and the estimate.
        value: the estimate, as `show` writes it beside the interval.
        currency: of money.

    >>> interval(15900.4, 18960.6, Unit.MONEY), interval(0.041, 0.052, Unit.RATE)
    ('15,900–18,961', '4.1–5.2%')
    >>> interval(-226, 2366, Unit.MONEY), interval(None, 18960.6, Unit.MONEY)
    ('-226 – 2,366', '')
    >>> interval(100.38, 100.44, Unit.MONEY, value=100.41)
    '100–101'
    """
    if low is None or high is None:
        return ""
    match unit:
        case Unit.MONEY:
            ends = _money_ends(low, high, value, currency)
        case Unit.RATE:
            ends = _rate(low).removesuffix("%"), _rate(high)
        case Unit.POINTS:
            ends = f"{low * 100:z,.1f}", f"{high * 100:z,.1f}"
        case Unit.MONTHS:
            ends = f"{_short_of(low, 1):,.1f}", f"{_short_of(high, 1):,.1f}"
        case Unit.RATIO:
            ends = f"{_short_of(low, 2):,.2f}", f"{_short_of(high, 2):,.2f}"
        case Unit.DIFFERENCE:
            ends = _difference(low), _difference(high)
        case Unit.COUNT | Unit.TEXT:
            ends = f"{low:,.0f}", f"{high:,.0f}"
    return Numeral((" – " if low < 0 else "–").join(ends), None, unit, low, high)


def money_interval(
    low: float | None, high: float | None, value: float | None, currency: str | None, lang: str
) -> str:
    """Write a 95% interval of money with its currency on both ends.

    Args:
        low: lower end; None if there is no interval.
        high: upper end.
        value: the estimate, which the written interval is to contain.
        currency: None if it is not known.
        lang: of the text.

    >>> money_interval(15900.4, 18960.6, 17000, "USD", "en")
    '$15,900–$18,961'
    >>> money_interval(55.1, 61.46, 58, "USD", "en"), money_interval(1, None, 1, "USD", "en")
    ('$55.10–$61.46', '')
    >>> money_interval(-226, 2366, 1000, "JPY", "ja")
    '-￥226 – ￥2,366'
    """
    if low is None or high is None:
        return ""
    if not currency:
        return interval(low, high, Unit.MONEY, value)
    ends = _money_ends(low, high, value, currency)
    digits = len(ends[0].partition(".")[2])
    pattern = "¤#,##0" + ("." + "0" * digits if digits else "")
    written = (_with_currency(float(end.replace(",", "")), currency, lang, pattern) for end in ends)
    return (" – " if low < 0 else "–").join(written)


def _money_ends(
    low: float, high: float, value: float | None, currency: str | None
) -> tuple[str, str]:
    """Write both ends of an interval of money, rounded so that the written value lies inside."""
    cents = CENTS
    if currency:
        from babel.numbers import get_currency_precision

        cents = get_currency_precision(currency)
    digits = min(0 if abs(high) >= CENTS_MATTER_BELOW else CENTS, cents)
    ends = round(low, digits), round(high, digits)
    if value is not None and low <= value <= high:
        shown, step = _rounded(value, cents, currency), 10.0**-digits
        ends = (
            min(ends[0], round(math.floor(shown / step + _ROUNDING) * step, digits)),
            max(ends[1], round(math.ceil(shown / step - _ROUNDING) * step, digits)),
        )
    return f"{ends[0]:z,.{digits}f}", f"{ends[1]:z,.{digits}f}"


def _rounded(value: float, digits: int, currency: str | None) -> float:
    """Round as `_money` does: Babel rounds the decimal number that a float reads as."""
    if not currency:
        return round(value, digits)
    from decimal import Context, Decimal

    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), context=Context(_DIGITS)))


def _money(value: float, currency: str | None, lang: str) -> str:
    if currency:
        return _with_currency(value, currency, lang)
    return f"{value:z,.2f}".removesuffix(".00")


def _with_currency(value: float, currency: str, lang: str, pattern: str | None = None) -> str:
    from decimal import Context, localcontext

    from babel.numbers import format_currency

    with localcontext(Context(prec=_DIGITS)):
        digits = pattern is None
        return format_currency(value, currency, pattern, locale=lang, currency_digits=digits)


def _rate(value: float) -> str:
    """Write a percentage; a rate that is not zero is never written as 0.0%."""
    if value == 0 or abs(value) >= SMALLEST_TENTH_OF_A_PERCENT:
        return f"{value:.1%}"
    shown = math.copysign(max(abs(value), SMALLEST_RATE), value)
    return f"{float(f'{shown * 100:.1g}'):f}".rstrip("0") + "%"


def _difference(value: float) -> str:
    """Write a difference of ratios; one that is not zero is never written as 0.000.

    >>> _difference(0.0312), _difference(0.00021), _difference(-0.00021)
    ('0.031', '0.0002', '-0.0002')
    """
    if value == 0 or abs(value) >= SMALLEST_THOUSANDTH:
        return f"{value:z.3f}"
    shown = math.copysign(max(abs(value), SMALLEST_RATE), value)
    return f"{float(f'{shown:.1g}'):.8f}".rstrip("0")


def _points(value: float, lang: str) -> str:
    """Write a difference of rates in percentage points."""
    return f"{value * 100:z,.1f}{'ポイント' if lang == 'ja' else ' pp'}"


def _short_of(value: float, digits: int) -> float:
    """Round, but never up to a whole number that the value has not reached.

    Grades change at whole numbers: 2.997 must not be written as 3.00 next to the grade for less
        than 3.

    >>> _short_of(2.997, 2), _short_of(2.994, 2), _short_of(3 - 1e-12, 2)
    (2.99, 2.99, 3.0)
    """
    shown = round(value, digits)
    nearest = round(value)
    if shown == nearest and value < nearest and not math.isclose(value, nearest, rel_tol=1e-9):
        return nearest - 0.1**digits
    return shown
