"""Billing intervals from words such as `monthly`; unknown words are not guessed."""

from __future__ import annotations

import re

from msgspec import Struct

from ltvcli.read.columns import folding


class Interval(Struct, frozen=True, order=True):
    """The time covered by one price: calendar months, or days; neither for a single payment."""

    months: int = 0
    days: int = 0


ONCE = Interval()

_WORDS = {
    Interval(months=1): """month months monthly mo m per-month a-month every-month month-to-month
        月 月額 月次 毎月 月払い 月払 月間 月ごと 月毎 月1回 マンスリー""",
    Interval(months=2): "every-other-month 隔月",
    Interval(months=3): """quarter quarters quarterly q per-quarter every-quarter
        四半期 四半期払い 四半期ごと""",
    Interval(months=6): """half-year half-yearly halfyearly semi-annual semi-annually semiannual
        semiannually semester six-monthly 半年 半年払い 半年額 半年ごと 半年毎 半期""",
    Interval(months=12): """year years yearly yr y annual annually annum per-year per-annum a-year
        every-year 年 年額 年次 毎年 年払い 年払 年間 年ごと 年毎 年1回 一年 アニュアル""",
    Interval(days=1): "day days daily d per-day every-day 日 日額 日次 毎日 日ごと 日毎 デイリー",
    Interval(days=7): """week weeks weekly wk w per-week every-week
        週 週額 週次 毎週 週ごと 週毎 ウィークリー""",
    Interval(days=14): "fortnight fortnightly every-other-week 隔週",
    ONCE: """once one-time onetime one-off lifetime non-recurring
        買い切り 買切 買切り 都度 単品 通常 一括""",
}
_KNOWN = {word: interval for interval, words in _WORDS.items() for word in words.split()}

_UNITS = (
    Interval(days=1),
    Interval(days=7),
    Interval(months=1),
    Interval(months=3),
    Interval(months=12),
)
_NUMBERED = re.compile(
    r"(?:(?:every|each|per|p)-?)?(\d{1,4})-?"
    r"(?:(d|days?|日)|(w|wks?|weeks?|週間?)|(m|mos?|mths?|months?|月|[かカヶケヵ箇個]月)|"
    r"(q|quarters?|四半期)|(y|yrs?|years?|年間?))"
    r"(?:ly)?(?:-?(?:払い?|額|ごと|毎|に1回|周期|間隔))?"
)
_ISO = re.compile(r"p(?:(\d{1,3})y)?(?:(\d{1,4})m)?(?:(\d{1,4})w)?(?:(\d{1,4})d)?")
_FRAME = re.compile(
    r"^(?:billed|paid|pay|/)-?|-?(?:billing|plan|subscription|payments?|プラン|契約)$"
)
_LONGEST = 9999
_IN_NAMES = (
    (
        Interval(months=12),
        r"annual(?:ly)?|yearly|year|yrs?|per annum|12 ?(?:mo|months?)|年(?:間|額|払い?|契約|次)|"
        r"1年|12[かヶカケ]月",
    ),
    (
        Interval(months=6),
        r"half[- ]?year(?:ly)?|semi-?annual(?:ly)?|6 ?(?:mo|months?)|半年|6[かヶカケ]月",
    ),
    (Interval(months=3), r"quarter(?:ly)?|3 ?(?:mo|months?)|四半期|3[かヶカケ]月"),
    (Interval(months=1), r"monthly|months?|mo|月(?:額|払い?|次|契約)|毎月|1[かヶカケ]月"),
    (Interval(days=7), r"weekly|weeks?|週(?:額|払い?|次)|毎週"),
)


def within(text: str) -> Interval | None:
    """Return the only interval in the name of a plan; None without one or with several.

    >>> within("Pro Annual"), within("Gold (monthly)"), within("Gold")
    (Interval(months=12, days=0), Interval(months=1, days=0), None)
    """
    if (interval := parse(text)) is not None:
        return interval
    folded = folding.folded(text).replace("_", " ")
    intervals: list[Interval] = []
    for interval, words in _IN_NAMES:
        pattern = re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z])")
        folded, hits = pattern.subn(" ", folded)
        intervals += [interval] if hits else []
    return intervals[0] if len(intervals) == 1 else None


def parse(text: str) -> Interval | None:
    """Read a word or a number with a unit, in English or Japanese; None if it is no interval.

    A bare number has no unit, and "bimonthly" has two meanings: both are None.

    A duration as in ISO 8601 is one unit or years and months.

    >>> parse("P3M"), parse("P1W")
    (Interval(months=3, days=0), Interval(months=0, days=7))
    >>> parse("Yearly"), parse("every 3 months"), parse("12")
    (Interval(months=12, days=0), Interval(months=3, days=0), None)
    """
    folded = folding.folded(text).strip().strip("()")
    word = re.sub(r"[\s_-]+", "-", folded)
    if (iso := _ISO.fullmatch(word)) and any(iso.groups()):
        years, months, weeks, days = (int(count or 0) for count in iso.groups())
        duration = Interval(12 * years + months, 7 * weeks + days)
        return None if (duration.months and duration.days) or duration == ONCE else duration
    for name in (word, _FRAME.sub("", word)):
        if name in _KNOWN:
            return _KNOWN[name]
        if match := _NUMBERED.fullmatch(name):
            count, *units = match.groups()
            each = next(interval for interval, unit in zip(_UNITS, units, strict=True) if unit)
            if 0 < int(count) * max(each.months, each.days) <= _LONGEST:
                return Interval(int(count) * each.months, int(count) * each.days)
    return None
