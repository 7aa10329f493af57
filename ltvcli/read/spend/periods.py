"""The period of a whole file, from the lines above its header or as typed."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from msgspec import Struct

from ltvcli.read.files.sheet import Sheet

_NAMES = (
    "january jan januar janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar fevrier fevr febrero febbraio fevereiro fev februari",
    "march mar marz maerz mrz mars marzo marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug aout agosto ago agustus augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre diciembre dic dicembre dezembro",
)
_MONTHS = {name: n for n, names in enumerate(_NAMES, 1) for name in names.split()}
_DATES = re.compile(
    r"(?P<y1>\d{4})\s?[-/.年]\s?(?P<m1>\d{1,2})\s?[-/.月]\s?(?P<d1>\d{1,2})(?!\d)"
    r"|(?P<n2>[a-z]{3,10})\.?\s+(?P<d2>\d{1,2}),?\s+(?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})\.?\s+(?:de\s+)?(?P<n3>[a-z]{3,10})\.?\s+(?:de\s+)?(?P<y3>\d{4})"
    r"|(?<!\d)(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\.(?P<y4>\d{4})"
    r"|(?<!\d)(?P<a5>\d{1,2})/(?P<b5>\d{1,2})/(?P<y5>\d{4})"
)
_MOST_MONTHS = 12


class Period(Struct, frozen=True):
    """From a first to a last day, both included."""

    first: date
    last: date


def of_title(sheet: Sheet) -> Period | None:
    """Find the one period that the lines above the header of `sheet` name."""
    if sheet.shape != "csv" or sheet.skip < 2:  # noqa: PLR2004 - the header, and a line above
        return None
    text = sheet.records.text if sheet.records else sheet.path
    with text.open(encoding="utf-8", errors="replace") as file:
        return parse(" ".join(islice(file, sheet.skip - 1)))


def parse(text: str) -> Period | None:
    """Read the period in a text; None if it names no date, or more than two.

    >>> parse("September 1, 2026 - September 3, 2026")
    Period(first=datetime.date(2026, 9, 1), last=datetime.date(2026, 9, 3))
    >>> parse("1. März 2026 - 2. März 2026") == parse("(2026年3月1日～2026年3月2日)")
    True
    >>> parse("2026-02").last
    datetime.date(2026, 2, 28)
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    if month := re.fullmatch(r"\s*(\d{4})[-/年](\d{1,2})月?\s*", bare):
        return _month(int(month[1]), int(month[2]))
    days = list(_days(_DATES.finditer(bare)))
    if not days or len(days) > 2 or None in days:  # noqa: PLR2004 - a first and a last day
        return None
    first, last = days[0], days[-1]
    return Period(first, last) if first and last and first <= last else None


def _month(year: int, month: int) -> Period | None:
    if not 1 <= month <= _MOST_MONTHS:
        return None
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _days(date_matches: Iterable[re.Match[str]]) -> Iterator[date | None]:
    """Read dates; None for what is none, or may be two."""
    matches = list(date_matches)
    pairs = [(int(match["a5"]), int(match["b5"])) for match in matches if match["a5"]]
    orders = {order for pair in pairs for order in _orders(*pair)}
    for match in matches:
        if match["y1"]:
            yield _day(match["y1"], match["m1"], match["d1"])
        elif match["n2"]:
            yield _day(match["y2"], _MONTHS.get(match["n2"], 0), match["d2"])
        elif match["n3"]:
            yield _day(match["y3"], _MONTHS.get(match["n3"], 0), match["d3"])
        elif match["d4"]:
            yield _day(match["y4"], match["m4"], match["d4"])
        elif len(orders) != 1:
            yield None
        else:
            first = orders == {"month"}
            yield _day(match["y5"], match["a5" if first else "b5"], match["b5" if first else "a5"])


def _orders(first: int, second: int) -> set[str]:
    """Return which orders 1/31 (month first) and 31/1 (day first) show."""
    shown = set()
    if first > _MOST_MONTHS:
        shown.add("day")
    if second > _MOST_MONTHS:
        shown.add("month")
    return shown


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
