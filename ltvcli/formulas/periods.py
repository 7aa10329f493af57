"""Weeks, months and quarters of the calendar, each with a number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.units import MONTHS_PER_YEAR, month_index

Span = Literal["week", "month", "quarter"]
SPANS: tuple[Span, ...] = ("week", "month", "quarter")
FIRST_MONDAY = date(1900, 1, 1)
"""Weeks begin on Monday and are counted from this day."""
PER_YEAR = {"week": 52, "month": 12, "quarter": 4}
_MONTHS = {"month": 1, "quarter": 3}
_DAY = timedelta(days=1)


class Period(Struct, frozen=True, order=True):
    """A calendar week (from Monday), month or quarter.

    `number` counts weeks from FIRST_MONDAY, months as 12 * year + month - 1, quarters as
    4 * year + quarter - 1.

    >>> march = Period("month", 12 * 2026 + 2)
    >>> march.name, march.first.isoformat(), march.last.isoformat(), march.days
    ('2026-03', '2026-03-01', '2026-03-31', 31)
    """

    span: Span
    number: int

    @property
    def first(self) -> date:
        """First day."""
        if self.span == "week":
            return FIRST_MONDAY + timedelta(weeks=self.number)
        month = self.number * _MONTHS[self.span]
        return date(month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1)

    @property
    def last(self) -> date:
        """Last day."""
        return self.earlier(-1).first - _DAY

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    @property
    def cells(self) -> range:
        """Numbers of its months; of a week, its own number."""
        size = _MONTHS.get(self.span, 1)
        return range(self.number * size, (self.number + 1) * size)

    @property
    def name(self) -> str:
        """Name, as in 2026-03, 2026-Q1 or 2026-W10 (ISO 8601).

        >>> of("week", date(2026, 1, 1)).name, of("quarter", date(2026, 5, 9)).name
        ('2026-W01', '2026-Q2')
        """
        if self.span == "week":
            year, week, _ = self.first.isocalendar()
            return f"{year}-W{week:02}"
        if self.span == "quarter":
            return f"{self.first.year}-Q{self.number % 4 + 1}"
        return f"{self.first:%Y-%m}"

    def earlier(self, count: int = 1) -> Period:
        """Return the period that lies `count` periods before this one."""
        return replace(self, number=self.number - count)

    @property
    def a_year_earlier(self) -> Period:
        """Return the same month or quarter of the year before; of a week, the one 52 weeks before.

        >>> of("month", date(2026, 3, 5)).a_year_earlier.name
        '2025-03'
        """
        return self.earlier(PER_YEAR[self.span])


def of(span: Span, day: date) -> Period:
    """Return the period that a day lies in.

    >>> of("week", date(2026, 11, 29)).first.isoformat()
    '2026-11-23'
    """
    if span == "week":
        return Period(span, (day - FIRST_MONDAY).days // 7)
    return Period(span, month_index(day) // _MONTHS[span])


def last_whole(span: Span, as_of: date) -> Period:
    """Return the last period that was over by the end of `as_of`.

    >>> last_whole("month", date(2026, 3, 30)).name, last_whole("month", date(2026, 3, 31)).name
    ('2026-02', '2026-03')
    """
    current = of(span, as_of)
    return current if current.last <= as_of else current.earlier()


def first_whole(span: Span, first: date) -> Period:
    """Return the first period of which all days are `first` or later.

    >>> first_whole("month", date(2026, 3, 2)).name
    '2026-04'
    """
    current = of(span, first)
    return current if current.first >= first else current.earlier(-1)


def named(name: str) -> Period:
    """Return the period with a name.

    >>> named("2026-03").first.isoformat(), named("2026-Q3").first.isoformat()
    ('2026-03-01', '2026-07-01')
    >>> named("2026-W10").name
    '2026-W10'

    Raises:
        ValueError: it is no name of a period.
    """
    year, _, rest = name.partition("-")
    if rest.startswith("W"):
        return of("week", date.fromisocalendar(int(year), int(rest[1:]), 1))
    if rest.startswith("Q"):
        return Period("quarter", 4 * int(year) + int(rest[1:]) - 1)
    return of("month", date(int(year), int(rest), 1))
