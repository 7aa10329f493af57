"""Format values of an axis, and make curves from the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.pages.chart_types import Dot, Point, Write
from ltvcli.results import Row
from ltvcli.text.numbers import show
from ltvcli.units import Unit

CENTS_BELOW = 10
THOUSAND, MILLION = 1_000, 1_000_000


def money(currency: str | None, lang: str) -> Write:
    """Return a function that writes short amounts: no cents from ten on, thousands and millions.

    >>> write = money("USD", "en")
    >>> write(2.5), write(40.0), write(-12_500.0), write(3_000_000.0)
    ('$2.50', '$40', '-$12.5k', '$3M')
    >>> money("JPY", "ja")(12_500.0)
    '￥12,500'
    """

    def write(value: float) -> str:
        if lang == "ja":
            if abs(value) >= 10 * MILLION:
                return f"{rounded(value / 10_000)}万"
            return rounded(value) if is_whole(value) else exact(value)
        if abs(value) >= MILLION:
            return f"{short(value / MILLION)}M"
        if abs(value) >= 10 * THOUSAND:
            return f"{short(value / THOUSAND)}k"
        return rounded(value) if is_whole(value) else exact(value)

    def is_whole(value: float) -> bool:
        return abs(value) >= CENTS_BELOW or value == int(value)

    def exact(value: float) -> str:
        return show(value, Unit.MONEY, currency, lang)

    def rounded(value: float) -> str:
        return _money(round(value), currency, lang, "#,##0")

    def short(value: float) -> str:
        return _money(value, currency, lang, "#,##0.#")

    return write


def _money(value: float, currency: str | None, lang: str, pattern: str) -> str:
    from babel.numbers import format_currency, format_decimal

    if not currency:
        return str(format_decimal(value, pattern, locale=lang))
    return str(format_currency(value, currency, f"¤{pattern}", locale=lang, currency_digits=False))


def percent(value: float) -> str:
    """Write a share.

    >>> percent(0.25), percent(1.0), percent(0.025)
    ('25%', '100%', '2.5%')
    """
    return f"{100 * value:.1f}".removesuffix(".0") + "%"


def ratio(value: float) -> str:
    """Write a ratio.

    >>> ratio(3.0), ratio(2.514)
    ('3', '2.51')
    """
    return f"{value:,.2f}".removesuffix(".00")


def count(value: float) -> str:
    """Write a number of orders or customers.

    >>> count(1250.4)
    '1,250'
    """
    return f"{value:,.0f}"


def of_unit(unit: Unit, currency: str | None, lang: str) -> Write:
    """Return a function that writes values of a unit.

    Args:
        unit: of the values.
        currency: of money.
        lang: of the text.

    >>> of_unit(Unit.RATE, None, "en")(0.25), of_unit(Unit.MONTHS, None, "en")(4.5)
    ('25%', '4.5')
    """
    if unit is Unit.MONEY:
        return money(currency, lang)
    if unit in (Unit.RATE, Unit.POINTS):
        return percent
    return count if unit is Unit.COUNT else short


def short(value: float) -> str:
    """Write a number with two decimals at most.

    >>> short(4.5), short(12.0), short(0.333)
    ('4.5', '12', '0.33')
    """
    text = f"{value:,.2f}"
    return text.rstrip("0").removesuffix(".")


def number(row: Row, key: str) -> float | None:
    """Return the number of a cell; None if it has none."""
    value = row.get(key)
    return float(value) if isinstance(value, (int, float)) else None


def points(rows: Sequence[Row], across: str | None, key: str, shift: float = 0.0) -> list[Point]:
    """Return the known values of a column, with their intervals.

    Args:
        rows: of a table.
        across: column of the horizontal axis; None for the place of the row.
        key: column of the values.
        shift: what is added along the horizontal axis.
    """
    return [
        Point(
            x=shift + (place if across is None else number(row, across) or 0.0),
            y=value,
            low=number(row, f"{key}_low"),
            high=number(row, f"{key}_high"),
        )
        for place, row in enumerate(rows)
        if (value := number(row, key)) is not None
    ]


def dot(label: str, row: Row, key: str, *, graded: bool = False) -> Dot:
    """Return a cell with its interval, and the grade of its row if it is `graded`.

    Args:
        label: beside the dot.
        row: of a table.
        key: of the figure in the row.
        graded: whether the grade of the row is shown.
    """
    return Dot(
        label=label,
        value=number(row, key) or 0.0,
        low=number(row, f"{key}_low"),
        high=number(row, f"{key}_high"),
        grade=str(row.get("grade") or "") if graded else "",
    )
